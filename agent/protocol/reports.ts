import * as z from 'zod';
import { ExecutionId } from './ids.ts';
import { STDERR_HEAD_CHARACTERS, STDOUT_HEAD_CHARACTERS } from './output-limits.ts';
import { DocumentStatus, StepResult } from './status.ts';

const Instant = z.iso.datetime();
const StepIndex = z.number().int().min(0).max(999);
/** 1 for the first run of a step; one more each time it is run again after a restart or a reboot. */
const Attempt = z.number().int().min(1).max(16);

/** What a stream came to: how many bytes the step wrote, how many of them were dropped at the cap, and how it begins. */
const StreamSummary = (headCharacters: number) =>
  z.strictObject({
    bytes: z.number().int().nonnegative(),
    droppedBytes: z.number().int().nonnegative(),
    head: z.string().max(headCharacters),
  });

export const StdoutSummary = StreamSummary(STDOUT_HEAD_CHARACTERS);
export const StderrSummary = StreamSummary(STDERR_HEAD_CHARACTERS);
export type OutputSummary = z.infer<typeof StdoutSummary>;

const StepRef = { executionId: ExecutionId, stepIndex: StepIndex, attempt: Attempt };

/** What an agent tells about an occurrence. Each is written to its outbox before it is sent, and can come twice or late. */
export const Report = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('execution-started'), executionId: ExecutionId, at: Instant }),
  z.strictObject({ kind: z.literal('step-started'), ...StepRef, at: Instant }),
  z.strictObject({
    kind: z.literal('step-finished'),
    ...StepRef,
    startedAt: Instant,
    at: Instant,
    result: StepResult,
    stdout: StdoutSummary,
    stderr: StderrSummary,
  }),
  z.strictObject({ kind: z.literal('execution-finished'), executionId: ExecutionId, at: Instant, status: DocumentStatus }),
  /** The order was not run at all: the document does not fit, a parameter is refused, or the journal cannot be written. */
  z.strictObject({
    kind: z.literal('execution-refused'),
    executionId: ExecutionId,
    at: Instant,
    code: z.string().max(64),
    message: z.string().max(2000),
  }),
]);
export type Report = z.infer<typeof Report>;

/** Sequence numbers grow by one per node, from 1, and are never used again. */
export const SequencedReport = z.strictObject({ sequence: z.number().int().positive(), report: Report });
export type SequencedReport = z.infer<typeof SequencedReport>;
