import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { matchingNodes } from './fleet-index.ts';
import type { Membership, TargetedAssociation } from './membership.ts';
import { applyingTo, resolved, tagPlace, targetingGroup, watchers } from './membership.ts';
import type { ResourceGroup } from './resource-group.ts';
import { groupMembership } from './resource-group.ts';
import type { Tag } from './tag.ts';
import type { NodeSelection } from './target.ts';
import { isSelected, selectionOf } from './target.ts';

const tagValue = (tags: readonly Tag[], key: string): string | undefined => tags.find((tag) => tag.key === key)?.value;

/** What conditions say of a tag that changed: of its value before, of its value now, and of the key where it came or went. */
function changedPlaces(before: readonly Tag[], after: readonly Tag[]): string[] {
  const keys = new Set([...before, ...after].map(({ key }) => key));
  return [...keys].flatMap((key) => {
    const [was, is] = [tagValue(before, key), tagValue(after, key)];
    if (was === is) return [];
    const values = [was, is].filter((value) => value !== undefined).map((value) => tagPlace(key, value));
    return was === undefined || is === undefined ? [tagPlace(key), ...values] : values;
  });
}

/** What a node begins to be covered by, and what it no longer is. */
export type NodeChange = { joins: readonly TargetedAssociation[]; leaves: readonly TargetedAssociation[] };

/** What new tags would change for a node; null takes the node away. Only associations whose conditions mention what changed are looked at. */
export function nodeChange(membership: Membership, nodeId: NodeId, tags: readonly Tag[] | null): NodeChange {
  const before = membership.fleet.members.get(nodeId);
  if (before === undefined) return { joins: tags === null ? [] : applyingTo(membership, { nodeId, tags }), leaves: [] };
  if (tags === null) return { joins: [], leaves: applyingTo(membership, before) };
  const near = watchers(
    membership,
    changedPlaces(before.tags, tags).map((place) => membership.watching.tags.get(place)),
  );
  const was = (selection: NodeSelection) => isSelected(selection, before);
  const is = (selection: NodeSelection) => isSelected(selection, { nodeId, tags });
  return {
    joins: near.filter(({ selection }) => !was(selection) && is(selection)),
    leaves: near.filter(({ selection }) => was(selection) && !is(selection)),
  };
}

/** The nodes that an association begins to cover, and those that it no longer does. */
export type AssociationChange = { joins: readonly NodeId[]; leaves: readonly NodeId[] };

function selectionChange({ fleet }: Membership, before: NodeSelection, after: NodeSelection): AssociationChange {
  const only = (selection: NodeSelection, other: NodeSelection) =>
    selection.kind === 'none' || other.kind === 'all'
      ? []
      : matchingNodes(fleet, selection)
          .filter((member) => !isSelected(other, member))
          .map(({ nodeId }) => nodeId);
  return { joins: only(after, before), leaves: only(before, after) };
}

/** What saving (null: deleting) an association would change for nodes. */
export function associationChange(
  membership: Membership,
  associationId: AssociationId,
  after: Parameters<typeof selectionOf>[0] | null,
): AssociationChange {
  const before = membership.associations.get(associationId)?.selection ?? { kind: 'none' };
  const targets = after === null ? null : selectionOf(after);
  return selectionChange(membership, before, targets?.ok ? resolved(membership, targets.selection).selection : { kind: 'none' });
}

type Query = Pick<ResourceGroup, 'tagFilters'>;

/** What a group's change means: for all associations that target it, the same nodes come and go. */
export type GroupChange = AssociationChange & { associations: readonly TargetedAssociation[] };

/** What saving (null: deleting) a group would change for the associations that target it. */
export function groupChange(membership: Membership, name: string, after: Query | null): GroupChange {
  const covered = (group: Query | null): NodeSelection => (group === null ? { kind: 'none' } : groupMembership(group));
  const change = selectionChange(membership, covered(membership.groups.get(name) ?? null), covered(after));
  return { ...change, associations: targetingGroup(membership, name) };
}
