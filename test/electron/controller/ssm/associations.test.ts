import { expect, test } from 'vitest';
import { EVERY_NODE, openSsmSite, refusal } from './ssm-site.ts';

/** Every member that has a meaning on a site of one's own, with a value that is not its default. */
const EVERYTHING = {
  ...EVERY_NODE,
  DocumentVersion: '$LATEST',
  AssociationName: 'Nightly-checks',
  Parameters: { commands: ['echo "a b"', 'true'], executionTimeout: ['600'] },
  Targets: [
    { Key: 'tag:lab', Values: ['b12', 'b14'] },
    { Key: 'tag-key', Values: ['room'] },
  ],
  ScheduleExpression: 'cron(0 2 ? * SUN *)',
  ScheduleOffset: 2,
  ApplyOnlyAtCronInterval: true,
  MaxConcurrency: '25%',
  MaxErrors: '3',
  ComplianceSeverity: 'HIGH',
  SyncCompliance: 'MANUAL',
  OutputLocation: { S3Location: { OutputS3Region: 'eu-lab-1', OutputS3BucketName: 'lab-output', OutputS3KeyPrefix: 'checks' } },
  AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: 'power' }] },
};

test('a new association has an id, is version 1, and stands at Pending, Creating', () => {
  const { call } = openSsmSite();
  expect(call('CreateAssociation', EVERY_NODE)).toEqual({
    AssociationDescription: {
      ...EVERY_NODE,
      DocumentVersion: '$DEFAULT',
      ApplyOnlyAtCronInterval: false,
      ComplianceSeverity: 'UNSPECIFIED',
      SyncCompliance: 'AUTO',
      AssociationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      AssociationVersion: '1',
      Date: new Date('2026-03-01T02:00:00Z'),
      LastUpdateAssociationDate: new Date('2026-03-01T02:00:00Z'),
      Overview: { Status: 'Pending', DetailedStatus: 'Creating' },
    },
  });
});

test('every member that is sent reads back as it was sent', () => {
  const { call, create } = openSsmSite();
  const AssociationId = create({ ...EVERYTHING, Tags: [{ Key: 'team', Value: 'lab' }] });
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({ AssociationDescription: EVERYTHING });
});

test('once its targets are bound an association that has not run reads Associated', () => {
  const { call, create } = openSsmSite();
  const AssociationId = create();
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: { Overview: { Status: 'Pending', DetailedStatus: 'Associated' } },
  });
});

test('its dates and counts are those of its executions', () => {
  const { site, call, create } = openSsmSite();
  const [first] = site.addNodes(2);
  site.script = ({ nodeId }) => ({ status: nodeId === first ? 'Failed' : 'Success', seconds: 30 });
  const AssociationId = create();
  site.advance({ minutes: 1 });
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: {
      LastExecutionDate: new Date('2026-03-01T02:00:00Z'),
      Overview: { Status: 'Failed', DetailedStatus: 'Failed', AssociationStatusAggregatedCount: { Failed: 1, Success: 1 } },
    },
  });
  site.script = () => ({ status: 'Success', seconds: 30 });
  call('StartAssociationsOnce', { AssociationIds: [AssociationId] });
  site.advance({ minutes: 1 });
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: {
      LastExecutionDate: new Date('2026-03-01T02:01:00Z'),
      LastSuccessfulExecutionDate: new Date('2026-03-01T02:01:30Z'),
      Overview: { Status: 'Success', DetailedStatus: 'Success', AssociationStatusAggregatedCount: { Success: 2 } },
    },
  });
});

test('a name has 3 to 128 characters, and two associations may have the same', () => {
  const { call, create } = openSsmSite();
  expect(() => create({ AssociationName: 'ab' })).toThrow(refusal('ValidationException', 'AssociationName'));
  const ids = [create({ AssociationName: 'same' }), create({ AssociationName: 'same' })];
  expect(call('ListAssociations', { AssociationFilterList: [{ key: 'AssociationName', value: 'same' }] })).toMatchObject({
    Associations: ids.map((AssociationId) => ({ AssociationId, AssociationName: 'same' })),
  });
});

