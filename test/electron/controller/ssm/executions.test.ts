import { expect, test } from 'vitest';
import * as z from 'zod';
import type { NodeId } from '../../../../agent/protocol/ids.ts';
import { openSsmSite, refusal } from './ssm-site.ts';

const Executions = z.object({
  AssociationExecutions: z.array(z.object({ ExecutionId: z.string(), Status: z.string() })),
  NextToken: z.string().optional(),
});
const Targets = z.object({
  AssociationExecutionTargets: z.array(z.object({ ResourceId: z.string(), OutputSource: z.object({ OutputSourceId: z.string() }) })),
});

/** An association on a good and a bad node that ran at 02:00, 03:00 and 04:00; the second time both were well. */
function ranThrice() {
  const opened = openSsmSite();
  const { site, call, create } = opened;
  const [good, bad] = site.addNodes(2) as [NodeId, NodeId];
  let isBad = true;
  site.script = ({ nodeId }) => ({ status: nodeId === bad && isBad ? 'Failed' : 'Success', seconds: 30 });
  const AssociationId = create({ ScheduleExpression: 'rate(1 hour)' });
  site.advance({ minutes: 1 });
  isBad = false;
  site.advance({ hours: 1 });
  isBad = true;
  site.advance({ hours: 1 });
  const executions = (Filters?: object[]) =>
    Executions.parse(call('DescribeAssociationExecutions', { AssociationId, ...(Filters === undefined ? {} : { Filters }) }))
      .AssociationExecutions;
  return { ...opened, AssociationId, good, bad, executions };
}

const created = (Type: string, Value: string) => ({ Key: 'CreatedTime', Type, Value });
const status = (Value: string) => ({ Key: 'Status', Type: 'EQUAL', Value });

test('executions are listed newest first, with their counts as text', () => {
  const { call, AssociationId } = ranThrice();
  const execution = (Status: string, at: string, ResourceCountByStatus: string) => ({
    AssociationId,
    AssociationVersion: '1',
    ExecutionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    Status,
    DetailedStatus: Status,
    CreatedTime: new Date(`2026-03-01T${at}:00Z`),
    LastExecutionDate: new Date(`2026-03-01T${at}:30Z`),
    ResourceCountByStatus,
  });
  expect(call('DescribeAssociationExecutions', { AssociationId })).toEqual({
    AssociationExecutions: [
      execution('Failed', '04:00', '{Failed=1, Success=1}'),
      execution('Success', '03:00', '{Success=2}'),
      execution('Failed', '02:00', '{Failed=1, Success=1}'),
    ],
  });
});

test('filters by time and status are ANDed', () => {
  const { executions } = ranThrice();
  const [third, second, first] = executions();
  expect(executions([created('GREATER_THAN', '2026-03-01T02:30:00Z'), status('Failed')])).toEqual([third]);
  expect(executions([created('GREATER_THAN', '2026-03-01T02:00:00Z')])).toEqual([third, second]);
  expect(executions([created('LESS_THAN', '2026-03-01T04:00:00Z'), created('GREATER_THAN', '2026-03-01T02:00:00Z')])).toEqual([second]);
  expect(executions([created('EQUAL', '2026-03-01T03:00:00+01:00')])).toEqual([first]);
  expect(executions([{ Key: 'ExecutionId', Type: 'EQUAL', Value: second?.ExecutionId }])).toEqual([second]);
  expect(executions([status('Failed'), status('Success')])).toEqual([]);
  expect(executions([status('Odd')])).toEqual([]);
});

test('a filter that is none is refused', () => {
  const { executions } = ranThrice();
  expect(() => executions([{ Key: 'Colour', Type: 'EQUAL', Value: 'red' }])).toThrow(refusal('ValidationException', 'Filters.0.Key'));
  expect(() => executions([created('EQUAL', 'noon')])).toThrow(refusal('ValidationException', 'Filters.0.Value'));
  expect(() => executions([{ ...status('Failed'), Type: 'LESS_THAN' }])).toThrow(refusal('ValidationException', 'Filters.0.Type'));
  expect(() => executions([])).toThrow(refusal('ValidationException', 'Filters'));
});

test('a page goes on where the one before ended, also when an execution began meanwhile', () => {
  const { call, AssociationId, executions, site } = ranThrice();
  const ids = executions().map(({ ExecutionId }) => ExecutionId);
  const first = Executions.parse(call('DescribeAssociationExecutions', { AssociationId, MaxResults: 2 }));
  site.advance({ hours: 1 });
  const second = Executions.parse(call('DescribeAssociationExecutions', { AssociationId, MaxResults: 2, NextToken: first.NextToken }));
  expect([...first.AssociationExecutions, ...second.AssociationExecutions].map(({ ExecutionId }) => ExecutionId)).toEqual(ids);
  expect(second.NextToken).toBeUndefined();
});

test('the targets of an execution say how it went on each node', () => {
  const { call, AssociationId, bad, executions } = ranThrice();
  const [{ ExecutionId = '' } = {}] = executions();
  expect(
    call('DescribeAssociationExecutionTargets', {
      AssociationId,
      ExecutionId,
      Filters: [
        { Key: 'Status', Value: 'Failed' },
        { Key: 'ResourceId', Value: bad },
        { Key: 'ResourceType', Value: 'ManagedInstance' },
      ],
    }),
  ).toEqual({
    AssociationExecutionTargets: [
      {
        AssociationId,
        AssociationVersion: '1',
        ExecutionId,
        ResourceId: bad,
        ResourceType: 'ManagedInstance',
        Status: 'Failed',
        DetailedStatus: 'Failed',
        LastExecutionDate: new Date('2026-03-01T04:00:30Z'),
        OutputSource: { OutputSourceId: expect.stringMatching(/^[0-9a-f-]{36}$/), OutputSourceType: 'RunCommand' },
      },
    ],
  });
});

