import { expect, test } from 'vitest';
import { EVERY_NODE, openSsmSite, refusal } from './ssm-site.ts';

/** A document whose parameters all have defaults, so that an update may leave them out. */
const GREETING = `schemaVersion: "2.2"
parameters:
  who: { type: String, default: world }
mainSteps:
  - action: aws:runShellScript
    name: greet
    inputs: { runCommand: ["echo {{ who }}"] }
`;

function greetingSite() {
  const opened = openSsmSite();
  opened.call('CreateDocument', { Name: 'Greeting', Content: GREETING, DocumentFormat: 'YAML', DocumentType: 'Command' });
  return opened;
}

test('every update makes the next version, with its full settings', () => {
  const { call, create } = openSsmSite();
  const AssociationId = create({ AssociationName: 'version-1' });
  for (const name of ['version-2', 'version-3', 'version-4']) {
    call('UpdateAssociation', { ...EVERY_NODE, AssociationId, AssociationName: name, ScheduleExpression: 'rate(1 hour)' });
  }
  const settings = { AssociationId, ...EVERY_NODE, DocumentVersion: '$DEFAULT', ComplianceSeverity: 'UNSPECIFIED', SyncCompliance: 'AUTO' };
  expect(call('ListAssociationVersions', { AssociationId })).toMatchObject({
    AssociationVersions: [
      { AssociationVersion: '1', AssociationName: 'version-1', ...settings },
      { AssociationVersion: '2', AssociationName: 'version-2', ScheduleExpression: 'rate(1 hour)', ...settings },
      { AssociationVersion: '3', AssociationName: 'version-3', ScheduleExpression: 'rate(1 hour)', ...settings },
      { AssociationVersion: '4', AssociationName: 'version-4', ScheduleExpression: 'rate(1 hour)', ...settings },
    ],
  });
});

test('an update with nothing but id and name clears schedule, parameters, severity, rate control, output and compliance mode', () => {
  const { site, call, create } = greetingSite();
  site.addNode();
  const AssociationId = create({
    Name: 'Greeting',
    Parameters: { who: ['lab'] },
    ScheduleExpression: 'rate(1 hour)',
    ComplianceSeverity: 'HIGH',
    SyncCompliance: 'MANUAL',
    MaxConcurrency: '1',
    MaxErrors: '1',
    OutputLocation: { S3Location: { OutputS3BucketName: 'lab-output' } },
  });
  site.advance({ minutes: 1 });
  const answer = call('UpdateAssociation', { AssociationId, AssociationName: 'renamed' });
  expect(answer).toEqual({
    AssociationDescription: {
      AssociationId,
      AssociationName: 'renamed',
      AssociationVersion: '2',
      Name: 'Greeting',
      DocumentVersion: '$DEFAULT',
      Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
      ApplyOnlyAtCronInterval: false,
      ComplianceSeverity: 'UNSPECIFIED',
      SyncCompliance: 'AUTO',
      Date: expect.any(Date),
      LastUpdateAssociationDate: new Date('2026-03-01T02:01:00Z'),
      LastExecutionDate: expect.any(Date),
      LastSuccessfulExecutionDate: expect.any(Date),
      Overview: expect.objectContaining({ Status: 'Pending' }),
    },
  });
  site.advance({ hours: 5 });
  expect(site.history(AssociationId).map(({ trigger }) => trigger)).toEqual(['Created', 'Edited']);
});

test('an update that leaves out a parameter which the document requires is refused, and nothing is changed', () => {
  const { call, create } = openSsmSite();
  const AssociationId = create({ ScheduleExpression: 'rate(1 hour)' });
  expect(() => call('UpdateAssociation', { AssociationId, AssociationName: 'renamed' })).toThrow(
    refusal('InvalidParameters', 'Parameters.commands'),
  );
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: { AssociationVersion: '1', ScheduleExpression: 'rate(1 hour)' },
  });
});

test('an update of a version that is not the newest any more is refused, and nothing is changed', () => {
  const { call, create } = openSsmSite();
  const AssociationId = create();
  const update = (AssociationVersion: string, AssociationName: string) =>
    call('UpdateAssociation', { ...EVERY_NODE, AssociationId, AssociationVersion, AssociationName });
  update('1', 'second');
  expect(() => update('1', 'third')).toThrow(refusal('InvalidAssociationVersion'));
  expect(() => update('9', 'third')).toThrow(refusal('InvalidAssociationVersion'));
  expect(() => update('0', 'third')).toThrow(refusal('ValidationException', 'AssociationVersion'));
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: { AssociationVersion: '2', AssociationName: 'second' },
  });
  expect(update('$LATEST', 'third')).toMatchObject({ AssociationDescription: { AssociationVersion: '3' } });
});

