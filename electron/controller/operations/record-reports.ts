import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Report, SequencedReport } from '../../../agent/protocol/reports.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { cancelledByDeadline, isFinal, STUCK, targetAfter } from '../../domain/execution.ts';
import { differencesOf, stepAfter } from '../../domain/step.ts';
import { enqueueCopy } from './copy-output.ts';
import type { DispatchContext } from './dispatch-execution.ts';
import { takeFreedSlots } from './dispatch-execution.ts';
import { announceCompliance } from './end-targets.ts';
import { recordCompliance } from './record-compliance.ts';
import { releaseQueued, settleExecution, withMovedTarget } from './settle-execution.ts';
import { targetSummary } from './target-summary.ts';

export type NodeReports = { nodeId: NodeId; reports: readonly SequencedReport[] };

type RecordContext = DispatchContext;

/** What one batch touched, so that an execution is read, settled and announced once however many of its reports came. */
type Batch = {
  executions: Map<ExecutionId, Execution>;
  moved: Set<ExecutionId>;
  targets: { executionId: ExecutionId; nodeId: NodeId }[];
  ended: { nodeId: NodeId; execution: Execution }[];
  compliance: { nodeId: NodeId; execution: Execution }[];
};

function executionOf(context: RecordContext, batch: Batch, executionId: ExecutionId): Execution | null {
  const known = batch.executions.get(executionId) ?? context.stores.executions.find(executionId);
  if (known !== null) batch.executions.set(executionId, known);
  return known;
}

/** A report can name any step: only those that the document has are kept, so that a node cannot fill the store. */
function recordStep(
  context: RecordContext,
  execution: Execution,
  { nodeId, report }: { nodeId: NodeId; report: Extract<Report, { stepIndex: number }> },
): boolean {
  const steps = context.library.steps(execution.documentName, execution.documentVersion);
  if (steps === null || report.stepIndex >= steps.length) return false;
  const known = context.stores.executions.step(execution.executionId, nodeId, report.stepIndex);
  const after = stepAfter(known, nodeId, report);
  if (after === known) return false;
  context.stores.executions.putStep(after);
  return true;
}

/** A target that is over, with what its steps have come to. */
function summedUp(context: RecordContext, execution: Execution, target: ExecutionTarget): ExecutionTarget {
  const steps = context.stores.executions.steps(execution.executionId, target.nodeId);
  const { changes, drift } = differencesOf(steps.map(({ result }) => result));
  const executionSummary = target.executionSummary || targetSummary(context, execution, steps);
  return { ...target, executionSummary, changeCount: changes.length, driftCount: drift?.length ?? null };
}

function recordReport(context: RecordContext, batch: Batch, { nodeId, report }: { nodeId: NodeId; report: Report }): void {
  const execution = executionOf(context, batch, report.executionId);
  const before = execution === null ? null : context.stores.executions.target(report.executionId, nodeId);
  if (execution === null || before === null) {
    context.log.info('report-of-unknown-execution', { nodeId, executionId: report.executionId });
    return;
  }
  // What a run that was given up did all the same stays readable; its status does not change any more.
  if (isFinal(before.status) && before.errorCode !== STUCK) return;
  if (report.kind === 'execution-finished') enqueueCopy(context, execution, nodeId);
  const isStep = report.kind === 'step-started' || report.kind === 'step-finished';
  const stepChanged = isStep && recordStep(context, execution, { nodeId, report });
  const moved = cancelledByDeadline(targetAfter(before, report), execution, context.clock.now());
  if (moved !== before) {
    const after = isFinal(moved.status) ? summedUp(context, execution, moved) : moved;
    context.stores.executions.updateTarget(after);
    batch.executions.set(execution.executionId, withMovedTarget(execution, before.status, after.status));
    if (after.status !== before.status) batch.moved.add(execution.executionId);
    if (isFinal(after.status)) {
      batch.ended.push({ nodeId, execution });
      if (recordCompliance(context, execution, after)) batch.compliance.push({ nodeId, execution });
    }
  }
  if (stepChanged || moved !== before) batch.targets.push({ executionId: execution.executionId, nodeId });
}

/** Reports above what is stored, once each and in order; a gap is the node's to explain, its reports are its own. */
function recordNode(context: RecordContext, batch: Batch, { nodeId, reports }: NodeReports): number {
  let stored = context.stores.nodes.storedSequence(nodeId);
  for (const { sequence, report } of reports) {
    if (sequence <= stored) continue;
    recordReport(context, batch, { nodeId, report });
    stored = sequence;
  }
  context.stores.nodes.setStoredSequence(nodeId, stored);
  return stored;
}

/**
 * Stores the reports of many nodes in one commit with the starts that they make room for, then tells each node up to where its reports
 * are stored. A report that came before changes nothing. Throws, with nothing stored, when the disk refuses.
 */
export function recordReports(context: RecordContext, arrived: readonly NodeReports[]): void {
  const batch: Batch = { executions: new Map(), moved: new Set(), targets: [], ended: [], compliance: [] };
  const storedTo = new Map<NodeId, number>();
  context.transaction(() => {
    for (const reports of arrived) storedTo.set(reports.nodeId, recordNode(context, batch, reports));
    for (const executionId of batch.moved) {
      const execution = batch.executions.get(executionId);
      if (execution !== undefined) settleExecution(context, execution);
    }
    /** Those in which somebody may take a slot that is free now. */
    const waiting = new Set<AssociationId>();
    for (const associationId of movedAssociations(batch)) {
      if (context.stores.executions.waitingOfAssociation(associationId).length > 0) waiting.add(associationId);
    }
    for (const { nodeId, execution } of batch.ended) {
      if (waiting.has(execution.associationId)) releaseQueued(context, execution.associationId, nodeId);
    }
    takeFreedSlots(context, waiting);
  });
  for (const [nodeId, sequence] of storedTo) if (sequence > 0) context.link.send(nodeId, { type: 'stored', sequence });
  announce(context, batch);
}

const movedAssociations = ({ moved, executions }: Batch): Set<AssociationId> =>
  new Set([...moved].flatMap((executionId) => executions.get(executionId)?.associationId ?? []));

function announce(context: RecordContext, batch: Batch): void {
  const { changes } = context;
  for (const { executionId, nodeId } of batch.targets) changes.publish({ kind: 'target', executionId, nodeId });
  for (const executionId of batch.moved) {
    const execution = batch.executions.get(executionId);
    if (execution === undefined) continue;
    changes.publish({ kind: 'execution', executionId, associationId: execution.associationId });
    changes.publish({ kind: 'association', associationId: execution.associationId });
  }
  for (const { nodeId, execution } of batch.compliance) announceCompliance(context, execution, nodeId);
}
