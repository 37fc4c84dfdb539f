import { describe, expect, test } from 'vitest';
import { clockText, warningsOf } from '../../../renderer/nodes/node-words.ts';
import { lineProblems, linesOfTags, tagsOfLines } from '../../../renderer/terms/tag-lines.ts';

const now = new Date('2026-03-01T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const well = { name: 'lab-07', clockOffsetSeconds: 0.2, certificateExpiresAt: inDays(40) };

test('a clock is said to be right, ahead or behind', () => {
  expect([clockText(0.4), clockText(187), clockText(-75), clockText(null)]).toEqual([
    'Right',
    '3 min 07 s ahead',
    '1 min 15 s behind',
    'Not known yet',
  ]);
});

describe('warnings about a node', () => {
  test('are none when all is well', () => {
    expect(warningsOf(well, now)).toEqual([]);
  });

  test('tell of a clock that is off by more than a minute', () => {
    expect(warningsOf({ ...well, clockOffsetSeconds: 61 }, now).map(({ kind }) => kind)).toEqual(['clock']);
    expect(warningsOf({ ...well, clockOffsetSeconds: 60 }, now)).toEqual([]);
  });

  test('tell of a certificate that was not renewed in time, and of one that is over', () => {
    expect(warningsOf({ ...well, certificateExpiresAt: inDays(5) }, now)[0]?.text).toContain('in 5 days');
    expect(warningsOf({ ...well, certificateExpiresAt: inDays(-1) }, now)[0]?.text).toContain('has expired');
  });
});

describe('tags as rows', () => {
  test('become the tags that they were, and rows that were left empty become none', () => {
    const tags = [
      { key: 'lab', value: 'B12' },
      { key: 'exam', value: '' },
    ];
    expect(tagsOfLines([...linesOfTags(tags), { id: 9, key: ' ', value: '' }])).toEqual(tags);
  });

  test('say on the row what is wrong with it', () => {
    const problems = lineProblems([
      { id: 1, key: 'lab', value: 'a' },
      { id: 2, key: 'lab ', value: 'b' },
      { id: 3, key: '', value: 'only a value' },
      { id: 4, key: 'x'.repeat(129), value: '' },
      { id: 5, key: 'fine', value: 'yes' },
    ]);
    expect([...problems.keys()]).toEqual([2, 3, 4]);
    expect(problems.get(2)).toContain('twice');
  });
});
