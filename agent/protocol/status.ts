import * as z from 'zod';

/** spec.md 6.1: what a step (SSM: plugin) can be on a node. */
export const StepStatus = z.enum(['NotStarted', 'InProgress', 'Success', 'SuccessAndReboot', 'Failed', 'TimedOut', 'Skipped', 'Cancelled']);
export type StepStatus = z.infer<typeof StepStatus>;

/** The same with what only other agents say; no step of ours is ever in it. */
export const PluginStatus = z.enum([...StepStatus.options, 'PassedAndReboot']);
export type PluginStatus = z.infer<typeof PluginStatus>;

/** What a whole document came to on one node, by the precedence of spec.md 6.6. */
export const DocumentStatus = z.enum(['Success', 'Failed', 'TimedOut', 'Cancelled']);
export type DocumentStatus = z.infer<typeof DocumentStatus>;

const ExitCode = z.number().int();
const Sentence = z.string().max(2000);

/** As many as one step tells of one by one; the last then says how many more there are. */
export const MOST_CHANGES = 50;
const ChangedText = z.string().max(500);

/** One property of one thing on a node that differs from what is wanted, or that a step has changed. Null stands for what is not there. */
export const ResourceChange = z.strictObject({
  /** As a person names it: `file /etc/motd`, `package openssl`. */
  resource: ChangedText,
  property: ChangedText,
  before: ChangedText.nullable(),
  after: ChangedText.nullable(),
});
export type ResourceChange = z.infer<typeof ResourceChange>;

const Changes = z.array(ResourceChange).max(MOST_CHANGES).optional();

/**
 * How a step ended. Each status carries exactly what is true in it. `changes` are what a desired-state action has changed, `drift` what
 * a check has found to differ while nothing was changed; a check that found nothing has an empty one.
 */
export const StepResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('Success'), exitCode: ExitCode, changes: Changes, drift: Changes }),
  /** `notRestarted`: why the machine has not been restarted yet, where its agent has tried. */
  z.object({ status: z.literal('SuccessAndReboot'), exitCode: ExitCode, changes: Changes, notRestarted: Sentence.optional() }),
  z.object({ status: z.literal('Failed'), exitCode: ExitCode.nullable(), reason: Sentence, changes: Changes }),
  z.object({ status: z.literal('TimedOut'), afterSeconds: z.number().int().nonnegative(), exitCode: ExitCode.nullable() }),
  z.object({ status: z.literal('Cancelled'), reason: Sentence }),
  z.object({ status: z.literal('Skipped'), because: Sentence }),
]);
export type StepResult = z.infer<typeof StepResult>;