test('a member that is wrong is refused by its error name, and nothing is created', () => {
  const { site, call } = openSsmSite();
  const wrong: [object, string, string][] = [
    [{ Parameters: {} }, 'InvalidParameters', 'Parameters.commands'],
    [{ Parameters: { commands: ['true'], colour: ['red'] } }, 'InvalidParameters', 'Parameters.colour'],
    [{ Name: 'No-such-document' }, 'InvalidDocument', 'Name'],
    [{ DocumentVersion: '99' }, 'InvalidDocumentVersion', 'DocumentVersion'],
    [{ DocumentVersion: 'newest' }, 'ValidationException', 'DocumentVersion'],
    [{ Targets: [] }, 'InvalidTarget', 'Targets'],
    [{ Targets: [{ Key: 'InstanceIds', Values: ['mi-00000000000000fff'] }] }, 'InvalidTarget', 'Targets'],
    [{ Targets: [{ Key: 'resource-groups:Name', Values: ['a', 'b'] }] }, 'InvalidTarget', 'Targets'],
    [{ Targets: [{ Key: 'k'.repeat(164), Values: [] }] }, 'InvalidTarget', 'Targets.0.Key'],
    [{ ScheduleExpression: 'cron(0 2 ? 3 SUN *)' }, 'InvalidSchedule', 'ScheduleExpression'],
    [{ ScheduleExpression: 'rate(29 minutes)' }, 'InvalidSchedule', 'ScheduleExpression'],
    [{ ScheduleOffset: 2 }, 'InvalidSchedule', 'ScheduleOffset'],
    [{ ScheduleExpression: 'rate(1 hour)', ApplyOnlyAtCronInterval: true }, 'InvalidSchedule', 'ApplyOnlyAtCronInterval'],
    [{ MaxConcurrency: '0' }, 'ValidationException', 'MaxConcurrency'],
    [{ MaxErrors: '101%' }, 'ValidationException', 'MaxErrors'],
    [{ ComplianceSeverity: 'INFORMATIONAL' }, 'ValidationException', 'ComplianceSeverity'],
    [{ SyncCompliance: 'OFF' }, 'ValidationException', 'SyncCompliance'],
    [{ Duration: 25 }, 'ValidationException', 'Duration'],
    [
      { OutputLocation: { S3Location: { OutputS3BucketName: '' } } },
      'InvalidOutputLocation',
      'OutputLocation.S3Location.OutputS3BucketName',
    ],
    [{ Tags: [{ Key: '', Value: '' }] }, 'InvalidTag', 'Tags'],
    [{ AlarmConfiguration: { Alarms: [] } }, 'ValidationException', 'AlarmConfiguration.Alarms'],
  ];
  for (const [members, code, member] of wrong) {
    expect(() => call('CreateAssociation', { ...EVERY_NODE, ...members }), JSON.stringify(members)).toThrow(refusal(code, member));
  }
  expect(site.context.stores.associations.count()).toBe(0);
});

test('what has no meaning on a site of one’s own is refused in a sentence that says so', () => {
  const { call } = openSsmSite();
  const refused: [object, string, string][] = [
    [{ TargetMaps: [{ Key: ['a'] }] }, 'InvalidTargetMaps', 'TargetMaps'],
    [{ TargetLocations: [{ Accounts: ['111122223333'] }] }, 'InvalidParameters', 'TargetLocations'],
    [{ AutomationTargetParameterName: 'InstanceId' }, 'InvalidParameters', 'AutomationTargetParameterName'],
    [{ AssociationDispatchAssumeRole: 'arn:aws:iam::111122223333:role/x' }, 'ValidationException', 'AssociationDispatchAssumeRole'],
  ];
  for (const [members, code, member] of refused) {
    expect(() => call('CreateAssociation', { ...EVERY_NODE, ...members })).toThrow(refusal(code, member));
  }
  expect(() => call('CreateAssociation', { ...EVERY_NODE, TargetLocations: [{}] })).toThrow(/a site has none/);
});

test('a request that is no request is refused on the member that is wrong', () => {
  const { call } = openSsmSite();
  expect(() => call('CreateAssociation', { ...EVERY_NODE, Colour: 'red' })).toThrow(refusal('ValidationException', 'Colour'));
  expect(() => call('CreateAssociation', {})).toThrow(refusal('ValidationException', 'Name'));
  expect(() => call('CreateAssociation', undefined)).toThrow(refusal('ValidationException', 'Name'));
  expect(() => call('CreateAssociation', { ...EVERY_NODE, Targets: { Key: 'InstanceIds' } })).toThrow(
    refusal('SerializationException', 'Targets'),
  );
  expect(() => call('CreateAssociation', { ...EVERY_NODE, Parameters: { commands: 'true' } })).toThrow(
    refusal('SerializationException', 'Parameters.commands'),
  );
  expect(() => call('CreateAssociation', 'rm -rf /')).toThrow(refusal('SerializationException', ''));
  expect(() => call('CreateAssociation', { ...EVERY_NODE, AssociationName: 'x'.repeat(10_000_000) })).toThrow(
    refusal('ValidationException', 'AssociationName'),
  );
  expect(() => call('SendCommand', {})).toThrow(refusal('UnknownOperationException'));
  expect(() => call('toString', {})).toThrow(refusal('UnknownOperationException'));
});

