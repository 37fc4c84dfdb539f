import { expect, test } from 'vitest';
import * as z from 'zod';
import { openSsmSite } from './ssm-site.ts';

/**
 * The requests that the reference of the AWS CLI shows for each operation, with names and ids of a site of one's own, and the members
 * that its answers have. What they show is facts about shapes: which members, in which spelling, with which kinds of values.
 */

const KEPT_CURRENT = { Name: 'Keep-current', Parameters: { version: [''], allowDowngrade: ['false'] } };

const UPDATER = JSON.stringify({
  schemaVersion: '1.2',
  description: 'Keeps something up to date.',
  parameters: {
    version: { type: 'String', default: '' },
    allowDowngrade: { type: 'String', default: 'false', allowedValues: ['true', 'false'] },
  },
  runtimeConfig: {
    'aws:runShellScript': { properties: [{ id: '0.aws:runShellScript', runCommand: ['echo {{ version }} {{ allowDowngrade }}'] }] },
  },
});

const Described = z.object({ AssociationDescription: z.object({ AssociationId: z.string() }) });

function exampleSite() {
  const opened = openSsmSite();
  opened.call('CreateDocument', { Name: 'Keep-current', Content: UPDATER, DocumentType: 'Command' });
  const node = opened.site.addNode({ tags: { Name: 'Linux', DEV: '' } });
  const second = opened.site.addNode();
  const create = (members: object) =>
    Described.parse(opened.call('CreateAssociation', { Name: 'Keep-current', ...members })).AssociationDescription.AssociationId;
  return { ...opened, node, second, create };
}

test('create-association with an instance id', () => {
  const { call, node } = exampleSite();
  expect(call('CreateAssociation', { InstanceId: node, Name: 'Keep-current' })).toMatchObject({
    AssociationDescription: {
      Status: { Date: expect.any(Date), Message: 'Associated with Keep-current', Name: 'Associated' },
      Name: 'Keep-current',
      InstanceId: node,
      Overview: { Status: 'Pending', DetailedStatus: 'Creating' },
      DocumentVersion: '$DEFAULT',
      LastUpdateAssociationDate: expect.any(Date),
      Date: expect.any(Date),
      Targets: [{ Key: 'InstanceIds', Values: [node] }],
    },
  });
});

test('create-association with targets, whose key is written in any case', () => {
  const { site, call, node } = exampleSite();
  const answer = call('CreateAssociation', { Name: 'Keep-current', Targets: [{ Key: 'instanceids', Values: [node] }] });
  expect(answer).toMatchObject({ AssociationDescription: { Targets: [{ Key: 'instanceids', Values: [node] }] } });
  const { AssociationId } = Described.parse(answer).AssociationDescription;
  expect(call('DescribeAssociationExecutions', { AssociationId })).toMatchObject({
    AssociationExecutions: [{ ResourceCountByStatus: '{InProgress=1}' }],
  });
  expect(site.errors).toEqual([]);
});

test('create-association that runs once: at its moment, and at once where that is past', () => {
  const { site, call, node, create } = exampleSite();
  const Targets = [{ Key: 'instanceids', Values: [node] }];
  const ahead = create({ Targets, ScheduleExpression: 'at(2026-05-14T15:55:00)', ApplyOnlyAtCronInterval: true });
  const past = create({ Targets, ScheduleExpression: 'at(2020-05-14T15:55:00)' });
  site.advance({ days: 100 });
  const ran = (AssociationId: string) => call('DescribeAssociationExecutions', { AssociationId });
  expect(ran(ahead)).toMatchObject({ AssociationExecutions: [{ CreatedTime: new Date('2026-05-14T15:55:00Z'), Status: 'Success' }] });
  expect(ran(past)).toMatchObject({ AssociationExecutions: [{ CreatedTime: new Date('2026-03-01T02:00:00Z'), Status: 'Success' }] });
});

