import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { AssociationDraft } from '../../domain/association.ts';
import type { FleetIndex } from '../../domain/fleet-index.ts';
import { matchCount } from '../../domain/fleet-index.ts';
import type { Membership, TargetedAssociation } from '../../domain/membership.ts';
import {
  applyingTo,
  dropAssociation,
  dropGroup,
  dropNode,
  membershipOf,
  putAssociation,
  putGroup,
  putNode,
  resolved,
  targetingGroup,
} from '../../domain/membership.ts';
import type { AssociationChange, GroupChange, NodeChange } from '../../domain/membership-change.ts';
import { associationChange, groupChange, nodeChange } from '../../domain/membership-change.ts';
import type { ResolvedTargets, ResourceGroup, TagFilter } from '../../domain/resource-group.ts';
import type { Tag } from '../../domain/tag.ts';
import type { NodeSelection, TargetSelection } from '../../domain/target.ts';
import { selectionOf } from '../../domain/target.ts';
import type { Stores } from '../store/stores.ts';

type Targeted = Pick<AssociationDraft, 'instanceId' | 'targets'>;

/** Who matches what, read from the store once; after that each change costs what it touches. */
export type SiteIndex = {
  fleet(): FleetIndex;
  /** The oldest first. */
  associations(): readonly TargetedAssociation[];
  /** The associations that apply to the node, the oldest first. */
  applyingTo(nodeId: NodeId): readonly TargetedAssociation[];
  group(name: string): ResourceGroup | null;
  /** The associations that target the group, the oldest first. */
  targetingGroup(name: string): readonly TargetedAssociation[];
  /** Whom an association covers now. Targets that make no sense cover nobody, and say so. */
  targetsOf(association: Targeted): ResolvedTargets;
  resolve(targets: TargetSelection): ResolvedTargets;
  matchCount(selection: NodeSelection): number;

  /** Who would come and go, associations the oldest first. Ask before it is stored; null stands for its end. */
  ifNode(nodeId: NodeId, tags: readonly Tag[] | null): NodeChange;
  ifAssociation(associationId: AssociationId, draft: Targeted | null): AssociationChange;
  ifGroup(name: string, group: { tagFilters: TagFilter[] } | null): GroupChange;

  /** Say it after the commit of what was added, changed or removed: that one is read again. */
  nodeChanged(nodeId: NodeId): void;
  associationChanged(associationId: AssociationId): void;
  groupChanged(name: string): void;
};

const byAge = (a: TargetedAssociation, b: TargetedAssociation): number =>
  a.association.createdAt.getTime() - b.association.createdAt.getTime() ||
  (a.association.associationId < b.association.associationId ? -1 : 1);

export function createSiteIndex(stores: Pick<Stores, 'nodes' | 'associations' | 'groups'>): SiteIndex {
  let known: Membership | null = null;
  let associations: readonly TargetedAssociation[] | null = null;

  function membership(): Membership {
    known ??= membershipOf({ members: stores.nodes.members(), groups: stores.groups.list(), associations: stores.associations.list() });
    return known;
  }

  return {
    fleet: () => membership().fleet,
    associations() {
      associations ??= [...membership().associations.values()];
      return associations;
    },
    applyingTo(nodeId) {
      const member = membership().fleet.members.get(nodeId);
      return member === undefined ? [] : applyingTo(membership(), member).sort(byAge);
    },
    targetingGroup: (name) => targetingGroup(membership(), name).sort(byAge),
    group: (name) => membership().groups.get(name) ?? null,
    targetsOf(association) {
      const targets = selectionOf(association);
      return targets.ok ? resolved(membership(), targets.selection) : { selection: { kind: 'none' }, problem: targets.problem };
    },
    resolve: (targets) => resolved(membership(), targets),
    matchCount: (selection) => matchCount(membership().fleet, selection),
    ifNode(nodeId, tags) {
      const { joins, leaves } = nodeChange(membership(), nodeId, tags);
      return { joins: joins.toSorted(byAge), leaves: leaves.toSorted(byAge) };
    },
    ifAssociation: (associationId, draft) => associationChange(membership(), associationId, draft),
    ifGroup(name, group) {
      const change = groupChange(membership(), name, group);
      return { ...change, associations: change.associations.toSorted(byAge) };
    },
    nodeChanged(nodeId) {
      const member = stores.nodes.member(nodeId);
      if (member === null) dropNode(membership(), nodeId);
      else putNode(membership(), member);
    },
    associationChanged(associationId) {
      const association = stores.associations.find(associationId);
      if (association === null) dropAssociation(membership(), associationId);
      else putAssociation(membership(), association);
      associations = null;
    },
    groupChanged(name) {
      const group = stores.groups.find(name);
      if (group === null) dropGroup(membership(), name);
      else putGroup(membership(), group);
      associations = null;
    },
  };
}
