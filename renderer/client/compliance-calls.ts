import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { ChangePattern } from './change-match.ts';
import type { Filtered, Inputs, Outputs } from './question.ts';
import { call } from './question.ts';

export type ComplianceFilter = Filtered<
  Inputs['compliance']['remediation'],
  { associationId: AssociationId | null; nodeId: NodeId | null }
>;
type ItemsOf = ComplianceFilter & Pick<Inputs['compliance']['items'], 'offset' | 'limit'>;
type ItemOf = Filtered<Inputs['compliance']['item'], { nodeId: NodeId }>;
type HistoryOf = Filtered<Inputs['compliance']['history'], { nodeId: NodeId }>;

/** What may change items that a filter shows. */
const ofItems = ({ nodeId, associationId }: Pick<ComplianceFilter, 'nodeId' | 'associationId'>): ChangePattern[] => [
  { kind: 'compliance', ...(nodeId === null ? {} : { nodeId }), ...(associationId === null ? {} : { associationId }) },
  { kind: 'association' },
  ...(nodeId === null ? [{ kind: 'node' as const }] : [{ kind: 'node' as const, nodeId }]),
];

export const compliance = {
  items: (input: ItemsOf) =>
    call<Outputs['compliance']['items']>({
      name: 'compliance.items',
      input,
      on: ofItems(input),
      ask: (client, options) => client.compliance.items(input, options),
    }),
  item: (input: ItemOf) =>
    call<Outputs['compliance']['item']>({
      name: 'compliance.item',
      input,
      on: ofItems({ nodeId: input.nodeId, associationId: null }),
      ask: (client, options) => client.compliance.item(input, options),
    }),
  byNode: (input: ItemsOf) =>
    call<Outputs['compliance']['byNode']>({
      name: 'compliance.byNode',
      input,
      on: ofItems(input),
      ask: (client, options) => client.compliance.byNode(input, options),
    }),
  bySubject: (input: ItemsOf) =>
    call<Outputs['compliance']['bySubject']>({
      name: 'compliance.bySubject',
      input,
      on: ofItems(input),
      ask: (client, options) => client.compliance.bySubject(input, options),
    }),
  summaries: () =>
    call<Outputs['compliance']['summaries']>({
      name: 'compliance.summaries',
      on: ofItems({ nodeId: null, associationId: null }),
      ask: (client, options) => client.compliance.summaries(undefined, options),
    }),
  history: (input: HistoryOf) =>
    call<Outputs['compliance']['history']>({
      name: 'compliance.history',
      input,
      on: ofItems({ nodeId: input.nodeId, associationId: null }),
      ask: (client, options) => client.compliance.history(input, options),
    }),
  remediation: (input: ComplianceFilter) =>
    call<Outputs['compliance']['remediation']>({
      name: 'compliance.remediation',
      input,
      on: ofItems(input),
      ask: (client, options) => client.compliance.remediation(input, options),
    }),
};