test('create-association-batch with two nodes', () => {
  const { call, node, second } = exampleSite();
  const Entries = [node, second].map((InstanceId) => ({ Name: 'Keep-current', InstanceId }));
  expect(call('CreateAssociationBatch', { Entries })).toMatchObject({
    Successful: Entries.map(({ InstanceId }) => ({
      Name: 'Keep-current',
      InstanceId,
      AssociationVersion: '1',
      Status: { Name: 'Associated', Message: 'Associated with Keep-current' },
      Overview: { Status: 'Pending', DetailedStatus: 'Creating' },
      DocumentVersion: '$DEFAULT',
      Targets: [{ Key: 'InstanceIds', Values: [InstanceId] }],
    })),
    Failed: [],
  });
});

test('update-association with another document version, or another schedule', () => {
  const { site, call, create } = exampleSite();
  const Targets = [{ Key: 'tag:Name', Values: ['Linux'] }];
  const AssociationId = create({ Targets });
  site.advance({ minutes: 1 });
  expect(call('UpdateAssociation', { AssociationId, DocumentVersion: '$LATEST' })).toMatchObject({
    AssociationDescription: {
      Name: 'Keep-current',
      AssociationVersion: '2',
      Overview: { Status: 'Pending' },
      DocumentVersion: '$LATEST',
      Targets,
      LastExecutionDate: expect.any(Date),
      LastSuccessfulExecutionDate: expect.any(Date),
    },
  });
  expect(call('UpdateAssociation', { AssociationId, ScheduleExpression: 'cron(0 0 0/4 1/1 * ? *)' })).toMatchObject({
    AssociationDescription: {
      AssociationVersion: '3',
      DocumentVersion: '$DEFAULT',
      Targets,
      ScheduleExpression: 'cron(0 0 0/4 1/1 * ? *)',
      ApplyOnlyAtCronInterval: false,
    },
  });
});

test('update-association-status of an association of a document with a node', () => {
  const { call, node } = exampleSite();
  call('CreateAssociation', { InstanceId: node, Name: 'Keep-current' });
  const AssociationStatus = {
    Date: 1_772_330_471.939,
    Name: 'Pending',
    Message: 'temp_status_change',
    AdditionalInfo: 'Additional-Config-Needed',
  };
  expect(call('UpdateAssociationStatus', { Name: 'Keep-current', InstanceId: node, AssociationStatus })).toMatchObject({
    AssociationDescription: { Status: { ...AssociationStatus, Date: new Date(1_772_330_471_939) } },
  });
});

test('describe-association by its id, and by node and document', () => {
  const { site, call, node, create } = exampleSite();
  const settings = {
    ...KEPT_CURRENT,
    Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
    ScheduleExpression: 'rate(24 hours)',
    AssociationName: 'Current-everywhere',
  };
  const AssociationId = create(settings);
  site.advance({ minutes: 1 });
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: { ...settings, Overview: { Status: 'Success', AssociationStatusAggregatedCount: { Success: 2 } } },
  });
  site.disconnect(node);
  call('CreateAssociation', { InstanceId: node, Name: 'Keep-current' });
  expect(call('DescribeAssociation', { InstanceId: node, Name: 'Keep-current' })).toMatchObject({
    AssociationDescription: { InstanceId: node, Overview: { Status: 'Pending' } },
  });
});

test('list-associations of a node, and of a document', () => {
  const { call, node, create } = exampleSite();
  call('CreateAssociation', { InstanceId: node, Name: 'Keep-current' });
  create({ Targets: [{ Key: 'InstanceIds', Values: [node] }], ScheduleExpression: 'cron(0 00 12 ? * SUN *)', AssociationName: 'Current' });
  const listed = (key: string, value: string) => call('ListAssociations', { AssociationFilterList: [{ key, value }] });
  expect(listed('InstanceId', node)).toMatchObject({ Associations: [{ InstanceId: node, AssociationVersion: '1' }] });
  expect(listed('Name', 'Keep-current')).toMatchObject({
    Associations: [{ InstanceId: node }, { ScheduleExpression: 'cron(0 00 12 ? * SUN *)', AssociationName: 'Current' }],
  });
});

