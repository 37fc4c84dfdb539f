import { associations } from './associations.ts';
import { calendars } from './calendars.ts';
import { changes } from './changes.ts';
import { compliance } from './compliance.ts';
import { documents } from './documents.ts';
import { executions } from './executions.ts';
import { groups } from './groups.ts';
import { inventory } from './inventory.ts';
import { activations, nodes } from './nodes.ts';
import { outputs } from './outputs.ts';
import { packages } from './packages.ts';
import { parameters } from './parameters.ts';
import { preview } from './preview.ts';
import { site } from './site.ts';
import { ssm } from './ssm.ts';

/** Everything a window may ask and hear. A call without a handler does not compile (controller/api-handlers.ts). */
export const contract = {
  site,
  nodes,
  groups,
  activations,
  associations,
  executions,
  documents,
  parameters,
  packages,
  calendars,
  compliance,
  inventory,
  outputs,
  preview,
  ssm,
  changes,
};
export type Contract = typeof contract;
