import { expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { FleetMember } from '../../../electron/domain/fleet-index.ts';
import { fleetIndex, matchingNodes } from '../../../electron/domain/fleet-index.ts';
import type { ResourceGroup } from '../../../electron/domain/resource-group.ts';
import { resolveTargets } from '../../../electron/domain/resource-group.ts';
import type { Target } from '../../../electron/domain/target.ts';
import { describeSelection, isSelected, parseTargets, selectionOf } from '../../../electron/domain/target.ts';
import { aGroup } from '../../builders/resource-group.ts';

const nodeId = (number: number) => NodeId.parse(`mi-${number.toString(16).padStart(17, '0')}`);
const member = (number: number, tags: Record<string, string>): FleetMember => ({
  nodeId: nodeId(number),
  name: `node-${number}`,
  tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
});

const fleet = [
  member(3, { lab: 'B12', role: 'teacher' }),
  member(1, { lab: 'B12', role: 'student' }),
  member(2, { lab: 'C01', role: 'student' }),
  member(4, { room: 'B12' }),
];

/** Node numbers that match, asked both ways: through the index and node by node. */
function matches(targets: Target[], groups: ResourceGroup[] = []): number[] {
  const parsed = parseTargets(targets);
  if (!parsed.ok) throw new Error(parsed.problem);
  const { selection } = resolveTargets(parsed.selection, (name) => groups.find((group) => group.name === name) ?? null);
  const found = matchingNodes(fleetIndex(fleet), selection).map((node) => node.nodeId);
  const oneByOne = fleet.filter((node) => isSelected(selection, node)).map((node) => node.nodeId);
  expect([...oneByOne].sort()).toEqual(found);
  return found.map((id) => Number.parseInt(id.slice(3), 16));
}

test('* means every node', () => {
  expect(matches([{ key: 'InstanceIds', values: ['*'] }])).toEqual([1, 2, 3, 4]);
});

test('ids mean those nodes, whatever the case of the key', () => {
  expect(matches([{ key: 'instanceids', values: [nodeId(2), nodeId(4)] }])).toEqual([2, 4]);
});

test('values of one tag are alternatives', () => {
  expect(matches([{ key: 'tag:lab', values: ['B12', 'C01'] }])).toEqual([1, 2, 3]);
});

test('several tags are all required', () => {
  const both = [
    { key: 'tag:lab', values: ['B12'] },
    { key: 'tag:role', values: ['student'] },
  ];
  expect(matches(both)).toEqual([1]);
});

test('a tag without values asks only for its key', () => {
  expect(matches([{ key: 'tag:room', values: [] }])).toEqual([4]);
});

test('tag-key asks for any of the keys that are its values', () => {
  expect(matches([{ key: 'tag-key', values: ['room', 'role'] }])).toEqual([1, 2, 3, 4]);
});

test('tag values compare with case', () => {
  expect(matches([{ key: 'tag:lab', values: ['b12'] }])).toEqual([]);
});

const group = (...values: string[]): Target => ({ key: 'resource-groups:Name', values });

test.each(['resource-groups:Name', 'resource-groups:name', 'Resource-Groups:NAME'])('%s means the members of the group', (key) => {
  const students = aGroup({ name: 'students', tagFilters: [{ key: 'role', values: ['student'] }] });
  expect(matches([{ key, values: ['students'] }], [students])).toEqual([1, 2]);
  expect(matches([{ key, values: ['Students'] }], [students])).toEqual([]);
});

test('a group that is gone covers nobody', () => {
  expect(matches([group('students')])).toEqual([]);
});

test('a legacy association has its one node as its target', () => {
  const selection = { kind: 'nodes', nodeIds: new Set([nodeId(2)]) };
  expect(selectionOf({ instanceId: nodeId(2), targets: [] })).toEqual({ ok: true, selection });
  const both = selectionOf({ instanceId: nodeId(2), targets: [group('students')] });
  expect(both.ok ? '' : both.problem).toContain('cannot both');
});

test.each<{ targets: Target[]; problem: string }>([
  { targets: [], problem: 'no targets' },
  { targets: [{ key: 'InstanceIds', values: ['*', nodeId(1)] }], problem: 'not both' },
  { targets: [{ key: 'InstanceIds', values: [] }], problem: 'names no node' },
  { targets: [{ key: 'InstanceIds', values: ['i-123'] }], problem: 'not a node id' },
  {
    targets: [
      { key: 'InstanceIds', values: ['*'] },
      { key: 'tag:lab', values: ['B12'] },
    ],
    problem: 'cannot be combined',
  },
  { targets: [group('students', 'teachers')], problem: 'one resource group' },
  { targets: [group()], problem: 'the name of one resource group' },
  { targets: [group('students'), group('teachers')], problem: 'cannot be combined' },
  { targets: [group('students'), { key: 'tag:lab', values: [] }], problem: 'cannot be combined' },
  { targets: [{ key: 'tag:lab', values: [] }, group('students')], problem: 'cannot be combined' },
  { targets: [group('aws-mine')], problem: 'not the name of a resource group' },
  { targets: [group('../students')], problem: 'not the name of a resource group' },
  { targets: [{ key: 'ParameterValues', values: ['x'] }], problem: 'is for runbooks' },
  { targets: [{ key: 'ResourceGroup', values: ['students'] }], problem: 'write resource-groups:Name' },
  { targets: [{ key: 'resource-groups:ResourceTypeFilters', values: ['AWS::EC2::Instance'] }], problem: 'managed nodes only' },
  { targets: [{ key: '__proto__', values: ['x'] }], problem: 'not a target key' },
  { targets: [{ key: 'tag:', values: ['x'] }], problem: 'needs a key' },
  { targets: [{ key: 'lab', values: ['x'] }], problem: 'not a target key' },
  { targets: Array.from({ length: 6 }, (_, n) => ({ key: `tag:k${n}`, values: [] })), problem: 'at most 5' },
])('targets that make no sense are refused: $problem', ({ targets, problem }) => {
  const parsed = parseTargets(targets);
  expect(parsed.ok ? '' : parsed.problem).toContain(problem);
});

test('a selection is said in words', () => {
  const parsed = parseTargets([{ key: 'tag:lab', values: ['B12', 'C01'] }]);
  expect(parsed.ok && describeSelection(parsed.selection)).toBe('tag lab = B12 or C01');
});
