import type { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { ExecutionDetail, ExecutionRow, OutputPage, StepRow, TargetRow } from '../../api/executions.ts';
import { associationTitle } from '../../domain/association.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { resourceCountByStatus } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import { cancelExecution } from '../operations/cancel-execution.ts';
import type { Context } from '../operations/context.ts';
import { runAgainOnFailed } from '../operations/run-again-on-failed.ts';
import type { StreamFile } from '../store/output-store.ts';
import { os } from './implementer.ts';

/** Bytes of output in one answer. */
const OUTPUT_PAGE_BYTES = 256 * 1024;

function executionRow(execution: Execution & { title: string }): ExecutionRow {
  const targetCount = Object.values(execution.counts).reduce((sum, count) => sum + count, 0);
  return { ...execution, targetCount, resourceCountByStatus: resourceCountByStatus(execution.counts) };
}

function oneExecution(context: Context, executionId: ExecutionId): ExecutionDetail {
  const execution = context.stores.executions.find(executionId);
  if (execution === null) throw new Fault('AssociationExecutionDoesNotExist', { executionId });
  const association = context.stores.associations.find(execution.associationId);
  const title = association === null ? execution.documentName : associationTitle(association);
  const supersededBy = context.stores.executions.successor(execution);
  return { ...executionRow({ ...execution, title }), canRunAgain: association !== null, supersededBy };
}

const targetRow = (context: Context, target: ExecutionTarget & { nodeName: string }): TargetRow => ({
  ...target,
  online: context.link.isConnected(target.nodeId),
});

/** Every step of the document, with what the node told of it; of a document that is deleted, the steps that the node told of. */
function stepRows(context: Context, execution: Execution, target: ExecutionTarget): StepRow[] {
  const known = context.stores.executions.steps(execution.executionId, target.nodeId);
  const steps = context.library.steps(execution.documentName, execution.documentVersion);
  if (steps === null)
    return known.map((record) => ({ stepIndex: record.stepIndex, name: `Step ${record.stepIndex + 1}`, action: '', record }));
  const records = new Map(known.map((step) => [step.stepIndex, step]));
  return steps.map(({ name, action }, stepIndex) => ({ stepIndex, name, action, record: records.get(stepIndex) ?? null }));
}

/** Text from `offset` on, ending at a whole character: the rest of a cut one comes with the next page. */
function outputPage(context: Context, file: StreamFile, offset: number): OutputPage {
  const storedBytes = context.outputs.size(file);
  const bytes = context.outputs.read(file, offset, OUTPUT_PAGE_BYTES);
  const whole = bytes.subarray(0, bytes.length - cutBytes(bytes));
  return { text: whole.toString('utf8'), nextOffset: offset + whole.length, storedBytes };
}

/** How many bytes at the end are the beginning of a character that is not complete. */
function cutBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

export const executionHandlers = {
  list: os.executions.list.handler(({ context: { site }, input }) => {
    const { rows, total } = site.context.stores.executions.page(input);
    return { rows: rows.map(executionRow), total };
  }),
  get: os.executions.get.handler(({ context: { site }, input }) => oneExecution(site.context, input.executionId)),
  targets: os.executions.targets.handler(({ context: { site }, input }) => {
    const { rows, total } = site.context.stores.executions.targetsPage(input);
    return { rows: rows.map((row) => targetRow(site.context, row)), total };
  }),
  target: os.executions.target.handler(({ context: { site }, input }) => {
    const { context } = site;
    const execution = context.stores.executions.find(input.executionId);
    const target = context.stores.executions.target(input.executionId, input.nodeId);
    if (execution === null || target === null) throw new Fault('AssociationExecutionDoesNotExist', { executionId: input.executionId });
    const nodeName = context.stores.nodes.find(input.nodeId)?.name ?? input.nodeId;
    return {
      target: targetRow(context, { ...target, nodeName }),
      steps: stepRows(context, execution, target),
      droppedOutput: context.stores.retention.dropped(input.executionId, input.nodeId),
      outputCopy: context.stores.outputCopies.find(input.executionId, input.nodeId),
    };
  }),
  output: os.executions.output.handler(({ context: { site }, input }) => outputPage(site.context, input, input.offset)),
  cancel: os.executions.cancel.handler(({ context: { site }, input }) => {
    cancelExecution(site.context, input.executionId);
    return oneExecution(site.context, input.executionId);
  }),
  runAgainOnFailed: os.executions.runAgainOnFailed.handler(({ context: { site }, input }) => ({
    executionId: runAgainOnFailed(site.context, input.executionId),
  })),
};