test('an update with the same content makes a version all the same', () => {
  const { call, create } = openSsmSite();
  const AssociationId = create();
  expect(call('UpdateAssociation', { ...EVERY_NODE, AssociationId })).toMatchObject({
    AssociationDescription: { AssociationVersion: '2' },
  });
});

test('an old version shows the settings that it had, and how the association stands now', () => {
  const { site, call, create } = openSsmSite();
  site.addNode();
  const AssociationId = create({ AssociationName: 'first', ScheduleExpression: 'rate(1 hour)' });
  call('UpdateAssociation', { ...EVERY_NODE, AssociationId, AssociationName: 'second' });
  site.advance({ minutes: 1 });
  const now = { Overview: { Status: 'Success', AssociationStatusAggregatedCount: { Success: 1 } } };
  const described = (AssociationVersion: string) => call('DescribeAssociation', { AssociationId, AssociationVersion });
  expect(described('1')).toMatchObject({
    AssociationDescription: { AssociationVersion: '1', AssociationName: 'first', ScheduleExpression: 'rate(1 hour)', ...now },
  });
  expect(described('$LATEST')).toMatchObject({ AssociationDescription: { AssociationVersion: '2', AssociationName: 'second', ...now } });
  expect(() => described('3')).toThrow(refusal('InvalidAssociationVersion', 'AssociationVersion'));
});

test('a document of another type is no update', () => {
  const { call, create } = greetingSite();
  call('CreateDocument', { Name: 'Greeting-policy', Content: GREETING, DocumentFormat: 'YAML', DocumentType: 'Policy' });
  const AssociationId = create({ Name: 'Greeting', Parameters: {} });
  expect(() => call('UpdateAssociation', { AssociationId, Name: 'Greeting-policy' })).toThrow(refusal('InvalidUpdate', 'Name'));
  expect(call('UpdateAssociation', { ...EVERY_NODE, AssociationId })).toMatchObject({
    AssociationDescription: { Name: 'AWS-RunShellScript', AssociationVersion: '2' },
  });
});

test('$DEFAULT, $LATEST and a number each run the version that they mean', () => {
  const { site, call, create } = greetingSite();
  const node = site.addNode();
  for (const who of ['second', 'third'])
    call('UpdateDocument', { Name: 'Greeting', Content: GREETING.replace('world', who), DocumentFormat: 'YAML' });
  call('UpdateDocumentDefaultVersion', { Name: 'Greeting', DocumentVersion: '2' });
  const ran = ['$DEFAULT', '$LATEST', '1'].map((DocumentVersion) => {
    const AssociationId = create({ Name: 'Greeting', Parameters: {}, DocumentVersion });
    site.advance({ minutes: 1 });
    const { executionId } = site.history(AssociationId)[0] ?? {};
    return call('GetCommandInvocation', { CommandId: executionId, InstanceId: node });
  });
  expect(ran).toMatchObject([{ DocumentVersion: '2' }, { DocumentVersion: '3' }, { DocumentVersion: '1' }]);
  expect(site.agent(node).ran.map(({ documentVersion }) => documentVersion)).toEqual([2, 3, 1]);
});

test('each of the four edits that the nodes feel makes one execution, and a rename makes none', () => {
  const { site, call, create } = greetingSite();
  site.addNode();
  const settings = { Name: 'Greeting', Parameters: { who: ['lab'] } };
  const AssociationId = create(settings);
  site.advance({ minutes: 1 });
  const edits = [
    { DocumentVersion: '1' },
    { Parameters: { who: ['others'] } },
    { ScheduleExpression: 'rate(12 hours)' },
    { OutputLocation: { S3Location: { OutputS3BucketName: 'lab-output' } } },
  ];
  let members: object = settings;
  for (const [done, edit] of edits.entries()) {
    members = { ...members, ...edit };
    call('UpdateAssociation', { AssociationId, ...members });
    site.advance({ minutes: 1 });
    expect(site.history(AssociationId)).toHaveLength(done + 2);
  }
  call('UpdateAssociation', { AssociationId, ...members, AssociationName: 'renamed', ComplianceSeverity: 'LOW' });
  expect(site.history(AssociationId)).toHaveLength(edits.length + 1);
});
