import { describe, expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import { AssociationDraft } from '../../../electron/domain/association.ts';
import { advancedCount } from '../../../renderer/associations/editor-advanced.ts';
import { copyName, draftOfEditor, editorStateOf, newEditorState } from '../../../renderer/associations/editor-state.ts';
import { withoutInstanceId } from '../../../renderer/associations/editor-targets.ts';
import { anAssociation } from '../../builders/association.ts';

describe('what is loaded and not touched is saved as it was', () => {
  test.each([
    ['every node', anAssociation()],
    ['nodes by id', anAssociation({ targets: [{ key: 'InstanceIds', values: ['mi-0123456789abcdef0', 'mi-0123456789abcdef1'] }] })],
    [
      'several tags, also without a value',
      anAssociation({
        targets: [
          { key: 'tag:lab', values: ['B12', 'B14'] },
          { key: 'tag:exam', values: [] },
          { key: 'tag-key', values: ['a', 'b'] },
        ],
      }),
    ],
    [
      'a schedule with its options',
      anAssociation({ scheduleExpression: 'cron(0 2 ? * SUN *)', scheduleOffset: 2, applyOnlyAtCronInterval: true }),
    ],
    [
      'limits and compliance',
      anAssociation({ maxConcurrency: '10%', maxErrors: '0', complianceSeverity: 'HIGH', syncCompliance: 'MANUAL' }),
    ],
    ['a name and a fixed version', anAssociation({ associationName: 'keep-it', documentVersion: '3' })],
    [
      'a zone, a cut-off, calendars, an alarm and an output location',
      anAssociation({
        scheduleExpression: 'cron(30 2 ? * * *)',
        applyOnlyAtCronInterval: true,
        timeZone: 'Europe/Paris',
        duration: 3,
        calendarNames: ['Exams', 'Nights'],
        alarmConfiguration: { alarmName: 'cooling', ignorePollAlarmFailure: true },
        outputLocation: { outputS3BucketName: 'lab-output', outputS3KeyPrefix: null, outputS3Region: 'site-1' },
      }),
    ],
    ['a resource group', anAssociation({ targets: [{ key: 'resource-groups:Name', values: ['lab-b12'] }] })],
    ['the node of a legacy association', anAssociation({ instanceId: NodeId.parse('mi-0123456789abcdef0'), targets: [] })],
    ['lists with empty lines in them', anAssociation({ parameters: { commands: ['set -eu', '', 'true'] } })],
  ])('%s', (_what, draft) => {
    expect(draftOfEditor(editorStateOf(draft, []))).toEqual(draft);
    expect(AssociationDraft.safeParse(draft).success).toBe(true);
  });
});

describe('the fields become a draft', () => {
  const state = newEditorState('AWS-RunShellScript');

  test('a field that is empty or blank is a setting that is absent', () => {
    const draft = draftOfEditor({ ...state, associationName: '  ', maxConcurrency: ' ', maxErrors: '' });
    expect(draft).toMatchObject({ associationName: null, maxConcurrency: null, maxErrors: null });
  });

  test('only the targets of the chosen kind count, and those of the others are not lost', () => {
    const filled = { ...state, nodeIds: ['mi-0123456789abcdef0'], tagRows: [{ id: 1, kind: 'tag' as const, key: 'lab', values: ['B12'] }] };
    expect(draftOfEditor({ ...filled, targetKind: 'all' }).targets).toEqual([{ key: 'InstanceIds', values: ['*'] }]);
    expect(draftOfEditor({ ...filled, targetKind: 'nodes' }).targets).toEqual([{ key: 'InstanceIds', values: ['mi-0123456789abcdef0'] }]);
    expect(draftOfEditor({ ...filled, targetKind: 'tags' }).targets).toEqual([{ key: 'tag:lab', values: ['B12'] }]);
  });

  test('without a schedule there is neither an expression nor an offset', () => {
    const draft = draftOfEditor({ ...state, isScheduled: false, scheduleExpression: 'rate(1 day)', scheduleOffset: '2' });
    expect(draft).toMatchObject({ scheduleExpression: null, scheduleOffset: null });
  });

  test('an offset that is no number is left for the checker to refuse', () => {
    expect(draftOfEditor({ ...state, isScheduled: true, scheduleOffset: 'two' }).scheduleOffset).toBeNaN();
  });
});

test('half of a setting is left for the checker to refuse', () => {
  const state = newEditorState('AWS-RunShellScript');
  expect(AssociationDraft.safeParse(draftOfEditor({ ...state, ignorePollAlarmFailure: true })).success).toBe(false);
  expect(AssociationDraft.safeParse(draftOfEditor({ ...state, outputPrefix: 'here' })).success).toBe(false);
  expect(AssociationDraft.safeParse(draftOfEditor({ ...state, duration: '1.5' })).success).toBe(false);
});

test('a legacy association becomes one with targets on the same node only when that is wanted', () => {
  const legacy = editorStateOf(anAssociation({ instanceId: NodeId.parse('mi-0123456789abcdef0'), targets: [] }), []);
  expect(draftOfEditor({ ...legacy, ...withoutInstanceId('mi-0123456789abcdef0') })).toMatchObject({
    instanceId: null,
    targets: [{ key: 'InstanceIds', values: ['mi-0123456789abcdef0'] }],
  });
});

test('what few need is counted only where it is there', () => {
  expect(advancedCount(newEditorState('X'))).toBe(0);
  expect(advancedCount({ ...newEditorState('X'), duration: '2', calendarNames: ['Exams'] })).toBe(2);
});

test('a copy’s name is one that the API takes, also of the longest name', () => {
  expect(copyName('keep-it')).toBe('keep-it-copy');
  expect(copyName('x'.repeat(128)).length).toBe(128);
  expect(copyName(null)).toBe('');
});
