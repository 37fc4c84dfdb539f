import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { FoundApplication, InventorySearch, VersionCount } from '../../domain/inventory-search.ts';
import { countVersions, foundApplication, pageParts, sortFound } from '../../domain/inventory-search.ts';
import type { Context } from './context.ts';

type SearchContext = Pick<Context, 'stores' | 'clock'>;

const DAY_MS = 24 * 3_600_000;

/** `freshDays`: what a node said longer ago does not prove that it has something not. */
export type FleetSearch = InventorySearch & { freshDays: number };

/** Which nodes a page is of. */
export type FleetShare = 'sought' | 'others' | 'without' | 'unknown';

export type FleetRow = {
  nodeId: NodeId;
  nodeName: string;
  /** Null where the node has none, or is not known to. */
  application: Pick<FoundApplication, 'name' | 'version' | 'architecture' | 'publisher'> | null;
  installedTime: string;
  captureTime: Date | null;
  receivedAt: Date | null;
};

export type FleetFacts = { counts: Record<FleetShare, number>; versions: VersionCount[] };

const freshSince = ({ clock }: SearchContext, { freshDays }: FleetSearch): Date => new Date(clock.now().getTime() - freshDays * DAY_MS);

function found({ stores }: SearchContext, search: FleetSearch) {
  const applications = stores.inventory.applications(search.name, search.match).map(foundApplication);
  const { sought, others } = sortFound(applications, search);
  const numbers = (of: readonly FoundApplication[]) => of.map(({ valueNumber }) => valueNumber);
  return { sought, others, all: numbers(applications), numbers };
}

function holders(
  { stores }: SearchContext,
  applications: readonly FoundApplication[],
  page: { offset: number; limit: number },
): FleetRow[] {
  return pageParts(applications, page).flatMap(({ application, offset, limit }) =>
    stores.inventory
      .holders(application.valueNumber, { offset, limit })
      .map(({ own, ...holder }) => ({ ...holder, application, installedTime: own })),
  );
}

const totalUses = (applications: readonly FoundApplication[]): number => applications.reduce((sum, { uses }) => sum + uses, 0);

/** One page of the nodes that have what is sought, have it in another version only, have it not, or did not say so lately. */
export function searchInventory(
  context: SearchContext,
  search: FleetSearch,
  { share, ...page }: { share: FleetShare; offset: number; limit: number },
): { rows: FleetRow[]; total: number } {
  const { inventory } = context.stores;
  const { sought, others, all } = found(context, search);
  const since = freshSince(context, search);
  const bare = (node: { nodeId: NodeId; nodeName: string; receivedAt: Date | null }): FleetRow => ({
    ...node,
    application: null,
    installedTime: '',
    captureTime: null,
  });
  switch (share) {
    case 'sought':
      return { rows: holders(context, sought, page), total: totalUses(sought) };
    case 'others':
      return { rows: holders(context, others, page), total: totalUses(others) };
    case 'without':
      return { rows: inventory.nodesWithout(all, since, page).map(bare), total: inventory.countWithout(all, since) };
    case 'unknown':
      return { rows: inventory.nodesUnknown(all, since, page).map(bare), total: inventory.countUnknown(all, since) };
  }
}

/** How many nodes are of each share, and which versions there are. A node with two versions counts where it has what is sought. */
export function fleetFacts(context: SearchContext, search: FleetSearch): FleetFacts {
  const { inventory } = context.stores;
  const { sought, others, all, numbers } = found(context, search);
  const since = freshSince(context, search);
  const withSought = inventory.countHolders(numbers(sought));
  const withAny = others.length === 0 ? withSought : inventory.countHolders(all);
  return {
    counts: {
      sought: withSought,
      others: withAny - withSought,
      without: inventory.countWithout(all, since),
      unknown: inventory.countUnknown(all, since),
    },
    versions: countVersions(sought, others),
  };
}
