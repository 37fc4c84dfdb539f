import { expect, test } from 'vitest';
import { creationRequest, readAssociation } from '../../../../electron/controller/ssm/association-text.ts';
import type { AssociationDraft } from '../../../../electron/domain/association.ts';
import { draftOf } from '../../../../electron/domain/association.ts';
import { anAssociation } from '../../../builders/association.ts';
import { openSsmSite } from './ssm-site.ts';

const EVERYTHING: Partial<AssociationDraft> = {
  associationName: 'Nightly-checks',
  documentVersion: '$LATEST',
  parameters: { commands: ['echo "a b"', 'true'], executionTimeout: ['600'] },
  targets: [
    { key: 'tag:lab', values: ['b12'] },
    { key: 'tag-key', values: ['room'] },
  ],
  scheduleExpression: 'cron(0 2 ? * SUN *)',
  scheduleOffset: 2,
  applyOnlyAtCronInterval: true,
  maxConcurrency: '25%',
  maxErrors: '3',
  complianceSeverity: 'HIGH',
  syncCompliance: 'MANUAL',
  duration: 3,
  timeZone: 'Europe/Berlin',
  outputLocation: { outputS3Region: null, outputS3BucketName: 'lab-output', outputS3KeyPrefix: 'checks' },
  alarmConfiguration: { alarmName: 'power', ignorePollAlarmFailure: true },
};

function textSite() {
  const opened = openSsmSite();
  const read = (text: unknown) => readAssociation(opened.site.context, typeof text === 'string' ? text : JSON.stringify(text, null, 2));
  return { ...opened, read };
}

test('the request that an association is written as creates one with the same settings and tags', () => {
  const { site, call } = textSite();
  const saved = site.save(EVERYTHING);
  call('AddTagsToResource', { ResourceType: 'Association', ResourceId: saved.associationId, Tags: [{ Key: 'team', Value: 'lab' }] });
  call('CreateAssociation', creationRequest(site.association(saved.associationId)));
  const [original, copy] = site.context.stores.associations.list();
  if (original === undefined || copy === undefined) throw new Error('There are not two associations.');
  expect(draftOf(copy)).toEqual(draftOf(original));
  expect(copy.tags).toEqual([{ key: 'team', value: 'lab' }]);
});

test('what is read of that request, or of a description, is the draft that it was made of', () => {
  const { site, call, read } = textSite();
  const association = site.save(EVERYTHING);
  const draft = draftOf(association);
  expect(read(creationRequest(association))).toEqual({ draft, tags: [] });
  const description = call('DescribeAssociation', { AssociationId: association.associationId });
  expect(read(description)).toEqual({ draft, tags: [] });
  expect(read(Reflect.get(description, 'AssociationDescription'))).toEqual({ draft, tags: [] });
});

test('a description that comes from a cloud is read with its targets; nodes and documents that are not here are told by the editor', () => {
  const { read } = textSite();
  const description = {
    Name: 'AWS-UpdateSSMAgent',
    InstanceId: 'i-0cb2b964d3e14fd9f',
    AssociationVersion: '1',
    Date: 1_487_876_122.564,
    Overview: { Status: 'Success', AssociationStatusAggregatedCount: { Success: 1 } },
    Targets: [{ Key: 'InstanceIds', Values: ['i-0cb2b964d3e14fd9f'] }],
    Status: { Date: 1_487_876_122.564, Name: 'Associated', Message: 'Associated with AWS-UpdateSSMAgent' },
  };
  expect(read({ AssociationDescription: description })).toEqual({
    draft: anAssociation({
      documentName: 'AWS-UpdateSSMAgent',
      parameters: {},
      targets: [{ key: 'InstanceIds', values: ['i-0cb2b964d3e14fd9f'] }],
    }),
    tags: [],
  });
});

test('what cannot be read is refused at its line', () => {
  const { read } = textSite();
  const at = (line: number, column: number, field?: string) => ({ line, column, ...(field === undefined ? {} : { field }) });
  const wrong: [string, string, object][] = [
    ['{\n  "Name": "x",\n}', 'ValidationException', at(3, 1)],
    ['', 'ValidationException', at(1, 1)],
    ['[]', 'SerializationException', at(1, 1, '')],
    ['{\n  "Name": "AWS-RunShellScript",\n  "Colour": "red"\n}', 'ValidationException', at(3, 3, 'Colour')],
    ['{\n  "Name": "AWS-RunShellScript",\n  "MaxErrors": 5\n}', 'SerializationException', at(3, 3, 'MaxErrors')],
    ['{\n  "Name": "AWS-RunShellScript",\n  "MaxErrors": "x"\n}', 'ValidationException', at(3, 3, 'MaxErrors')],
    ['{\n  "Name": "AWS-RunShellScript",\n  "TargetLocations": [{}]\n}', 'InvalidParameters', at(3, 3, 'TargetLocations')],
    ['{\n  "Name": "AWS-RunShellScript",\n  "Tags": [{"Key": "", "Value": ""}]\n}', 'InvalidTag', at(3, 3, 'Tags')],
    [
      '{"AssociationDescription": {\n  "Name": "AWS-RunShellScript",\n  "Targets": [{\n    "Key": 7\n  }]\n}}',
      'SerializationException',
      at(4, 5, 'Targets.0.Key'),
    ],
  ];
  for (const [text, code, place] of wrong) {
    expect(() => read(text), text).toThrow(expect.objectContaining({ code, places: [expect.objectContaining(place)] }));
  }
});