test('list-association-versions', () => {
  const { call, node, create } = exampleSite();
  const settings = {
    ...KEPT_CURRENT,
    Targets: [{ Key: 'InstanceIds', Values: [node] }],
    ScheduleExpression: 'cron(0 00 12 ? * SUN *)',
    AssociationName: 'Current',
  };
  const AssociationId = create(settings);
  expect(call('ListAssociationVersions', { AssociationId })).toMatchObject({
    AssociationVersions: [{ AssociationId, AssociationVersion: '1', CreatedDate: expect.any(Date), ...settings }],
  });
});

test('describe-association-executions after a moment, and the targets of one of them', () => {
  const { site, call, node, create } = exampleSite();
  const AssociationId = create({ Targets: [{ Key: 'InstanceIds', Values: [node] }] });
  site.advance({ minutes: 1 });
  const Filters = [{ Key: 'CreatedTime', Value: '2026-02-18T16:00:00Z', Type: 'GREATER_THAN' }];
  const answer = call('DescribeAssociationExecutions', { AssociationId, Filters });
  const execution = { AssociationId, AssociationVersion: '1', Status: 'Success', DetailedStatus: 'Success' };
  expect(answer).toMatchObject({
    AssociationExecutions: [{ ...execution, CreatedTime: expect.any(Date), ResourceCountByStatus: '{Success=1}' }],
  });
  const [{ ExecutionId = '' } = {}] = z
    .object({ AssociationExecutions: z.array(z.object({ ExecutionId: z.string() })) })
    .parse(answer).AssociationExecutions;
  expect(call('DescribeAssociationExecutionTargets', { AssociationId, ExecutionId })).toMatchObject({
    AssociationExecutionTargets: [
      {
        ...execution,
        ExecutionId,
        ResourceId: node,
        ResourceType: 'ManagedInstance',
        LastExecutionDate: expect.any(Date),
        OutputSource: { OutputSourceId: expect.any(String), OutputSourceType: 'RunCommand' },
      },
    ],
  });
});

test('start-associations-once and delete-association', () => {
  const { call, node, create } = exampleSite();
  const ids = [create({ Targets: [{ Key: 'InstanceIds', Values: [node] }] }), create({ Targets: [{ Key: 'InstanceIds', Values: ['*'] }] })];
  expect(call('StartAssociationsOnce', { AssociationIds: ids })).toEqual({});
  expect(call('DeleteAssociation', { AssociationId: ids[0] })).toEqual({});
});

test('describe-instance-associations-status and describe-effective-instance-associations', () => {
  const { site, call, node } = exampleSite();
  call('CreateAssociation', { InstanceId: node, Name: 'Keep-current' });
  site.advance({ minutes: 1 });
  expect(call('DescribeInstanceAssociationsStatus', { InstanceId: node })).toMatchObject({
    InstanceAssociationStatusInfos: [{ Status: 'Success', DetailedStatus: 'Success', Name: 'Keep-current', InstanceId: node }],
  });
  expect(call('DescribeEffectiveInstanceAssociations', { InstanceId: node })).toMatchObject({
    Associations: [{ InstanceId: node, Content: UPDATER, AssociationVersion: '1' }],
  });
});

test('describe-instance-information of one node, and of those with a tag key', () => {
  const { call, node } = exampleSite();
  const found = { InstanceInformationList: [{ InstanceId: node, PingStatus: 'Online', ResourceType: 'ManagedInstance' }] };
  expect(call('DescribeInstanceInformation', { Filters: [{ Key: 'InstanceIds', Values: [node] }] })).toMatchObject(found);
  expect(call('DescribeInstanceInformation', { Filters: [{ Key: 'tag-key', Values: ['DEV'] }] })).toMatchObject(found);
});

