import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { Association } from './association.ts';
import type { FleetMember, KeptFleet } from './fleet-index.ts';
import { dropMember, fleetIndex, putMember } from './fleet-index.ts';
import type { Many } from './many.ts';
import { addTo, dropFrom } from './many.ts';
import type { ResolvedTargets, ResourceGroup } from './resource-group.ts';
import { resolveTargets } from './resource-group.ts';
import type { NodeSelection, TagCondition, TargetSelection } from './target.ts';
import { isSelected, selectionOf } from './target.ts';

/**
 * An association with its targets understood: as they were written, and whom they cover now. Only settings are kept here; what moves
 * (next run, overview) is read when needed.
 */
export type TargetedAssociation = { association: Association; targets: TargetSelection } & ResolvedTargets;

/** Associations by what their membership hangs on, so that a change looks only at those that it can touch. */
type Watching = {
  all: Set<AssociationId>;
  nodes: Many<NodeId, AssociationId>;
  /** By `tagPlace`: of each value that a condition names, and of the key where it asks for nothing else. */
  tags: Many<string, AssociationId>;
  groups: Many<string, AssociationId>;
};

/** Nodes, groups and associations, and who applies to whom. Kept by one owner, who changes it in place. */
export type Membership = {
  readonly fleet: KeptFleet;
  readonly groups: Map<string, ResourceGroup>;
  /** The oldest first. Those whose targets make no sense cover nobody and are not here. */
  readonly associations: Map<AssociationId, TargetedAssociation>;
  readonly watching: Watching;
};

export type SiteFacts = {
  members: Iterable<FleetMember>;
  groups: Iterable<ResourceGroup>;
  associations: Iterable<Association>;
};

export function membershipOf(facts: SiteFacts): Membership {
  const membership: Membership = {
    fleet: fleetIndex(facts.members),
    groups: new Map([...facts.groups].map((group) => [group.name, group])),
    associations: new Map(),
    watching: { all: new Set(), nodes: new Map(), tags: new Map(), groups: new Map() },
  };
  for (const association of facts.associations) putAssociation(membership, association);
  return membership;
}

export const resolved = ({ groups }: Membership, targets: TargetSelection): ResolvedTargets =>
  resolveTargets(targets, (name) => groups.get(name) ?? null);

/** A tag, or without a value the key alone. No tag has a line end in it. */
export const tagPlace = (key: string, value?: string): string => (value === undefined ? key : `${key}\n${value}`);

const placesOf = ({ keys, values }: TagCondition): string[] =>
  keys.flatMap((key) => (values.length === 0 ? [tagPlace(key)] : values.map((value) => tagPlace(key, value))));

const tagPlaces = (selection: NodeSelection): Set<string> =>
  new Set(selection.kind === 'tags' ? selection.conditions.flatMap(placesOf) : []);

function watch({ watching }: Membership, { association: { associationId }, targets, selection }: TargetedAssociation): void {
  if (selection.kind === 'all') watching.all.add(associationId);
  if (selection.kind === 'nodes') for (const nodeId of selection.nodeIds) addTo(watching.nodes, nodeId, associationId);
  for (const place of tagPlaces(selection)) addTo(watching.tags, place, associationId);
  if (targets.kind === 'group') addTo(watching.groups, targets.groupName, associationId);
}

function unwatch({ watching }: Membership, { association: { associationId }, targets, selection }: TargetedAssociation): void {
  watching.all.delete(associationId);
  if (selection.kind === 'nodes') for (const nodeId of selection.nodeIds) dropFrom(watching.nodes, nodeId, associationId);
  for (const place of tagPlaces(selection)) dropFrom(watching.tags, place, associationId);
  if (targets.kind === 'group') dropFrom(watching.groups, targets.groupName, associationId);
}

export const putNode = ({ fleet }: Membership, member: FleetMember): void => putMember(fleet, member);
export const dropNode = ({ fleet }: Membership, nodeId: NodeId): void => dropMember(fleet, nodeId);

export function dropAssociation(membership: Membership, associationId: AssociationId): void {
  const known = membership.associations.get(associationId);
  if (known !== undefined) unwatch(membership, known);
  membership.associations.delete(associationId);
}

/** An association that is new, or as it is now. It keeps its place among the others. */
export function putAssociation(membership: Membership, association: Association): void {
  const targets = selectionOf(association);
  if (!targets.ok) {
    dropAssociation(membership, association.associationId);
    return;
  }
  const known = membership.associations.get(association.associationId);
  if (known !== undefined) unwatch(membership, known);
  const targeted = { association, targets: targets.selection, ...resolved(membership, targets.selection) };
  membership.associations.set(association.associationId, targeted);
  watch(membership, targeted);
}

export function targetingGroup({ watching, associations }: Membership, name: string): TargetedAssociation[] {
  return [...(watching.groups.get(name) ?? [])].flatMap((associationId) => associations.get(associationId) ?? []);
}

export function putGroup(membership: Membership, group: ResourceGroup): void {
  membership.groups.set(group.name, group);
  for (const { association } of targetingGroup(membership, group.name)) putAssociation(membership, association);
}

export function dropGroup(membership: Membership, name: string): void {
  membership.groups.delete(name);
  for (const { association } of targetingGroup(membership, name)) putAssociation(membership, association);
}

/** The associations of the sets, each once. */
export function watchers({ associations }: Membership, sets: Iterable<ReadonlySet<AssociationId> | undefined>): TargetedAssociation[] {
  const found = new Set<AssociationId>();
  for (const set of sets) for (const associationId of set ?? []) found.add(associationId);
  return [...found].flatMap((associationId) => associations.get(associationId) ?? []);
}

/** The associations that apply to the node, in no order. */
export function applyingTo(membership: Membership, member: Pick<FleetMember, 'nodeId' | 'tags'>): TargetedAssociation[] {
  const { all, nodes, tags } = membership.watching;
  const places = member.tags.flatMap(({ key, value }) => [tagPlace(key), tagPlace(key, value)]);
  const near = watchers(membership, [all, nodes.get(member.nodeId), ...places.map((place) => tags.get(place))]);
  return near.filter(({ selection }) => isSelected(selection, member));
}
