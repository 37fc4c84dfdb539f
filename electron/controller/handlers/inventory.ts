import type { InventoryOverview } from '../../api/inventory.ts';
import type { Context } from '../operations/context.ts';
import { inventoryAssociations } from '../operations/inventory-associations.ts';
import { entryPage } from '../operations/node-inventory.ts';
import { fleetFacts, searchInventory } from '../operations/search-inventory.ts';
import { os } from './implementer.ts';

const MOST_NAMES = 20;
/** More versions than a person reads; the rest is counted. */
const MOST_VERSIONS = 200;

function overview(context: Context): InventoryOverview {
  return {
    nodes: context.index.fleet().members.size,
    inventoried: context.stores.inventory.countInventoried(),
    associations: inventoryAssociations(context).map(({ associationId, title }) => ({ associationId, title })),
  };
}

export const inventoryHandlers = {
  overview: os.inventory.overview.handler(({ context: { site } }) => overview(site.context)),
  items: os.inventory.items.handler(({ context: { site }, input: { nodeId } }) => site.context.stores.inventory.items(nodeId)),
  entries: os.inventory.entries.handler(({ context: { site }, input: { nodeId, typeName, ...page } }) =>
    entryPage(site.context, { nodeId, typeName }, page),
  ),
  search: os.inventory.search.handler(({ context: { site }, input: { share, offset, limit, ...search } }) =>
    searchInventory(site.context, search, { share, offset, limit }),
  ),
  facts: os.inventory.facts.handler(({ context: { site }, input }) => {
    const { counts, versions } = fleetFacts(site.context, input);
    return { counts, versions: versions.slice(0, MOST_VERSIONS), versionTotal: versions.length };
  }),
  names: os.inventory.names.handler(({ context: { site }, input: { text } }) =>
    site.context.stores.inventory.applicationNames(text, MOST_NAMES),
  ),
};
