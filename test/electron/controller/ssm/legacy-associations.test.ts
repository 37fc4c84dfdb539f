import { expect, test } from 'vitest';
import * as z from 'zod';
import { openSsmSite, refusal } from './ssm-site.ts';

/** A document of the schema that associations with InstanceId were made for. */
const OLD_SCRIPT = JSON.stringify({
  schemaVersion: '1.2',
  description: 'Says hello',
  parameters: {},
  runtimeConfig: { 'aws:runShellScript': { properties: [{ id: '0.aws:runShellScript', runCommand: ['echo hello'] }] } },
});

const Described = z.object({ AssociationDescription: z.object({ AssociationId: z.string() }) });

function legacySite() {
  const opened = openSsmSite();
  opened.call('CreateDocument', { Name: 'Old-script', Content: OLD_SCRIPT });
  const node = opened.site.addNode();
  const pair = { Name: 'Old-script', InstanceId: node };
  return { ...opened, node, pair };
}

test('a document of schema 1.2 and a node are an association, which is found by the two of them', () => {
  const { site, call, node, pair } = legacySite();
  const answer = call('CreateAssociation', pair);
  expect(answer).toMatchObject({
    AssociationDescription: {
      ...pair,
      DocumentVersion: '$DEFAULT',
      Status: { Date: new Date('2026-03-01T02:00:00Z'), Name: 'Associated', Message: 'Associated with Old-script' },
      Overview: { Status: 'Pending', DetailedStatus: 'Creating' },
      Targets: [{ Key: 'InstanceIds', Values: [node] }],
    },
  });
  const { AssociationId } = Described.parse(answer).AssociationDescription;
  site.advance({ minutes: 1 });
  expect(call('DescribeAssociation', pair)).toMatchObject({
    AssociationDescription: { AssociationId, Overview: { Status: 'Success', AssociationStatusAggregatedCount: { Success: 1 } } },
  });
  expect(call('ListAssociations', { AssociationFilterList: [{ key: 'InstanceId', value: node }] })).toMatchObject({
    Associations: [{ AssociationId, InstanceId: node }],
  });
  expect(call('DeleteAssociation', pair)).toEqual({});
  expect(() => call('DescribeAssociation', pair)).toThrow(refusal('AssociationDoesNotExist', 'Name', 'InstanceId'));
});

test('the same pair is there once, and again after it was deleted', () => {
  const { site, call, pair } = legacySite();
  call('CreateAssociation', pair);
  expect(() => call('CreateAssociation', pair)).toThrow(refusal('AssociationAlreadyExists', 'InstanceId'));
  expect(site.context.stores.associations.count()).toBe(1);
  call('DeleteAssociation', pair);
  expect(() => call('CreateAssociation', pair)).not.toThrow();
});

test('an association does not become a pair that there is already', () => {
  const { call, pair } = legacySite();
  call('CreateDocument', { Name: 'Other-script', Content: OLD_SCRIPT });
  call('CreateAssociation', pair);
  const { AssociationId } = Described.parse(call('CreateAssociation', { ...pair, Name: 'Other-script' })).AssociationDescription;
  expect(() => call('UpdateAssociation', { AssociationId, Name: pair.Name })).toThrow(refusal('AssociationAlreadyExists', 'InstanceId'));
  expect(call('UpdateAssociation', { AssociationId, ComplianceSeverity: 'HIGH' })).toMatchObject({
    AssociationDescription: { Name: 'Other-script', AssociationVersion: '2' },
  });
});