test('in a batch the good entries are created, and each bad one is told with what is wrong', () => {
  const { site, call } = openSsmSite();
  const bad = { ...EVERY_NODE, Name: 'No-such-document' };
  const answer = call('CreateAssociationBatch', { Entries: [EVERY_NODE, bad, { ...EVERY_NODE, AssociationName: 'third' }] });
  expect(answer).toEqual({
    Successful: [
      expect.objectContaining({ AssociationVersion: '1', Overview: { Status: 'Pending', DetailedStatus: 'Creating' } }),
      expect.objectContaining({ AssociationName: 'third' }),
    ],
    Failed: [{ Entry: bad, Message: expect.stringContaining('No-such-document'), Fault: 'Client' }],
  });
  expect(site.context.stores.associations.count()).toBe(2);
});

test('a batch refuses a node that occurs in two entries, and anything that is no batch', () => {
  const { site, call } = openSsmSite();
  const node = site.addNode();
  const entry = { Name: 'AWS-RunShellScript', InstanceId: node };
  expect(() => call('CreateAssociationBatch', { Entries: [entry, entry] })).toThrow(refusal('DuplicateInstanceId', 'Entries.1.InstanceId'));
  expect(() => call('CreateAssociationBatch', { Entries: [] })).toThrow(refusal('ValidationException', 'Entries'));
  expect(() => call('CreateAssociationBatch', { Entries: ['x'] })).toThrow(refusal('SerializationException', 'Entries.0'));
  expect(site.context.stores.associations.count()).toBe(0);
});

test('one association more than the limit is refused, and one version more', () => {
  const { call, create } = openSsmSite({ limits: { associations: 3, versionsPerAssociation: 3 } });
  const [AssociationId] = [create(), create(), create()];
  expect(() => create()).toThrow(refusal('AssociationLimitExceeded'));
  const update = () => call('UpdateAssociation', { ...EVERY_NODE, AssociationId });
  update();
  expect(update()).toMatchObject({ AssociationDescription: { AssociationVersion: '3' } });
  expect(update).toThrow(refusal('AssociationVersionLimitExceeded'));
});

test('a deleted association runs no more and is not there any more', () => {
  const { site, call, create } = openSsmSite();
  site.addNode();
  const AssociationId = create({ ScheduleExpression: 'rate(1 hour)' });
  site.advance({ minutes: 1 });
  expect(call('DeleteAssociation', { AssociationId })).toEqual({});
  site.advance({ hours: 3 });
  expect(site.history(AssociationId)).toHaveLength(1);
  for (const operation of ['DeleteAssociation', 'DescribeAssociation', 'ListAssociationVersions']) {
    expect(() => call(operation, { AssociationId })).toThrow(refusal('AssociationDoesNotExist', 'AssociationId'));
  }
});

test('an association is meant by its id or by the pair, and by nothing else', () => {
  const { call } = openSsmSite();
  expect(() => call('DescribeAssociation', {})).toThrow(refusal('ValidationException'));
  expect(() => call('DescribeAssociation', { Name: 'AWS-RunShellScript' })).toThrow(refusal('ValidationException'));
  expect(() => call('DescribeAssociation', { AssociationId: '../../etc' })).toThrow(refusal('ValidationException', 'AssociationId'));
  expect(() => call('DescribeAssociation', { AssociationId: '11111111-2222-3333-4444-555555555555' })).toThrow(
    refusal('AssociationDoesNotExist', 'AssociationId'),
  );
  expect(() => call('DescribeAssociation', { Name: 'AWS-RunShellScript', InstanceId: 'i-1234567890abcdef0' })).toThrow(
    refusal('InvalidInstanceId', 'InstanceId'),
  );
});

test('1 to 10 associations are started at once, also those that wait for their interval', () => {
  const { site, call, create } = openSsmSite();
  site.addNode();
  const ids = Array.from({ length: 11 }, () => create({ ScheduleExpression: 'cron(0 2 ? * SUN *)', ApplyOnlyAtCronInterval: true }));
  expect(call('StartAssociationsOnce', { AssociationIds: ids.slice(0, 10) })).toEqual({});
  expect(ids.map((id) => site.history(id).map(({ trigger }) => trigger))).toEqual([...Array(10).fill(['Manual']), []]);
  expect(() => call('StartAssociationsOnce', { AssociationIds: ids })).toThrow(refusal('ValidationException', 'AssociationIds'));
  expect(() => call('StartAssociationsOnce', { AssociationIds: [] })).toThrow(refusal('ValidationException', 'AssociationIds'));
  expect(() => call('StartAssociationsOnce', { AssociationIds: [ids[10], '11111111-2222-3333-4444-555555555555'] })).toThrow(
    refusal('AssociationDoesNotExist'),
  );
  expect(site.history(ids[10] ?? ids[0]!)).toEqual([]);
});
