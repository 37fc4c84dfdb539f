import type { Association } from '../../domain/association.ts';
import type { FleetIndex } from '../../domain/fleet-index.ts';
import { fleetIndex, matchingNodes } from '../../domain/fleet-index.ts';
import type { TargetSelection } from '../../domain/target.ts';
import { parseTargets } from '../../domain/target.ts';
import type { Stores } from '../store/stores.ts';

/** An association with its targets understood. Only settings are kept here; what moves (next run, overview) is read when needed. */
export type TargetedAssociation = { association: Association; selection: TargetSelection };

/** Who matches what, read from the store once and again only after a change. */
export type SiteIndex = {
  fleet(): FleetIndex;
  associations(): readonly TargetedAssociation[];
  matchCount(selection: TargetSelection): number;
  nodesChanged(): void;
  associationsChanged(): void;
};

export function createSiteIndex(stores: Pick<Stores, 'nodes' | 'associations'>): SiteIndex {
  let fleet: FleetIndex | null = null;
  let associations: TargetedAssociation[] | null = null;
  const currentFleet = () => (fleet ??= fleetIndex(stores.nodes.members()));
  return {
    fleet: currentFleet,
    associations: () =>
      (associations ??= stores.associations.list().flatMap((association) => {
        const targets = parseTargets(association.targets);
        return targets.ok ? [{ association, selection: targets.selection }] : [];
      })),
    matchCount: (selection) => (selection.kind === 'all' ? currentFleet().members.size : matchingNodes(currentFleet(), selection).length),
    nodesChanged: () => {
      fleet = null;
    },
    associationsChanged: () => {
      associations = null;
    },
  };
}
