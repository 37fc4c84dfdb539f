import * as z from 'zod';
import { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import { ExecutionStatus, lastHeardAt, resourceCountByStatus, TargetStatus } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from '../operations/context.ts';
import type { ExecutionsAsked, NumberedExecution, NumberedTarget, TargetsAsked } from '../store/execution-listing.ts';
import { EVERY_EXECUTION } from '../store/execution-listing.ts';
import { AssociationIdText, associationById } from './association-choice.ts';
import { alarmMembers, alarmStates } from './association-members.ts';
import { filled, instantOfText, present } from './members.ts';
import { operation } from './operation.ts';
import type { Pager } from './paging.ts';
import { paged, pageOf, pagerFor } from './paging.ts';

/** What is asked for; null when the filters contradict one another, so that nothing is found. */
type Asked<Of> = Of | null;

/** Two filters for one thing are both to hold. */
const both = <Value>(known: Value | null, given: Value): Asked<Value> => (known === null || known === given ? given : null);

const ExecutionFilter = z.strictObject({
  Key: z.enum(['ExecutionId', 'Status', 'CreatedTime']),
  Value: z.string().min(1),
  Type: z.enum(['EQUAL', 'LESS_THAN', 'GREATER_THAN']),
});
type ExecutionFilter = z.output<typeof ExecutionFilter>;

const ExecutionsRequest = z.strictObject({
  AssociationId: AssociationIdText,
  Filters: z.array(ExecutionFilter).min(1).optional(),
  ...paged(),
});

function invalid(position: number, member: 'Type' | 'Value', sentence: string): Fault {
  return new Fault('ValidationException', { problems: [sentence] }, { places: [{ field: `Filters.${position}.${member}` }] });
}

function withCreatedTime(asked: ExecutionsAsked, { Value, Type }: ExecutionFilter, position: number): Asked<ExecutionsAsked> {
  const given = instantOfText(Value);
  if (given === null) throw invalid(position, 'Value', `“${Value}” is no point in time: write one as in 2026-03-01T02:00:00Z.`);
  const { createdAt, createdAfter, createdBefore } = asked;
  switch (Type) {
    case 'EQUAL':
      return createdAt === null || createdAt.getTime() === given.getTime() ? { ...asked, createdAt: given } : null;
    case 'GREATER_THAN':
      return createdAfter === null || createdAfter < given ? { ...asked, createdAfter: given } : asked;
    case 'LESS_THAN':
      return createdBefore === null || createdBefore > given ? { ...asked, createdBefore: given } : asked;
  }
}

function withFilter(asked: ExecutionsAsked, filter: ExecutionFilter, position: number): Asked<ExecutionsAsked> {
  const { Key, Value, Type } = filter;
  if (Key === 'CreatedTime') return withCreatedTime(asked, filter, position);
  if (Type !== 'EQUAL') throw invalid(position, 'Type', `${Key} can only be EQUAL.`);
  if (Key === 'Status') {
    const status = ExecutionStatus.safeParse(Value);
    const meant = status.success ? both(asked.status, status.data) : null;
    return meant === null ? null : { ...asked, status: meant };
  }
  const executionId = ExecutionId.safeParse(Value);
  const meant = executionId.success ? both(asked.executionId, executionId.data) : null;
  return meant === null ? null : { ...asked, executionId: meant };
}

function executionsAsked(filters: readonly ExecutionFilter[], { after }: Pager): Asked<ExecutionsAsked> {
  const before = after === null ? null : Number(after);
  const all: ExecutionsAsked = { ...EVERY_EXECUTION, before };
  return filters.reduce<Asked<ExecutionsAsked>>(
    (asked, filter, position) => (asked === null ? null : withFilter(asked, filter, position)),
    all,
  );
}

/** AssociationExecution. */
function executionMembers({ stores }: Pick<Context, 'stores'>, execution: NumberedExecution) {
  const settings = stores.associations.versionDraft(execution.associationId, execution.associationVersion);
  return present({
    AssociationId: execution.associationId,
    AssociationVersion: String(execution.associationVersion),
    ExecutionId: execution.executionId,
    Status: execution.status,
    DetailedStatus: execution.detailedStatus,
    CreatedTime: execution.createdAt,
    LastExecutionDate: execution.lastExecutionAt,
    ResourceCountByStatus: resourceCountByStatus(execution.counts),
    AlarmConfiguration: alarmMembers(settings?.alarmConfiguration ?? null),
    TriggeredAlarms: filled(alarmStates(execution.triggeredAlarms)),
  });
}

/** Newest first. Several filters are ANDed (spec.md 1.7). */
export const describeAssociationExecutions = operation(ExecutionsRequest, (context, request) => {
  const pager = pagerFor(context, 'DescribeAssociationExecutions', request);
  const { associationId } = associationById(context, request.AssociationId);
  const asked = executionsAsked(request.Filters ?? [], pager);
  const found = asked === null ? [] : context.stores.executions.executionsOf(associationId, asked, pager.limit + 1);
  const { rows, ...rest } = pageOf(pager, found, ({ executionNumber }) => String(executionNumber));
  return { AssociationExecutions: rows.map((execution) => executionMembers(context, execution)), ...rest };
});

const TargetFilter = z.strictObject({ Key: z.enum(['Status', 'ResourceId', 'ResourceType']), Value: z.string().min(1) });
type TargetFilter = z.output<typeof TargetFilter>;

const TargetsRequest = z.strictObject({
  AssociationId: AssociationIdText,
  ExecutionId: AssociationIdText,
  Filters: z.array(TargetFilter).min(1).optional(),
  ...paged(),
});

function withTargetFilter(asked: TargetsAsked, { Key, Value }: TargetFilter): Asked<TargetsAsked> {
  switch (Key) {
    case 'ResourceType':
      return Value === 'ManagedInstance' ? asked : null;
    case 'ResourceId': {
      const nodeId = NodeId.safeParse(Value);
      const meant = nodeId.success ? both(asked.nodeId, nodeId.data) : null;
      return meant === null ? null : { ...asked, nodeId: meant };
    }
    case 'Status': {
      // Pages about commands spell it with one l.
      const status = TargetStatus.safeParse(Value === 'Canceled' ? 'Cancelled' : Value);
      const meant = status.success ? both(asked.status, status.data) : null;
      return meant === null ? null : { ...asked, status: meant };
    }
  }
}

function targetsAsked(filters: readonly TargetFilter[], { after }: Pager): Asked<TargetsAsked> {
  const all: TargetsAsked = { nodeId: null, status: null, after: after === null ? null : Number(after) };
  return filters.reduce<Asked<TargetsAsked>>((asked, filter) => (asked === null ? null : withTargetFilter(asked, filter)), all);
}

function executionOf({ stores }: Pick<Context, 'stores'>, { associationId }: Association, text: string) {
  const id = ExecutionId.safeParse(text.toLowerCase());
  const execution = id.success ? stores.executions.find(id.data) : null;
  if (execution?.associationId === associationId) return execution;
  throw new Fault('AssociationExecutionDoesNotExist', { executionId: text }, { places: [{ field: 'ExecutionId' }] });
}

/** AssociationExecutionTarget. What a node printed is that of the invocation that the execution is on it. */
const targetMembers = (target: NumberedTarget, associationVersion: number) =>
  present({
    AssociationId: target.associationId,
    AssociationVersion: String(associationVersion),
    ExecutionId: target.executionId,
    ResourceId: target.nodeId,
    ResourceType: 'ManagedInstance',
    Status: target.status,
    DetailedStatus: target.detailedStatus,
    LastExecutionDate: lastHeardAt(target),
    OutputSource: target.dispatchedAt === null ? undefined : { OutputSourceId: target.executionId, OutputSourceType: 'RunCommand' },
  });

/** In the order of dispatch. */
export const describeAssociationExecutionTargets = operation(TargetsRequest, (context, request) => {
  const pager = pagerFor(context, 'DescribeAssociationExecutionTargets', request);
  const association = associationById(context, request.AssociationId);
  const { executionId, associationVersion } = executionOf(context, association, request.ExecutionId);
  const asked = targetsAsked(request.Filters ?? [], pager);
  const found = asked === null ? [] : context.stores.executions.targetsOf(executionId, asked, pager.limit + 1);
  const { rows, ...rest } = pageOf(pager, found, ({ targetNumber }) => String(targetNumber));
  return { AssociationExecutionTargets: rows.map((target) => targetMembers(target, associationVersion)), ...rest };
});
