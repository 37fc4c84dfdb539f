import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { StepStatus } from '../../../agent/protocol/status.ts';
import type { Execution, ExecutionTarget, TargetStatus } from '../../domain/execution.ts';
import { isFinal } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { StepRecord } from '../../domain/step.ts';
import type { Context } from '../operations/context.ts';
import { streamsOf } from '../operations/copy-output.ts';
import { AssociationIdText, namedNode } from './association-choice.ts';
import { operation } from './operation.ts';

const InvocationRequest = z.strictObject({ CommandId: z.string(), InstanceId: z.string(), PluginName: z.string().min(4).optional() });

/** As much of a stream as an answer has, in characters (spec.md 14.2). */
const SHOWN = { stdout: 24_000, stderr: 8000 };
const BYTES_PER_CHARACTER = 4;

type Run = { execution: Execution; target: ExecutionTarget };

/** What ran on a node for an association is an invocation whose command is the execution. */
function runOf({ stores }: Pick<Context, 'stores'>, commandId: string, nodeId: NodeId): Run {
  if (!AssociationIdText.safeParse(commandId).success) {
    throw new Fault('InvalidCommandId', { commandId }, { places: [{ field: 'CommandId' }] });
  }
  const id = ExecutionId.safeParse(commandId.toLowerCase());
  const execution = id.success ? stores.executions.find(id.data) : null;
  const target = execution === null ? null : stores.executions.target(execution.executionId, nodeId);
  if (execution === null || target === null || target.dispatchedAt === null || stores.associations.find(target.associationId) === null) {
    throw new Fault('InvocationDoesNotExist', { commandId, nodeId }, { places: [{ field: 'CommandId' }] });
  }
  return { execution, target };
}

type NamedStep = { name: string; action: string; stepIndex: number };

/** The step that is asked for by its name, or by its action where only one step has it; the only one need not be named. */
function stepOf(
  { library, stores }: Pick<Context, 'library' | 'stores'>,
  { execution, target }: Run,
  asked: string | undefined,
): NamedStep {
  const known = library.steps(execution.documentName, execution.documentVersion);
  const steps: NamedStep[] =
    known?.map(({ name, action }, stepIndex) => ({ name, action, stepIndex })) ??
    stores.executions
      .steps(execution.executionId, target.nodeId)
      .map(({ stepIndex }) => ({ name: `Step ${stepIndex + 1}`, action: '', stepIndex }));
  const named = asked === undefined ? steps : steps.filter(({ name }) => name === asked);
  const meant = named.length > 0 ? named : steps.filter(({ action }) => action === asked);
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return only;
  throw new Fault('InvalidPluginName', { steps: steps.map(({ name }) => name) }, { places: [{ field: 'PluginName' }] });
}

/** What a target's status is called on an invocation. */
const OF_TARGET: Record<TargetStatus, string> = {
  Pending: 'Pending',
  Queued: 'Pending',
  InProgress: 'InProgress',
  Success: 'Success',
  Failed: 'Failed',
  TimedOut: 'TimedOut',
  Skipped: 'Cancelled',
  Cancelled: 'Cancelled',
};

const OF_STEP: Record<Exclude<StepStatus, 'NotStarted'>, string> = {
  InProgress: 'InProgress',
  Success: 'Success',
  SuccessAndReboot: 'Success',
  Failed: 'Failed',
  TimedOut: 'TimedOut',
  Skipped: 'Success',
  Cancelled: 'Cancelled',
};

function statusMembers(record: StepRecord | null, { status, detailedStatus }: ExecutionTarget) {
  if (record === null || record.status === 'NotStarted') {
    return isFinal(status) ? { Status: OF_TARGET[status], StatusDetails: detailedStatus } : { Status: 'Pending', StatusDetails: 'Pending' };
  }
  return { Status: OF_STEP[record.status], StatusDetails: record.status };
}

function exitCode(record: StepRecord | null): number {
  const result = record?.result ?? null;
  return result !== null && 'exitCode' in result && result.exitCode !== null ? result.exitCode : -1;
}

function timeMembers(record: StepRecord | null) {
  const { startedAt = null, endedAt = null } = record ?? {};
  const seconds = startedAt === null || endedAt === null ? null : (endedAt.getTime() - startedAt.getTime()) / 1000;
  return {
    ExecutionStartDateTime: startedAt?.toISOString() ?? '',
    ExecutionElapsedTime: seconds === null ? '' : `PT${seconds}S`,
    ExecutionEndDateTime: endedAt?.toISOString() ?? '',
  };
}

function shown({ outputs }: Pick<Context, 'outputs'>, record: StepRecord | null, stream: 'stdout' | 'stderr'): string {
  if (record === null) return '';
  const { executionId, nodeId, stepIndex, attempt } = record;
  const bytes = outputs.read({ executionId, nodeId, stepIndex, attempt, stream }, 0, SHOWN[stream] * BYTES_PER_CHARACTER);
  return bytes.toString('utf8').slice(0, SHOWN[stream]);
}

/** Where a stream was copied to; empty where it was not, or where there was nothing of it. */
function copiedTo(context: Context, { execution, target }: Run, of: { stepIndex: number; stream: 'stdout' | 'stderr' }): string {
  const { executionId, nodeId } = target;
  const copy = context.stores.outputCopies.find(executionId, nodeId);
  if (copy?.status !== 'Copied' || copy.outputUrl === null) return '';
  const found = streamsOf(context, execution, nodeId).find(({ stepIndex, stream }) => stepIndex === of.stepIndex && stream === of.stream);
  const summary = context.stores.executions.step(executionId, nodeId, of.stepIndex)?.[of.stream] ?? null;
  return found === undefined || summary === null || summary.bytes === 0 ? '' : `${copy.outputUrl}/${found.key}`;
}

/** What one step printed and came to on one node: where OutputSource of an execution's target leads. */
export const getCommandInvocation = operation(InvocationRequest, (context, { CommandId, InstanceId, PluginName }) => {
  const nodeId = namedNode(context, InstanceId);
  const run = runOf(context, CommandId, nodeId);
  const { execution, target } = run;
  const step = stepOf(context, run, PluginName);
  const record = context.stores.executions.step(execution.executionId, nodeId, step.stepIndex);
  const urlOf = (stream: 'stdout' | 'stderr') => copiedTo(context, run, { stepIndex: step.stepIndex, stream });
  return {
    CommandId: execution.executionId,
    InstanceId: nodeId,
    Comment: `${execution.associationId}:${execution.executionId}`,
    DocumentName: execution.documentName,
    DocumentVersion: String(execution.documentVersion),
    PluginName: step.name,
    ResponseCode: exitCode(record),
    ...timeMembers(record),
    ...statusMembers(record, target),
    StandardOutputContent: shown(context, record, 'stdout'),
    StandardOutputUrl: urlOf('stdout'),
    StandardErrorContent: shown(context, record, 'stderr'),
    StandardErrorUrl: urlOf('stderr'),
  };
});
