import { expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { TagFilter } from '../../../electron/domain/resource-group.ts';
import { groupMembership, groupProblem, ResourceGroupDraft, resolveTargets } from '../../../electron/domain/resource-group.ts';
import { isSelected } from '../../../electron/domain/target.ts';
import { aGroup } from '../../builders/resource-group.ts';

const isMember = (tagFilters: TagFilter[], tags: Record<string, string>) =>
  isSelected(groupMembership({ tagFilters }), {
    nodeId: NodeId.parse(`mi-${'0'.repeat(17)}`),
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });

test('a member has every key, with any of its values; no values ask only for the key', () => {
  const tagFilters = [
    { key: 'lab', values: ['B12', 'C01'] },
    { key: 'role', values: [] },
  ];
  expect(isMember(tagFilters, { lab: 'C01', role: 'student' })).toBe(true);
  expect(isMember(tagFilters, { lab: 'C01' })).toBe(false);
  expect(isMember(tagFilters, { lab: 'D01', role: 'student' })).toBe(false);
});

const keys = (count: number): TagFilter[] => Array.from({ length: count }, (_, number) => ({ key: `key-${number}`, values: [] }));
const values = (count: number): TagFilter[] => [{ key: 'lab', values: Array.from({ length: count }, (_, number) => `value-${number}`) }];

test('a sixth tag key, or a sixth value of one, is saved, and fails whatever targets the group', () => {
  for (const tagFilters of [keys(6), values(6)]) {
    const group = aGroup({ tagFilters });
    expect(ResourceGroupDraft.safeParse({ name: 'lab', description: '', tagFilters }).success).toBe(true);
    const resolved = resolveTargets({ kind: 'group', groupName: group.name }, () => group);
    expect(resolved.selection).toEqual(groupMembership(group));
    expect(resolved.problem).toContain('at most 5');
  }
  for (const tagFilters of [keys(5), values(5)]) expect(groupProblem(aGroup({ tagFilters }))).toBe(null);
});

test.each<{ what: string; change: Record<string, unknown>; field: string }>([
  { what: 'no name', change: { name: '' }, field: 'name' },
  { what: 'a name of 129 characters', change: { name: 'g'.repeat(129) }, field: 'name' },
  { what: 'a name that begins as AWS', change: { name: 'AWSlabs' }, field: 'name' },
  { what: 'a path as a name', change: { name: '../labs' }, field: 'name' },
  { what: 'no tag key', change: { tagFilters: [] }, field: 'tagFilters' },
  { what: 'an empty tag key', change: { tagFilters: [{ key: '', values: [] }] }, field: 'tagFilters.0.key' },
  { what: 'a tag key twice', change: { tagFilters: [...values(1), ...values(2)] }, field: 'tagFilters' },
  { what: 'a value twice', change: { tagFilters: [{ key: 'lab', values: ['B12', 'B12'] }] }, field: 'tagFilters.0.values' },
  { what: '51 tag keys', change: { tagFilters: keys(51) }, field: 'tagFilters' },
  { what: '21 values', change: { tagFilters: values(21) }, field: 'tagFilters.0.values' },
  { what: 'a value with a line end', change: { tagFilters: [{ key: 'lab', values: ['B\n12'] }] }, field: 'tagFilters.0.values.0' },
  { what: 'a group in a group', change: { tagFilters: [{ key: 'lab', values: [], groups: ['other'] }] }, field: 'tagFilters.0' },
  { what: 'a description with an escape', change: { description: '\u001b[31m' }, field: 'description' },
])('$what is refused on its field', ({ change, field }) => {
  const parsed = ResourceGroupDraft.safeParse({ name: 'labs', description: '', tagFilters: values(1), ...change });
  expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(field);
});
