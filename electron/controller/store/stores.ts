import { openActivationStore } from './activation-store.ts';
import { openAlarmStore } from './alarm-store.ts';
import { openAssociationStore } from './association-store.ts';
import { openComplianceStore } from './compliance-store.ts';
import type { Database } from './database.ts';
import { openDocumentStore } from './document-store.ts';
import { openExecutionStore } from './execution-store.ts';
import { openInventoryStore } from './inventory-store.ts';
import { openLegacyStatusStore } from './legacy-status-store.ts';
import { openNodeStore } from './node-store.ts';
import { openOutputCopyStore } from './output-copy-store.ts';
import { openOutputDestinationStore } from './output-destination-store.ts';
import { openOwedRunStore } from './owed-run-store.ts';
import { openPackageStore } from './package-store.ts';
import { openParameterStore } from './parameter-store.ts';
import { openResourceGroupStore } from './resource-group-store.ts';
import { openRetentionStore } from './retention-store.ts';
import { openSiteStore } from './site-store.ts';

export type Stores = ReturnType<typeof openStores>;

/** One store for each aggregate. Everything in them is synchronous; what belongs together is done in `database.transaction`. */
export function openStores(database: Database) {
  return {
    sites: openSiteStore(database),
    nodes: openNodeStore(database),
    groups: openResourceGroupStore(database),
    activations: openActivationStore(database),
    documents: openDocumentStore(database),
    alarms: openAlarmStore(database),
    parameters: openParameterStore(database),
    packages: openPackageStore(database),
    associations: openAssociationStore(database),
    legacyStatuses: openLegacyStatusStore(database),
    executions: openExecutionStore(database),
    owedRuns: openOwedRunStore(database),
    compliance: openComplianceStore(database),
    inventory: openInventoryStore(database),
    retention: openRetentionStore(database),
    outputDestinations: openOutputDestinationStore(database),
    outputCopies: openOutputCopyStore(database),
  };
}
