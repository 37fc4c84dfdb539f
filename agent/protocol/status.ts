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

/** How a step ended. Each status carries exactly what is true in it. */
export const StepResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('Success'), exitCode: ExitCode }),
  z.object({ status: z.literal('SuccessAndReboot'), exitCode: ExitCode }),
  z.object({ status: z.literal('Failed'), exitCode: ExitCode.nullable(), reason: Sentence }),
  z.object({ status: z.literal('TimedOut'), afterSeconds: z.number().int().nonnegative(), exitCode: ExitCode.nullable() }),
  z.object({ status: z.literal('Cancelled'), reason: Sentence }),
  z.object({ status: z.literal('Skipped'), because: Sentence }),
]);
export type StepResult = z.infer<typeof StepResult>;
