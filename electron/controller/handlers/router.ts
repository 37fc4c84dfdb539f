import { associationHandlers } from './associations.ts';
import { calendarHandlers } from './calendars.ts';
import { complianceHandlers } from './compliance.ts';
import { documentHandlers } from './documents.ts';
import { executionHandlers } from './executions.ts';
import { groupHandlers } from './groups.ts';
import { os } from './implementer.ts';
import { inventoryHandlers } from './inventory.ts';
import { activationHandlers, nodeHandlers } from './nodes.ts';
import { outputHandlers } from './outputs.ts';
import { packageHandlers } from './packages.ts';
import { parameterHandlers } from './parameters.ts';
import { previewHandlers } from './preview.ts';
import { siteHandlers } from './site.ts';
import { ssmHandlers } from './ssm.ts';

/** Every call of the contract with its handler. A call without one does not compile. */
export const router = os.router({
  site: siteHandlers,
  nodes: nodeHandlers,
  groups: groupHandlers,
  activations: activationHandlers,
  associations: associationHandlers,
  executions: executionHandlers,
  documents: documentHandlers,
  parameters: parameterHandlers,
  packages: packageHandlers,
  calendars: calendarHandlers,
  compliance: complianceHandlers,
  inventory: inventoryHandlers,
  outputs: outputHandlers,
  preview: previewHandlers,
  ssm: ssmHandlers,
  changes: {
    watch: os.changes.watch.handler(({ context: { site }, signal }) => site.changes.watch(signal ?? new AbortController().signal)),
  },
});
