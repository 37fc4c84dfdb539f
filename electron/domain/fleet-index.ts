import type { NodeId } from '../../agent/protocol/ids.ts';
import type { Tag } from './tag.ts';
import type { NodeSelection, TagCondition } from './target.ts';
import { isSelected } from './target.ts';

/** As much of a node as targeting asks. */
export type FleetMember = { nodeId: NodeId; name: string; tags: readonly Tag[] };

/** Nodes by id and by tag, so that a selection costs what it matches and not the size of the fleet. */
export type FleetIndex = {
  members: ReadonlyMap<NodeId, FleetMember>;
  byTagKey: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<NodeId>>>;
};

export function fleetIndex(members: Iterable<FleetMember>): FleetIndex {
  const byId = new Map<NodeId, FleetMember>();
  const byTagKey = new Map<string, Map<string, Set<NodeId>>>();
  for (const member of members) {
    byId.set(member.nodeId, member);
    for (const { key, value } of member.tags) {
      const values = byTagKey.get(key) ?? new Map<string, Set<NodeId>>();
      byTagKey.set(key, values);
      values.set(value, (values.get(value) ?? new Set<NodeId>()).add(member.nodeId));
    }
  }
  return { members: byId, byTagKey };
}

function candidates(index: FleetIndex, { keys, values }: TagCondition): Set<NodeId> {
  const found = new Set<NodeId>();
  for (const key of keys) {
    const byValue = index.byTagKey.get(key);
    if (byValue === undefined) continue;
    const sets = values.length === 0 ? [...byValue.values()] : values.map((value) => byValue.get(value));
    for (const nodeIds of sets) for (const nodeId of nodeIds ?? []) found.add(nodeId);
  }
  return found;
}

function present(index: FleetIndex, nodeIds: Iterable<NodeId>): FleetMember[] {
  const members: FleetMember[] = [];
  for (const nodeId of nodeIds) {
    const member = index.members.get(nodeId);
    if (member !== undefined) members.push(member);
  }
  return members;
}

/** The nodes that a selection covers, in the order of dispatch: by node id (spec.md section 4). */
export function matchingNodes(index: FleetIndex, selection: NodeSelection): FleetMember[] {
  const inOrder = (members: FleetMember[]) => members.sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
  switch (selection.kind) {
    case 'all':
      return inOrder([...index.members.values()]);
    case 'nodes':
      return inOrder(present(index, selection.nodeIds));
    case 'tags': {
      const [first] = selection.conditions;
      if (first === undefined) return [];
      return inOrder(present(index, candidates(index, first)).filter((member) => isSelected(selection, member)));
    }
    case 'none':
      return [];
  }
}
