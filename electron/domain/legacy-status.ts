import * as z from 'zod';

const Text = (most: number) => z.string().max(most, `This text has at most ${most} characters.`);

/** What somebody says of an association that was made with InstanceId, besides what its executions say (spec.md 1.1). */
export const LegacyStatus = z.object({
  date: z.date(),
  name: z.enum(['Pending', 'Success', 'Failed']),
  message: Text(1024).min(1, 'A status has a message.'),
  additionalInfo: Text(1024).nullable(),
});
export type LegacyStatus = z.infer<typeof LegacyStatus>;

/** Whether both say the same, whenever they were said. */
export const isSameStatus = (a: LegacyStatus, b: LegacyStatus): boolean =>
  a.name === b.name && a.message === b.message && a.additionalInfo === b.additionalInfo;
