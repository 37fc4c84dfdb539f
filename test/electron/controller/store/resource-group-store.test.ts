import { expect, test } from 'vitest';
import { aGroup } from '../../../builders/resource-group.ts';
import { minutesOn } from './instants.ts';
import { temporaryStores } from './temporary-database.ts';

test('resource groups come back as they were saved, in order of their names, and a deleted one does not', () => {
  const { groups } = temporaryStores();
  const [labs, students] = [aGroup({ name: 'labs' }), aGroup({ name: 'students', tagFilters: [{ key: 'role', values: ['student', ''] }] })];
  for (const group of [students, labs]) groups.insert(group);
  expect(groups.list()).toEqual([labs, students]);
  expect(groups.find('students')).toEqual(students);
  expect(groups.find('Students')).toBe(null);
  groups.delete('labs');
  expect(groups.list()).toEqual([students]);
  expect(groups.count()).toBe(1);
});

test('a resource group that is changed keeps its name and its beginning', () => {
  const { groups } = temporaryStores();
  const group = aGroup();
  groups.insert(group);
  const change = { description: 'Both rooms', tagFilters: [{ key: 'room', values: [] }], lastUpdatedAt: minutesOn(5) };
  groups.update({ name: group.name, ...change });
  expect(groups.find(group.name)).toEqual({ ...group, ...change });
});
