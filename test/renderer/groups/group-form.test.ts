import { expect, test } from 'vitest';
import { copyName, draftOfForm, groupFormOf, messagesOn, newGroupForm, withRow } from '../../../renderer/groups/group-form.ts';

const draft = {
  name: 'labs',
  description: 'Both rooms',
  tagFilters: [
    { key: 'lab', values: ['B12', 'C01'] },
    { key: 'role', values: [] },
  ],
};

test('a form that was filled from a group gives that group back', () => {
  expect(draftOfForm(groupFormOf(draft))).toEqual(draft);
});

test('rows that were left empty are no conditions, and what is around a word is not of it', () => {
  const rows = [...withRow(newGroupForm.rows), { id: 9, key: ' lab ', values: [' B12'] }];
  expect(draftOfForm({ name: ' labs ', description: '', rows }).tagFilters).toEqual([{ key: 'lab', values: ['B12'] }]);
});

test('a new row can be told from every other', () => {
  const ids = withRow(withRow([{ id: 7, key: '', values: [] }])).map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
});

test('what is wrong inside a part is said on it, once', () => {
  const problems = [
    { field: 'tagFilters.0.key', message: 'A tag needs a key.' },
    { field: 'tagFilters.1.key', message: 'A tag needs a key.' },
    { field: 'name', message: 'Taken.' },
  ];
  expect(messagesOn(problems, 'tagFilters')).toEqual(['A tag needs a key.']);
  expect(messagesOn(problems, 'description')).toEqual([]);
});

test('the name of a copy stays within what a name may have', () => {
  expect(copyName('g'.repeat(128))).toHaveLength(128);
});
