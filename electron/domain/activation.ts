import * as z from 'zod';
import { ActivationId } from '../../agent/protocol/ids.ts';
import { NodeName } from './node.ts';
import { KeptTags, printable, Tags } from './tag.ts';

/** spec.md 10.1. */
export const ActivationDraft = z.strictObject({
  description: z.string().max(256).refine(printable, 'A description has no control characters.'),
  defaultInstanceName: NodeName.nullable(),
  registrationLimit: z.number().int().min(1, 'At least one machine.').max(1000, 'At most 1,000 machines.'),
  /** Hours until the code expires: at most 30 days. */
  validHours: z.number().int().min(1, 'At least one hour.').max(720, 'At most 30 days (720 hours).'),
  tags: Tags,
});
export type ActivationDraft = z.infer<typeof ActivationDraft>;

export const Activation = z.object({
  activationId: ActivationId,
  description: z.string(),
  defaultInstanceName: z.string().nullable(),
  registrationLimit: z.number(),
  registrationsCount: z.number(),
  createdAt: z.date(),
  expiresAt: z.date(),
  tags: KeptTags,
});
export type Activation = z.infer<typeof Activation>;

export type ActivationUse = { ok: true } | { ok: false; because: string };

/** Whether one more machine may register with it. Machines that did already are not touched by its end. */
export function activationUse(activation: Activation, now: Date): ActivationUse {
  if (now.getTime() >= activation.expiresAt.getTime()) return { ok: false, because: `it expired at ${activation.expiresAt.toISOString()}` };
  if (activation.registrationsCount >= activation.registrationLimit) {
    return { ok: false, because: `its ${activation.registrationLimit} registration(s) are used up` };
  }
  return { ok: true };
}
