import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { TestSite } from './site.ts';

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start({ associationLimits: { associations: 1 } });
});

afterEach(() => site.stop());

const call = (operation: string, request: unknown) => site.client.ssm.call({ operation, request });

const Described = z.object({ AssociationDescription: z.object({ AssociationId: z.string(), Date: z.date() }) });
const Executions = z.object({ AssociationExecutions: z.array(z.object({ ExecutionId: z.string(), Status: z.string() })) });
const Targets = z.object({
  AssociationExecutionTargets: z.array(z.object({ ResourceId: z.string(), OutputSource: z.object({ OutputSourceId: z.string() }) })),
});

test('in the words of the SSM API, a real agent is found, given an association, and read what it printed', async () => {
  const { nodeId } = await site.addAgent({ name: 'lab-01', tags: [{ key: 'lab', value: 'b12' }] });
  expect(await call('DescribeInstanceInformation', { Filters: [{ Key: 'tag:lab', Values: ['b12'] }] })).toMatchObject({
    InstanceInformationList: [{ InstanceId: nodeId, PingStatus: 'Online' }],
  });
  const created = await call('CreateAssociation', {
    Name: 'AWS-RunShellScript',
    Parameters: { commands: ['echo "kept in shape"', 'echo careful >&2', 'exit 3'] },
    Targets: [{ Key: 'tag:lab', Values: ['b12'] }],
  });
  const { AssociationId } = Described.parse(created).AssociationDescription;
  const { ExecutionId } = await site.until('its execution is over', async () => {
    const { AssociationExecutions } = Executions.parse(await call('DescribeAssociationExecutions', { AssociationId }));
    return AssociationExecutions.find(({ Status }) => Status === 'Failed') ?? null;
  });
  const [target] = Targets.parse(
    await call('DescribeAssociationExecutionTargets', { AssociationId, ExecutionId }),
  ).AssociationExecutionTargets;
  const invocation = { CommandId: target?.OutputSource.OutputSourceId, InstanceId: target?.ResourceId };
  await site.until('its output is there', async () => {
    const { StandardOutputContent, StandardErrorContent } = await call('GetCommandInvocation', invocation);
    return StandardOutputContent === '' || StandardErrorContent === '' ? null : true;
  });
  expect(await call('GetCommandInvocation', invocation)).toMatchObject({
    Comment: `${AssociationId}:${ExecutionId}`,
    Status: 'Failed',
    ResponseCode: 3,
    StandardOutputContent: 'kept in shape\n',
    StandardErrorContent: 'careful\n',
  });
});

test('what is refused comes with the API’s name for it and the member, and limits are those of the site', async () => {
  const request = { Name: 'AWS-RunShellScript', Parameters: { commands: ['true'] }, Targets: [{ Key: 'InstanceIds', Values: ['*'] }] };
  await expect(call('CreateAssociation', { ...request, MaxErrors: '101%' })).rejects.toMatchObject({
    data: { code: 'ValidationException', places: [{ field: 'MaxErrors' }] },
  });
  await call('CreateAssociation', request);
  await expect(call('CreateAssociation', request)).rejects.toMatchObject({ data: { code: 'AssociationLimitExceeded' } });
  await expect(call('RunInstances', {})).rejects.toMatchObject({ data: { code: 'UnknownOperationException' } });
});
