import type { NodeId } from '../../agent/protocol/ids.ts';
import type { Many } from './many.ts';
import { addTo, dropFrom } from './many.ts';
import type { Tag } from './tag.ts';
import type { NodeSelection, TagCondition } from './target.ts';
import { isSelected } from './target.ts';

/** As much of a node as targeting asks. */
export type FleetMember = { nodeId: NodeId; name: string; tags: readonly Tag[] };

/** Nodes by id and by tag, so that a selection costs what it matches and not the size of the fleet. */
export type FleetIndex = {
  readonly members: ReadonlyMap<NodeId, FleetMember>;
  readonly byTagKey: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<NodeId>>>;
};

/** The same, by whoever keeps it: changed in place, since a change touches one node and copying touches all. */
export type KeptFleet = { readonly members: Map<NodeId, FleetMember>; readonly byTagKey: Map<string, Many<string, NodeId>> };

export function fleetIndex(members: Iterable<FleetMember>): KeptFleet {
  const fleet: KeptFleet = { members: new Map(), byTagKey: new Map() };
  for (const member of members) putMember(fleet, member);
  return fleet;
}

/** A node that is new, or as it is now. */
export function putMember(fleet: KeptFleet, member: FleetMember): void {
  dropMember(fleet, member.nodeId);
  fleet.members.set(member.nodeId, member);
  for (const { key, value } of member.tags) {
    const byValue = fleet.byTagKey.get(key) ?? new Map<string, Set<NodeId>>();
    fleet.byTagKey.set(key, byValue);
    addTo(byValue, value, member.nodeId);
  }
}

export function dropMember({ members, byTagKey }: KeptFleet, nodeId: NodeId): void {
  for (const { key, value } of members.get(nodeId)?.tags ?? []) {
    const byValue = byTagKey.get(key);
    if (byValue === undefined) continue;
    dropFrom(byValue, value, nodeId);
    if (byValue.size === 0) byTagKey.delete(key);
  }
  members.delete(nodeId);
}

/** The sets of nodes of which each node that meets the condition is in one. */
function candidateSets(fleet: FleetIndex, { keys, values }: TagCondition): ReadonlySet<NodeId>[] {
  return keys.flatMap((key) => {
    const byValue = fleet.byTagKey.get(key);
    if (byValue === undefined) return [];
    return values.length === 0 ? [...byValue.values()] : values.flatMap((value) => byValue.get(value) ?? []);
  });
}

const sizeOf = (sets: readonly ReadonlySet<NodeId>[]): number => sets.reduce((total, { size }) => total + size, 0);

/** All conditions are required, so it is enough to look at the nodes of the one that the fewest meet. */
function fewestCandidates(fleet: FleetIndex, conditions: readonly TagCondition[]): ReadonlySet<NodeId>[] {
  let fewest: ReadonlySet<NodeId>[] | null = null;
  for (const condition of conditions) {
    const sets = candidateSets(fleet, condition);
    if (fewest === null || sizeOf(sets) < sizeOf(fewest)) fewest = sets;
  }
  return fewest ?? [];
}

function selected(fleet: FleetIndex, selection: NodeSelection): FleetMember[] {
  switch (selection.kind) {
    case 'all':
      return [...fleet.members.values()];
    case 'nodes':
      return [...selection.nodeIds].flatMap((nodeId) => fleet.members.get(nodeId) ?? []);
    case 'tags': {
      const nodeIds = new Set(fewestCandidates(fleet, selection.conditions).flatMap((set) => [...set]));
      const members = [...nodeIds].flatMap((nodeId) => fleet.members.get(nodeId) ?? []);
      return members.filter((member) => isSelected(selection, member));
    }
    case 'none':
      return [];
  }
}

/** The nodes that a selection covers, in the order of dispatch: by node id (spec.md section 4). */
export const matchingNodes = (fleet: FleetIndex, selection: NodeSelection): FleetMember[] =>
  selected(fleet, selection).sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));

export const matchCount = (fleet: FleetIndex, selection: NodeSelection): number =>
  selection.kind === 'all' ? fleet.members.size : selected(fleet, selection).length;