test('InstanceId is refused with a document of another schema, with what it excludes, and for a node that there is not', () => {
  const { site, call, node, pair } = legacySite();
  const wrong: [object, string, string][] = [
    [{ Name: 'AWS-RunShellScript', Parameters: { commands: ['true'] } }, 'InvalidDocument', 'Name'],
    [{ AssociationName: 'named' }, 'ValidationException', 'AssociationName'],
    [{ DocumentVersion: '1' }, 'ValidationException', 'DocumentVersion'],
    [{ MaxErrors: '1' }, 'ValidationException', 'MaxErrors'],
    [{ MaxConcurrency: '1' }, 'ValidationException', 'MaxConcurrency'],
    [{ OutputLocation: { S3Location: { OutputS3BucketName: 'lab-output' } } }, 'ValidationException', 'OutputLocation.S3Location'],
    [{ ScheduleExpression: 'rate(1 hour)' }, 'ValidationException', 'ScheduleExpression'],
    [{ Targets: [{ Key: 'InstanceIds', Values: [node] }] }, 'InvalidTarget', 'Targets'],
    [{ InstanceId: 'mi-00000000000000fff' }, 'InvalidInstanceId', 'InstanceId'],
    [{ InstanceId: 'i-1234567890abcdef0' }, 'InvalidInstanceId', 'InstanceId'],
  ];
  for (const [members, code, member] of wrong) {
    expect(() => call('CreateAssociation', { ...pair, ...members }), JSON.stringify(members)).toThrow(refusal(code, member));
  }
  expect(site.context.stores.associations.count()).toBe(0);
});

test('what somebody says of it is kept, and saying the same again is refused', () => {
  const { site, call, pair } = legacySite();
  call('CreateAssociation', pair);
  site.advance({ minutes: 1 });
  const AssociationStatus = { Date: '2026-03-01T01:00:00Z', Name: 'Pending', Message: 'changed by hand', AdditionalInfo: 'more' };
  expect(call('UpdateAssociationStatus', { ...pair, AssociationStatus })).toMatchObject({
    AssociationDescription: {
      AssociationVersion: '1',
      Status: { ...AssociationStatus, Date: new Date('2026-03-01T01:00:00Z') },
      Overview: { Status: 'Success' },
    },
  });
  expect(() => call('UpdateAssociationStatus', { ...pair, AssociationStatus })).toThrow(refusal('StatusUnchanged'));
  const other = { Date: 1_772_330_400.5, Name: 'Failed', Message: 'still' };
  expect(call('UpdateAssociationStatus', { ...pair, AssociationStatus: other })).toMatchObject({
    AssociationDescription: { Status: { ...other, Date: new Date('2026-03-01T02:00:00.500Z') } },
  });
});

test('a status that is none is refused on the member that is wrong', () => {
  const { call, pair } = legacySite();
  call('CreateAssociation', pair);
  const said = { Date: '2026-03-01T01:00:00Z', Name: 'Pending', Message: 'x' };
  const wrong: [object, string][] = [
    [{ Name: 'Associated' }, 'AssociationStatus.Name'],
    [{ Message: '' }, 'AssociationStatus.Message'],
    [{ Message: 'x'.repeat(1025) }, 'AssociationStatus.Message'],
    [{ Date: 'yesterday' }, 'AssociationStatus.Date'],
    [{ Date: undefined }, 'AssociationStatus.Date'],
  ];
  for (const [members, member] of wrong) {
    expect(() => call('UpdateAssociationStatus', { ...pair, AssociationStatus: { ...said, ...members } })).toThrow(
      refusal('ValidationException', member),
    );
  }
  const unknown = { ...pair, Name: 'AWS-RunShellScript', AssociationStatus: said };
  expect(() => call('UpdateAssociationStatus', unknown)).toThrow(refusal('AssociationDoesNotExist'));
  expect(() => call('UpdateAssociationStatus', { ...unknown, Name: 'No-such-document' })).toThrow(refusal('InvalidDocument', 'Name'));
});

test('an update by id keeps the node, until targets take its place', () => {
  const { call, node, pair } = legacySite();
  const { AssociationId } = Described.parse(call('CreateAssociation', pair)).AssociationDescription;
  expect(call('UpdateAssociation', { AssociationId, ComplianceSeverity: 'HIGH' })).toMatchObject({
    AssociationDescription: { InstanceId: node, ComplianceSeverity: 'HIGH' },
  });
  const Targets = [{ Key: 'InstanceIds', Values: ['*'] }];
  const answer = call('UpdateAssociation', { AssociationId, Targets, ScheduleExpression: 'rate(1 hour)' });
  expect(answer).toMatchObject({ AssociationDescription: { Targets, ScheduleExpression: 'rate(1 hour)' } });
  expect(answer).not.toMatchObject({ AssociationDescription: { InstanceId: node } });
});
