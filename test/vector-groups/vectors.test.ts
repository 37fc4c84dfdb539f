import { afterAll, describe, expect, test } from 'vitest';
import { openDocumentDesk } from '../builders/document-desk.ts';
import { GROUPS } from './all-groups.ts';
import { outcomeOf } from './run-vectors.ts';
import { companionsOf, findVectorFiles, SHARED_VECTORS, strangeMembers } from './vector-files.ts';

const desk = openDocumentDesk();
afterAll(desk.close);

const { files, unknown } = findVectorFiles(SHARED_VECTORS);

describe.each(files)('$title', (file) => {
  const surroundings = { file: file.content, companion: companionsOf(file, SHARED_VECTORS), desk };
  for (const group of GROUPS.values()) {
    const rows = file.content[group.name];
    if (!Array.isArray(rows)) continue;
    describe(group.name, () => {
      test.each(rows.map((row: unknown, position) => ({ title: group.titleOf(row, position), row })))('$title', ({ row }) => {
        const { expected, got } = outcomeOf(group, row, surroundings);
        expect(got).toEqual(expected);
        expect(group.unknownMembers(row)).toEqual([]);
      });
    });
  }
});

test('every file, and every list in each, is known here, and every group has rows', () => {
  expect([unknown, files.flatMap(strangeMembers)]).toEqual([[], []]);
  const found = new Set(files.flatMap(({ content }) => Object.keys(content)));
  expect([...GROUPS.keys()].filter((name) => !found.has(name))).toEqual([]);
});
