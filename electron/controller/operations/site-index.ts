import type { Association, AssociationDraft } from '../../domain/association.ts';
import type { FleetIndex } from '../../domain/fleet-index.ts';
import { fleetIndex, matchingNodes } from '../../domain/fleet-index.ts';
import type { ResolvedTargets, ResourceGroup } from '../../domain/resource-group.ts';
import { resolveTargets } from '../../domain/resource-group.ts';
import type { NodeSelection, TargetSelection } from '../../domain/target.ts';
import { selectionOf } from '../../domain/target.ts';
import type { Stores } from '../store/stores.ts';

/**
 * An association with its targets understood: as they were written, and whom they cover now. Only settings are kept here; what moves
 * (next run, overview) is read when needed.
 */
export type TargetedAssociation = { association: Association; targets: TargetSelection } & ResolvedTargets;

/** Who matches what, read from the store once and again only after a change. */
export type SiteIndex = {
  fleet(): FleetIndex;
  associations(): readonly TargetedAssociation[];
  group(name: string): ResourceGroup | null;
  /** Whom an association covers now. Targets that make no sense cover nobody, and say so. */
  targetsOf(association: Pick<AssociationDraft, 'instanceId' | 'targets'>): ResolvedTargets;
  resolve(targets: TargetSelection): ResolvedTargets;
  matchCount(selection: NodeSelection): number;
  nodesChanged(): void;
  associationsChanged(): void;
  groupsChanged(): void;
};

export function createSiteIndex(stores: Pick<Stores, 'nodes' | 'associations' | 'groups'>): SiteIndex {
  let fleet: FleetIndex | null = null;
  let associations: TargetedAssociation[] | null = null;
  let groups: ReadonlyMap<string, ResourceGroup> | null = null;
  const currentFleet = () => (fleet ??= fleetIndex(stores.nodes.members()));
  const group = (name: string): ResourceGroup | null => {
    groups ??= new Map(stores.groups.list().map((each) => [each.name, each]));
    return groups.get(name) ?? null;
  };
  const resolve = (targets: TargetSelection) => resolveTargets(targets, group);
  return {
    fleet: currentFleet,
    associations: () =>
      (associations ??= stores.associations.list().flatMap((association) => {
        const targets = selectionOf(association);
        return targets.ok ? [{ association, targets: targets.selection, ...resolve(targets.selection) }] : [];
      })),
    group,
    targetsOf(association) {
      const targets = selectionOf(association);
      return targets.ok ? resolve(targets.selection) : { selection: { kind: 'none' }, problem: targets.problem };
    },
    resolve,
    matchCount: (selection) => (selection.kind === 'all' ? currentFleet().members.size : matchingNodes(currentFleet(), selection).length),
    nodesChanged: () => {
      fleet = null;
    },
    associationsChanged: () => {
      associations = null;
    },
    groupsChanged: () => {
      groups = null;
      associations = null;
    },
  };
}