test('targets are found by what they are, and by nothing else', () => {
  const { call, AssociationId, good, bad, executions } = ranThrice();
  const [{ ExecutionId = '' } = {}] = executions();
  const found = (...Filters: object[]) =>
    Targets.parse(call('DescribeAssociationExecutionTargets', { AssociationId, ExecutionId, Filters })).AssociationExecutionTargets.map(
      ({ ResourceId }) => ResourceId,
    );
  expect(found({ Key: 'ResourceType', Value: 'ManagedInstance' })).toEqual([good, bad]);
  expect(found({ Key: 'ResourceType', Value: 'EC2Instance' })).toEqual([]);
  expect(found({ Key: 'Status', Value: 'Success' })).toEqual([good]);
  expect(found({ Key: 'Status', Value: 'Success' }, { Key: 'ResourceId', Value: bad })).toEqual([]);
  expect(found({ Key: 'Status', Value: 'Canceled' })).toEqual([]);
  expect(() => found({ Key: 'Colour', Value: 'red' })).toThrow(refusal('ValidationException', 'Filters.0.Key'));
});

test('an execution is that of its own association, and of no other', () => {
  const { call, AssociationId, create, executions } = ranThrice();
  const [{ ExecutionId = '' } = {}] = executions();
  const other = create();
  const describe = (request: object) => call('DescribeAssociationExecutionTargets', request);
  expect(() => describe({ AssociationId: other, ExecutionId })).toThrow(refusal('AssociationExecutionDoesNotExist', 'ExecutionId'));
  expect(() => describe({ AssociationId, ExecutionId: other })).toThrow(refusal('AssociationExecutionDoesNotExist', 'ExecutionId'));
  expect(() => describe({ AssociationId: ExecutionId, ExecutionId })).toThrow(refusal('AssociationDoesNotExist', 'AssociationId'));
  expect(() => describe({ AssociationId, ExecutionId: '..' })).toThrow(refusal('ValidationException', 'ExecutionId'));
});

test('a raised alarm is told where it held targets back', () => {
  const { site, call, create } = openSsmSite();
  site.addNode();
  const AlarmConfiguration = { IgnorePollAlarmFailure: false, Alarms: [{ Name: 'power' }] };
  const AssociationId = create({ AlarmConfiguration });
  site.advance({ minutes: 1 });
  expect(call('DescribeAssociationExecutions', { AssociationId })).toMatchObject({
    AssociationExecutions: [{ Status: 'Skipped', AlarmConfiguration, TriggeredAlarms: [{ Name: 'power', State: 'ALARM' }] }],
  });
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: { TriggeredAlarms: [{ Name: 'power', State: 'ALARM' }] },
  });
});

test('the output of a target leads to what each step printed, its exit code and its status', () => {
  const { site, call, AssociationId, bad, executions } = ranThrice();
  const [{ ExecutionId = '' } = {}] = executions();
  const [target] = Targets.parse(
    call('DescribeAssociationExecutionTargets', { AssociationId, ExecutionId, Filters: [{ Key: 'ResourceId', Value: bad }] }),
  ).AssociationExecutionTargets;
  const stream = { executionId: site.context.stores.executions.recent(1)[0]!, nodeId: bad, stepIndex: 0, attempt: 1 };
  site.context.outputs.append({ ...stream, stream: 'stdout' }, 0, Buffer.from('é'.repeat(24_001)));
  site.context.outputs.append({ ...stream, stream: 'stderr' }, 0, Buffer.from('e'.repeat(8001)));
  expect(call('GetCommandInvocation', { CommandId: target?.OutputSource.OutputSourceId, InstanceId: bad })).toEqual({
    CommandId: ExecutionId,
    InstanceId: bad,
    Comment: `${AssociationId}:${ExecutionId}`,
    DocumentName: 'Holdfast-RunShellScript',
    DocumentVersion: '1',
    PluginName: 'runShellScript',
    ResponseCode: 1,
    ExecutionStartDateTime: '2026-03-01T04:00:00.000Z',
    ExecutionElapsedTime: 'PT30S',
    ExecutionEndDateTime: '2026-03-01T04:00:30.000Z',
    Status: 'Failed',
    StatusDetails: 'Failed',
    StandardOutputContent: 'é'.repeat(24_000),
    StandardOutputUrl: '',
    StandardErrorContent: 'e'.repeat(8000),
    StandardErrorUrl: '',
  });
});

test('an invocation that there is not is refused by what is wrong', () => {
  const { call, good, executions } = ranThrice();
  const [{ ExecutionId: CommandId = '' } = {}] = executions();
  const get = (request: object) => call('GetCommandInvocation', request);
  expect(() => get({ CommandId: 'x', InstanceId: good })).toThrow(refusal('InvalidCommandId', 'CommandId'));
  expect(() => get({ CommandId: good, InstanceId: 'i-0' })).toThrow(refusal('InvalidInstanceId', 'InstanceId'));
  expect(() => get({ CommandId: '11111111-2222-4333-8444-555555555555', InstanceId: good })).toThrow(
    refusal('InvocationDoesNotExist', 'CommandId'),
  );
  expect(() => get({ CommandId, InstanceId: good, PluginName: 'no such step' })).toThrow(refusal('InvalidPluginName', 'PluginName'));
});
