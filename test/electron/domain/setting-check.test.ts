import { describe, expect, test } from 'vitest';
import type { DocumentContent } from '../../../agent/document/document.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { SettingFacts, SettingQuestion } from '../../../electron/domain/setting-check.ts';
import { checkSettings, settingsWithoutMeaning } from '../../../electron/domain/setting-check.ts';
import { anAssociation } from '../../builders/association.ts';

const windowsNode = NodeId.parse(`mi-${'0'.repeat(16)}1`);
const linuxNode = NodeId.parse(`mi-${'0'.repeat(16)}2`);

function document(text: string): DocumentContent {
  const parsed = parseDocumentSource({ text, format: 'JSON' });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.document;
}

const script = document(
  '{"schemaVersion":"2.2","mainSteps":[{"action":"aws:runShellScript","name":"say","inputs":{"runCommand":["true"]}}]}',
);

const facts: SettingFacts = {
  calendar: (name) => (name === 'Exams' ? 'calendar' : name === 'Script' ? 'other-document' : 'unknown'),
  knowsOutputStore: (name) => name === 'lab-output',
  platformOf: (nodeId) => (nodeId === windowsNode ? 'Windows' : 'Linux'),
  inventoryAssociations: () => [],
};

function problems(settings: Parameters<typeof anAssociation>[0], question: Partial<SettingQuestion> = {}): string[] {
  const asked: SettingQuestion = { draft: anAssociation(settings), selection: { kind: 'all' }, content: null, ...question };
  return checkSettings(asked, facts).map(({ code, field }) => `${code} on ${field}`);
}

describe('a setting', () => {
  test('Duration needs ApplyOnlyAtCronInterval', () => {
    const waiting = { scheduleExpression: 'cron(0 2 ? * SUN *)', applyOnlyAtCronInterval: true };
    expect(problems({ duration: 1 })).toEqual(['InvalidSchedule on duration']);
    expect(problems({ ...waiting, duration: 1 })).toEqual([]);
  });

  test('Audit needs a document of which a step can check', () => {
    expect(problems({ mode: 'Audit' }, { content: script })).toEqual(['ValidationException on mode']);
    expect(problems({ mode: 'Enforce' }, { content: script })).toEqual([]);
  });

  test('CalendarNames names change calendars that exist, each told on its place', () => {
    expect(problems({ calendarNames: ['Exams', 'Gone', 'Script'] })).toEqual([
      'InvalidDocument on calendarNames.1',
      'InvalidParameters on calendarNames.2',
    ]);
  });

  test('InstanceId works with documents of schema 1.x alone, and excludes what came after it', () => {
    const legacy = { instanceId: linuxNode, targets: [] };
    expect(problems({ ...legacy, associationName: 'Named', maxErrors: '1' }, { content: script })).toEqual([
      'ValidationException on associationName',
      'ValidationException on maxErrors',
      'InvalidDocument on documentName',
    ]);
  });

  test('nodes that are named must be of a platform that the document runs on; those that a tag finds need not', () => {
    const named = { kind: 'nodes', nodeIds: new Set([windowsNode, linuxNode]) } as const;
    expect(problems({}, { selection: named, content: script })).toEqual(['UnsupportedPlatformType on targets']);
    const legacy = { instanceId: windowsNode, targets: [] };
    const old = { ...script, schemaVersion: '1.2' as const };
    expect(problems(legacy, { selection: named, content: old })).toEqual(['UnsupportedPlatformType on instanceId']);
    expect(problems({}, { selection: { kind: 'tags', conditions: [] }, content: script })).toEqual([]);
  });

  test('a second association that collects inventory on every node is refused', () => {
    const inventory = document('{"schemaVersion":"2.2","mainSteps":[{"action":"aws:softwareInventory","name":"collect","inputs":{}}]}');
    const other = {
      associationId: AssociationId.parse('0f4e7a3c-52d4-4b0e-9a3f-6d1c0f4e8a27'),
      title: 'First',
      targets: { kind: 'all' },
    } as const;
    const question = { draft: anAssociation(), selection: { kind: 'all' }, content: inventory } as const;
    const refused = checkSettings(question, { ...facts, inventoryAssociations: () => [other] });
    expect(refused).toMatchObject([{ code: 'InvalidTarget', field: 'targets' }]);
    expect(checkSettings(question, facts)).toEqual([]);
  });
});

describe('what means nothing without a cloud', () => {
  test.each([
    ['targetLocations', [{ Accounts: ['1'] }], 'InvalidParameters'],
    ['targetMaps', [{ InstanceIds: ['a'] }], 'InvalidTargetMaps'],
    ['automationTargetParameterName', 'InstanceId', 'InvalidParameters'],
    ['associationDispatchAssumeRole', 'arn:aws:iam::1:role/x', 'ValidationException'],
  ])('%s is refused with a sentence that says so', (field, value, code) => {
    const { problems: refused, rest } = settingsWithoutMeaning({ ...anAssociation(), [field]: value });
    expect(refused).toMatchObject([{ code, field }]);
    expect(refused[0]?.message).toMatch(/\./);
    expect(rest).toEqual(anAssociation());
  });

  test('an empty one is as good as absent', () => {
    expect(settingsWithoutMeaning({ ...anAssociation(), targetLocations: [], targetMaps: null }).problems).toEqual([]);
  });
});
