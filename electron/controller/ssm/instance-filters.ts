import * as z from 'zod';
import { PlatformType } from '../../../agent/protocol/messages.ts';
import { OverviewStatus } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import type { PingStatus } from '../../domain/node.ts';
import type { NodeOverview } from '../../domain/node-overview.ts';
import type { StoredNode } from '../store/node-store.ts';

/** A node as filters see it. How its associations stand is asked only by who needs it. */
export type FilteredNode = StoredNode & { pingStatus: PingStatus; standing(): NodeOverview | null };

export type NodeTest = (node: FilteredNode) => boolean;

/** How a value of a filter is compared, and which values it can have at all. */
type Key = { values?: readonly string[]; isMet(node: FilteredNode, values: readonly string[]): boolean };

const RESOURCE_TYPES = ['ManagedInstance', 'EC2Instance'];
const never = () => false;

const KEYS: Readonly<Record<string, Key>> = {
  InstanceIds: { isMet: ({ nodeId }, values) => values.includes(nodeId) },
  AgentVersion: { isMet: ({ agentVersion }, values) => values.includes(agentVersion) },
  PingStatus: {
    values: ['Online', 'ConnectionLost', 'Inactive'],
    isMet: ({ pingStatus }, values) => values.includes(pingStatus),
  },
  PlatformTypes: { values: PlatformType.options, isMet: ({ platformType }, values) => values.includes(platformType) },
  ActivationIds: { isMet: ({ activationId }, values) => activationId !== null && values.includes(activationId) },
  ResourceType: { values: RESOURCE_TYPES, isMet: (_, values) => values.includes('ManagedInstance') },
  AssociationStatus: {
    values: OverviewStatus.options,
    isMet: ({ standing }, values) => values.some((value) => standing()?.status === value),
  },
  'tag-key': { isMet: ({ tags }, values) => tags.some(({ key }) => values.includes(key)) },
  // Nodes of a site have no role of a cloud account, and come from no other cloud.
  IamRole: { isMet: never },
  SourceIds: { isMet: never },
  SourceTypes: { isMet: never },
};

const tagKey = (key: string): Key => ({
  isMet: ({ tags }, values) => tags.some((tag) => tag.key === key && values.includes(tag.value)),
});

function keyOf(key: string, field: string): Key {
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (known !== undefined) return known;
  if (key.startsWith('tag:') && key.length > 'tag:'.length) return tagKey(key.slice('tag:'.length));
  throw new Fault('InvalidFilterKey', { key }, { places: [{ field }] });
}

/** One filter: any of its values. */
export function nodeTest(filter: { key: string; values: readonly string[] }, places: { key: string; values: string }): NodeTest {
  const { values, isMet } = keyOf(filter.key, places.key);
  const odd = values === undefined ? undefined : filter.values.find((value) => !values.includes(value));
  if (odd !== undefined) {
    throw new Fault('InvalidInstanceInformationFilterValue', { key: filter.key, value: odd }, { places: [{ field: places.values }] });
  }
  return (node) => isMet(node, filter.values);
}

const Values = z.array(z.string()).min(1).max(100);
export const filterMembers = {
  Filters: z.array(z.strictObject({ Key: z.string().min(1), Values })).optional(),
  /** The older spelling of the same. */
  InstanceInformationFilterList: z.array(z.strictObject({ key: z.string().min(1), valueSet: Values })).optional(),
};

const Filters = z.strictObject(filterMembers);

/** Every filter of either list, all to be met. */
export function nodeTests({ Filters: filters = [], InstanceInformationFilterList: older = [] }: z.output<typeof Filters>): NodeTest[] {
  return [
    ...filters.map(({ Key: key, Values: values }, position) =>
      nodeTest({ key, values }, { key: `Filters.${position}.Key`, values: `Filters.${position}.Values` }),
    ),
    ...older.map(({ key, valueSet: values }, position) => {
      const place = `InstanceInformationFilterList.${position}`;
      return nodeTest({ key, values }, { key: `${place}.key`, values: `${place}.valueSet` });
    }),
  ];
}
