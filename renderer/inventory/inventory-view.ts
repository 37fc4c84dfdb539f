import type { FleetSearch, FleetShare } from '../../electron/api/inventory.ts';
import { VersionComparator } from '../../electron/domain/inventory-search.ts';
import type { InventoryQuery, InventoryView } from '../routes.ts';

/** Inventory comes every half hour; what is a week old says little about what a machine has not. */
const FRESH_DAYS = 7;
const MOST_DAYS = 365;

const shares: readonly FleetShare[] = ['sought', 'others', 'without', 'unknown'];

/** What an address asks for; what it says that means nothing is left out. */
export const searchOf = (view: InventoryView): FleetSearch => ({
  name: view.name.trim().slice(0, 256),
  match: view.match === 'contains' ? 'contains' : 'equals',
  comparator: VersionComparator.catch('any').parse(view.comparator),
  version: view.version.trim().slice(0, 128),
  freshDays: Math.min(view.days ?? FRESH_DAYS, MOST_DAYS),
});

export const shareOf = (view: InventoryView): FleetShare => shares.find((share) => share === view.share) ?? 'sought';

export const queryOf = (view: InventoryView): InventoryQuery => ({ ...view });

/** Whether a version matters: what is compared with none is every version. */
export const comparesVersions = ({ comparator, version }: FleetSearch): boolean => comparator !== 'any' && version !== '';

const comparatorWords: Record<VersionComparator, string> = { any: '', older: 'older than ', newer: 'newer than ', equals: '' };

/** `openssl older than 3.0.15`: what is looked for, in words. */
export function soughtText(search: FleetSearch): string {
  const name = search.match === 'contains' ? `“…${search.name}…”` : search.name;
  return comparesVersions(search) ? `${name} ${comparatorWords[search.comparator]}${search.version}` : name;
}
