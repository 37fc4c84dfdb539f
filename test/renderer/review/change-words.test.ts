import { describe, expect, test } from 'vitest';
import {
  confirmText,
  laterGroups,
  laterSentence,
  leavingSentence,
  namesText,
  nowGroups,
  nowSentence,
  overlapGroups,
  typedConfirmation,
} from '../../../renderer/review/change-words.ts';
import { aChangePreview, aMachine, anAssociationId } from './change-preview.ts';

const disk = { associationId: anAssociationId(1), title: 'Check-Disk' };
const clock = { associationId: anAssociationId(2), title: 'Keep-Time' };

describe('a change that runs nothing', () => {
  test('says so, and asks for no more than a click', () => {
    expect(nowSentence(aChangePreview())).toBe('Nothing runs now.');
    expect(typedConfirmation(aChangePreview())).toBeNull();
    expect(confirmText('Save', 'association', aChangePreview())).toBe('Save');
  });
});

describe('a change that runs something now', () => {
  const startsAtOnce = { trigger: 'Edited' as const, startsAtOnce: true };
  const preview = aChangePreview({
    now: {
      runs: 4,
      nodes: 3,
      rows: [
        { ...disk, ...aMachine(1), ...startsAtOnce },
        { ...disk, ...aMachine(2), ...startsAtOnce },
        { ...disk, ...aMachine(3), ...startsAtOnce, startsAtOnce: false },
        { ...clock, ...aMachine(1), ...startsAtOnce },
      ],
    },
  });

  test('is grouped by association, and those that have to wait are told apart', () => {
    expect(nowSentence(preview)).toBe('Runs now on 3 machines, 4 runs in all.');
    expect(nowGroups(preview).map(({ title, names }) => [title, ...names])).toEqual([
      ['Check-Disk', 'lab-01', 'lab-02'],
      ['Check-Disk', 'lab-03'],
      ['Keep-Time', 'lab-01'],
    ]);
    expect(nowGroups(preview)[1]?.words).toContain('as soon as a slot is free');
  });

  test('says on the button how many machines it hits', () => {
    expect(confirmText('Save', 'association', preview)).toBe('Save and run on 3 machines');
    expect(confirmText('Run now', 'apply-now', preview)).toBe('Run on 3 machines');
  });

  test('asks for the number of machines above the limit', () => {
    const typed = typedConfirmation({ ...preview, confirmAbove: 2, needsConfirmation: true });
    expect(typed?.word).toBe('3');
    expect(typed?.label).toContain('More than 2 machines');
    expect(typedConfirmation({ ...preview, confirmAbove: 0, needsConfirmation: true })?.label).toContain('Every run');
  });
});

test('what runs later is in the order of its moments, and what waits for something comes last', () => {
  const rows = [
    { ...disk, ...aMachine(1), at: null, because: 'when it connects' },
    { ...disk, ...aMachine(2), at: new Date('2026-03-02T02:00:00Z'), because: 'on its schedule' },
    { ...clock, ...aMachine(2), at: new Date('2026-03-01T02:00:00Z'), because: 'on its schedule' },
  ];
  const preview = aChangePreview({ later: { runs: 3, nodes: 2, rows } });
  expect(laterSentence(preview)).toBe('Runs later on 2 machines, 3 runs in all');
  expect(laterGroups(preview).map(({ title, at, words }) => [title, at?.toISOString() ?? words])).toEqual([
    ['Keep-Time', '2026-03-01T02:00:00.000Z'],
    ['Check-Disk', '2026-03-02T02:00:00.000Z'],
    ['Check-Disk', 'when it connects'],
  ]);
});

test('machines that leave are counted, and what else applies is grouped by association', () => {
  const leaves = { runs: 1, nodes: 1, rows: [{ ...disk, ...aMachine(1) }] };
  expect(leavingSentence(aChangePreview({ leaves }))).toBe('1 machine is not covered any more');
  const overlaps = [1, 2].map((number) => ({ ...aMachine(number), others: [clock] }));
  expect(overlapGroups(aChangePreview({ overlaps }))).toMatchObject([{ title: 'Keep-Time', names: ['lab-01', 'lab-02'] }]);
});

test('a long list of names is cut to what a person reads', () => {
  expect(namesText(['a', 'b', 'c'], 3)).toBe('a, b, c');
  expect(namesText(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
});
