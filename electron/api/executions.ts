import * as z from 'zod';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { OutputStream } from '../../agent/protocol/messages.ts';
import { Execution, ExecutionStatus, ExecutionTarget, TargetStatus, Trigger } from '../domain/execution.ts';
import { OutputCopy } from '../domain/output-copy.ts';
import { DroppedOutput } from '../domain/output-retention.ts';
import { StepRecord } from '../domain/step.ts';
import { call, PageInput, pageOf } from './call.ts';

export const ExecutionRow = z.object({
  ...Execution.shape,
  title: z.string(),
  targetCount: z.number(),
  resourceCountByStatus: z.string(),
});
export type ExecutionRow = z.infer<typeof ExecutionRow>;

/** One execution, with what took its place. */
export const ExecutionDetail = z.object({
  ...ExecutionRow.shape,
  /** The association as it is now can be run again; false when it was deleted. */
  canRunAgain: z.boolean(),
  /** The newer execution that ended this one before its targets had ended; null while none did. */
  supersededBy: z.object({ executionId: ExecutionId, createdAt: z.date() }).nullable(),
});
export type ExecutionDetail = z.infer<typeof ExecutionDetail>;

export const TargetRow = z.object({ ...ExecutionTarget.shape, nodeName: z.string(), online: z.boolean() });
export type TargetRow = z.infer<typeof TargetRow>;

/** A step of the document beside what is known of it on the node; null while nothing is. */
export const StepRow = z.object({ stepIndex: z.number(), name: z.string(), action: z.string(), record: StepRecord.nullable() });
export type StepRow = z.infer<typeof StepRow>;

export const TargetDetail = z.object({
  target: TargetRow,
  steps: z.array(StepRow),
  /** Set when the output was let go: its beginnings are still with the steps. */
  droppedOutput: DroppedOutput.nullable(),
  /** How its copy to the store of the association stands; null where there is none. */
  outputCopy: OutputCopy.nullable(),
});
export type TargetDetail = z.infer<typeof TargetDetail>;

/** Part of a stream as text. `storedBytes` is what the controller has so far; the node may still be sending. */
export const OutputPage = z.object({ text: z.string(), nextOffset: z.number(), storedBytes: z.number() });
export type OutputPage = z.infer<typeof OutputPage>;

export const executions = {
  /** Newest first; every filter that is not null has to hold. */
  list: call
    .input(
      z.strictObject({
        ...PageInput.shape,
        associationId: AssociationId.nullable(),
        nodeId: NodeId.nullable(),
        status: ExecutionStatus.nullable(),
        executionId: ExecutionId.nullable().default(null),
        associationVersion: z.number().int().positive().nullable().default(null),
        trigger: Trigger.nullable().default(null),
        /** CreatedTime EQUAL, GREATER_THAN and LESS_THAN. */
        createdAt: z.date().nullable().default(null),
        createdAfter: z.date().nullable().default(null),
        createdBefore: z.date().nullable().default(null),
      }),
    )
    .output(pageOf(ExecutionRow)),
  get: call.input(z.strictObject({ executionId: ExecutionId })).output(ExecutionDetail),
  targets: call
    .input(
      z.strictObject({
        ...PageInput.shape,
        executionId: ExecutionId,
        status: TargetStatus.nullable(),
        /** In a node’s name, id, addresses and tags. */
        search: z.string().max(200).default(''),
      }),
    )
    .output(pageOf(TargetRow)),
  target: call.input(z.strictObject({ executionId: ExecutionId, nodeId: NodeId })).output(TargetDetail),
  output: call
    .input(
      z.strictObject({
        executionId: ExecutionId,
        nodeId: NodeId,
        stepIndex: z.number().int().min(0).max(999),
        attempt: z.number().int().min(1).max(16),
        stream: OutputStream,
        offset: z.number().int().min(0),
      }),
    )
    .output(OutputPage),
  /** What waits is not started, what runs is stopped on the nodes. */
  cancel: call.input(z.strictObject({ executionId: ExecutionId })).output(ExecutionDetail),
  /** On the nodes where it failed, timed out or was cancelled, with the association as it is now. */
  runAgainOnFailed: call.input(z.strictObject({ executionId: ExecutionId })).output(z.object({ executionId: ExecutionId.nullable() })),
};
