import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { RefreshAnswer, RefreshedAssociation } from '../../../agent/protocol/messages.ts';
import type { Association } from '../../domain/association.ts';
import { associationTitle } from '../../domain/association.ts';
import type { Trigger } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import { refreshExecutionId } from '../../domain/occurrence.ts';
import type { RefreshStep } from '../../domain/refresh.ts';
import { isRefreshAction, planRefresh } from '../../domain/refresh.ts';
import type { Context } from './context.ts';
import { byTargetKind } from './serve-owed-runs.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

/** The step of a run on the node that asks. */
export type AskingStep = { executionId: ExecutionId; stepIndex: number };

export type RefreshInput = {
  nodeId: NodeId;
  /** None asks for all associations of the node. */
  associationIds: readonly AssociationId[];
  /** Null when a person asks. */
  step: AskingStep | null;
};

type Refreshing = { input: RefreshInput; association: Association };

const lineOf = (association: Association, result: RefreshedAssociation['result'], because = ''): RefreshedAssociation => ({
  associationId: association.associationId,
  title: associationTitle(association),
  result,
  because: because.slice(0, 300),
});

/** Only a step that is there and runs on this very node may ask: a node cannot make up others. */
function triggerOf(context: StartContext, nodeId: NodeId, { executionId, stepIndex }: AskingStep): Trigger {
  const target = context.stores.executions.target(executionId, nodeId);
  const execution = target?.status === 'InProgress' ? context.stores.executions.find(executionId) : null;
  if (execution === null) throw new Fault('AssociationExecutionDoesNotExist', { executionId });
  const step = context.library.steps(execution.documentName, execution.documentVersion)?.[stepIndex];
  if (!isRefreshAction(step?.action)) throw new Fault('E-REFRESH-STEP', { stepIndex, executionId });
  return execution.trigger;
}

function refreshesItself({ library }: Pick<Context, 'library'>, { documentName, documentVersion }: Association): boolean {
  try {
    return library.find(documentName, documentVersion).content.mainSteps.some(({ action }) => isRefreshAction(action));
  } catch (cause) {
    // A document that is gone makes the run fail, which is told where it fails.
    if (cause instanceof Fault) return false;
    throw cause;
  }
}

function startOn(context: StartContext, { input: { nodeId, step }, association }: Refreshing): RefreshedAssociation {
  const fixedId = step === null ? {} : { executionId: refreshExecutionId(step, association.associationId) };
  const occasion = { association, trigger: 'Refresh', fireAt: null, onlyNodes: new Set([nodeId]), ...fixedId } as const;
  const executionId = startExecution(context, occasion);
  const target = executionId === null ? null : context.stores.executions.target(executionId, nodeId);
  if (target === null) return lineOf(association, 'Skipped', 'There is nothing to run here.');
  if (target.status === 'Skipped') return lineOf(association, 'Skipped', target.detailedStatus);
  if (target.status === 'Failed') return lineOf(association, 'Failed', target.executionSummary);
  return lineOf(association, 'Started');
}

function refreshOne(context: StartContext, input: RefreshInput, planned: RefreshStep): RefreshedAssociation {
  const { association } = planned;
  const { step } = input;
  // Asked again because the answer was lost on the way: it is this step that started it.
  const isStarted = step !== null && context.stores.executions.exists(refreshExecutionId(step, association.associationId));
  if (isStarted) return lineOf(association, 'Started');
  if (planned.do === 'leave-out') return lineOf(association, 'LeftOut', planned.because);
  try {
    return startOn(context, { input, association });
  } catch (cause) {
    // One association that cannot start keeps no other from starting.
    context.log.error('refresh-start-failed', cause, { nodeId: input.nodeId, associationId: association.associationId });
    return lineOf(association, 'Failed', cause instanceof Fault ? cause.message : 'The controller met a fault of its own.');
  }
}

/**
 * Applies the node's associations now, or those of them that are named (spec.md 5.1, trigger 10). Throws a Fault, and starts nothing,
 * when one is named that does not apply to the node. All that start are one commit; their orders leave after it.
 */
export function refreshNode(context: StartContext, input: RefreshInput): RefreshedAssociation[] {
  const { nodeId, associationIds, step } = input;
  const node = context.index.fleet().members.get(nodeId);
  if (node === undefined) throw new Fault('InvalidInstanceId', { nodeId });
  if (!context.link.isConnected(nodeId)) throw new Fault('E-NODE-OFFLINE', { name: node.name });
  const askedIn = step === null ? null : triggerOf(context, nodeId, step);
  const applying = context.index
    .applyingTo(nodeId)
    .flatMap(({ association: { associationId } }) => context.stores.associations.find(associationId) ?? [])
    .map((association) => ({ association }))
    .sort(byTargetKind);
  const latest = new Map(context.stores.executions.latestTargetsOfNode(nodeId).map((target) => [target.associationId, target.status]));
  const plan = planRefresh({
    applying: applying.map(({ association }) => association),
    asked: associationIds,
    askedIn,
    statusOf: (associationId) => latest.get(associationId) ?? null,
    refreshesItself: (association) => refreshesItself(context, association),
  });
  if (!plan.ok) throw new Fault('InvalidAssociation', { associationId: plan.stranger, node: node.name });
  return context.transaction(() => plan.steps.map((planned) => refreshOne(context, input, planned)));
}

/** A step of a document that runs on the node asks. It is answered in any case, so that it ends with what really happened. */
export function answerRefresh(
  context: StartContext,
  nodeId: NodeId,
  { executionId, stepIndex, associationIds }: AskingStep & { associationIds: readonly AssociationId[] },
): void {
  const step = { executionId, stepIndex };
  const send = (answer: RefreshAnswer) => context.link.send(nodeId, { type: 'refreshed', ...step, answer });
  try {
    send({ kind: 'done', associations: refreshNode(context, { nodeId, associationIds, step }) });
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    send({ kind: 'refused', problem: `${cause.message} ${cause.remedy}`.slice(0, 1000) });
  }
}