test('put-compliance-items, and the lists and summaries of them', () => {
  const { call, node } = exampleSite();
  const upload = {
    ResourceId: node,
    ResourceType: 'ManagedInstance',
    ComplianceType: 'Custom:AVCheck',
    ExecutionSummary: { ExecutionTime: '2026-02-18T16:00:00Z' },
    Items: [{ Id: 'Version2.0', Title: 'ScanHost', Severity: 'CRITICAL', Status: 'COMPLIANT' }],
  };
  expect(call('PutComplianceItems', upload)).toEqual({});
  const one = { ResourceIds: [node], ResourceTypes: ['ManagedInstance'] };
  const item = { ComplianceType: 'Custom:AVCheck', ResourceType: 'ManagedInstance', ResourceId: node, Status: 'COMPLIANT' };
  const details = { Id: 'Version2.0', Title: 'ScanHost', Severity: 'CRITICAL', ExecutionSummary: { ExecutionTime: expect.any(Date) } };
  const filters: object[][] = [
    [],
    [
      { Key: 'ComplianceType', Values: ['Custom:AVCheck'], Type: 'EQUAL' },
      { Key: 'Id', Values: ['Version2.0'], Type: 'EQUAL' },
    ],
    [{ Key: 'ExecutionTime', Values: ['2026-02-18T15:00:00Z'], Type: 'GREATER_THAN' }],
  ];
  for (const Filters of filters) {
    expect(call('ListComplianceItems', { ...one, Filters })).toMatchObject({ ComplianceItems: [{ ...item, ...details }] });
  }
  const none = { CriticalCount: 0, HighCount: 0, MediumCount: 0, LowCount: 0, InformationalCount: 0, UnspecifiedCount: 0 };
  const summaries = {
    CompliantSummary: { CompliantCount: 1, SeveritySummary: { ...none, CriticalCount: 1 } },
    NonCompliantSummary: { NonCompliantCount: 0, SeveritySummary: none },
  };
  const Filters = [{ Key: 'ComplianceType', Values: ['Custom:AVCheck'], Type: 'EQUAL' }];
  expect(call('ListComplianceSummaries', { Filters })).toEqual({
    ComplianceSummaryItems: [{ ComplianceType: 'Custom:AVCheck', ...summaries }],
  });
  expect(call('ListResourceComplianceSummaries', { Filters })).toMatchObject({
    ResourceComplianceSummaryItems: [{ ...item, OverallSeverity: 'CRITICAL', ...summaries }],
  });
});

test('put-parameter as text, secret, with a pattern, and again', () => {
  const { call } = exampleSite();
  expect(call('PutParameter', { Name: 'welcome', Type: 'String', Value: 'helloLab' })).toMatchObject({ Version: 1 });
  expect(call('PutParameter', { Name: 'password', Type: 'SecureString', Value: 'a value, for example P@ss%rd#1' })).toMatchObject({
    Version: 1,
  });
  expect(call('PutParameter', { Name: 'NumbersOnly', Type: 'String', Value: '10', AllowedPattern: '^\\d+$' })).toMatchObject({
    Version: 1,
  });
  expect(call('PutParameter', { Name: 'welcome', Type: 'String', Value: 'good day', Overwrite: true })).toMatchObject({ Version: 2 });
  expect(call('DescribeParameters', { Filters: [{ Key: 'Name', Values: ['welcome'] }] })).toMatchObject({
    Parameters: [{ Name: 'welcome', Type: 'String', LastModifiedDate: expect.any(Date) }],
  });
});

test('list-documents by owner and by name', () => {
  const { call } = exampleSite();
  const found = { DocumentIdentifiers: [{ Name: 'Keep-current', DocumentType: 'Command', SchemaVersion: '1.2' }] };
  expect(call('ListDocuments', { Filters: [{ Key: 'Owner', Values: ['Self'] }] })).toMatchObject(found);
  const private_ = [
    { Key: 'Name', Values: ['Keep'] },
    { Key: 'Owner', Values: ['Private'] },
  ];
  expect(call('ListDocuments', { Filters: private_ })).toMatchObject(found);
});
