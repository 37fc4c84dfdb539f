import type { NodeId } from '../../agent/protocol/ids.ts';
import type { ChangePattern } from './change-match.ts';
import type { Filtered, Inputs, Outputs } from './question.ts';
import { call } from './question.ts';

type EntriesOf = Filtered<Inputs['inventory']['entries'], { nodeId: NodeId }>;

/** What may change who has what. */
const fleetWide: readonly ChangePattern[] = [{ kind: 'inventory' }, { kind: 'node' }];

export const inventory = {
  overview: () =>
    call<Outputs['inventory']['overview']>({
      name: 'inventory.overview',
      on: [...fleetWide, { kind: 'association' }, { kind: 'document' }],
      ask: (client, options) => client.inventory.overview(undefined, options),
    }),
  items: (nodeId: NodeId) =>
    call<Outputs['inventory']['items']>({
      name: 'inventory.items',
      input: nodeId,
      on: [{ kind: 'inventory', nodeId }],
      ask: (client, options) => client.inventory.items({ nodeId }, options),
    }),
  entries: (input: EntriesOf) =>
    call<Outputs['inventory']['entries']>({
      name: 'inventory.entries',
      input,
      on: [{ kind: 'inventory', nodeId: input.nodeId }],
      ask: (client, options) => client.inventory.entries(input, options),
    }),
  search: (input: Inputs['inventory']['search']) =>
    call<Outputs['inventory']['search']>({
      name: 'inventory.search',
      input,
      on: fleetWide,
      ask: (client, options) => client.inventory.search(input, options),
    }),
  facts: (input: Inputs['inventory']['facts']) =>
    call<Outputs['inventory']['facts']>({
      name: 'inventory.facts',
      input,
      on: fleetWide,
      ask: (client, options) => client.inventory.facts(input, options),
    }),
  names: (text: string) =>
    call<Outputs['inventory']['names']>({
      name: 'inventory.names',
      input: text,
      on: [{ kind: 'inventory' }],
      ask: (client, options) => client.inventory.names({ text }, options),
    }),
};
