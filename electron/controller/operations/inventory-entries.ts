import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { InventoryEntry } from '../../../agent/protocol/inventory.ts';
import type { ComplianceItem } from '../../domain/compliance.ts';
import type { ComplianceResource } from '../../domain/compliance-change.ts';
import { resourceSummaryOf } from '../../domain/compliance-summary.ts';
import { ownAttributeOf } from '../../domain/inventory.ts';
import type { AttributeFilter, TypeFilter } from '../../domain/inventory-filter.ts';
import { filtersByType } from '../../domain/inventory-filter.ts';
import { builtInSchema, isDerived } from '../../domain/inventory-type.ts';
import { pingStatusOf } from '../../domain/node.ts';
import type { StoredNode } from '../store/node-store.ts';
import type { Context } from './context.ts';

type InventoryContext = Pick<Context, 'stores' | 'clock' | 'link' | 'index'>;

/** One type on one node with all of its entries. */
export type WholeItem = { schemaVersion: string; captureTime: Date; contentHash: string | null; content: readonly InventoryEntry[] };

function instanceInformation({ link, clock }: InventoryContext, nodeId: NodeId, node: StoredNode | null): InventoryEntry {
  if (node === null) return { InstanceId: nodeId, InstanceStatus: 'Terminated', ResourceType: 'ManagedInstance' };
  const status = pingStatusOf({ isConnected: link.isConnected(nodeId), lastPingAt: node.lastPingAt }, clock.now());
  const InstanceStatus = status === 'Online' ? 'Active' : 'ConnectionLost';
  return {
    AgentType: 'holdfast-agent',
    AgentVersion: node.agentVersion,
    ComputerName: node.computerName,
    InstanceId: nodeId,
    IpAddress: node.ipAddress,
    PlatformName: node.platformName,
    PlatformType: node.platformType,
    PlatformVersion: node.platformVersion,
    ResourceType: 'ManagedInstance',
    AgentStatus: InstanceStatus,
    InstanceStatus,
  };
}

const complianceEntry = (item: ComplianceItem): InventoryEntry => ({
  ComplianceType: item.complianceType,
  ExecutionId: item.executionId ?? '',
  ExecutionType: item.executionType ?? '',
  ExecutionTime: item.capturedAt.toISOString(),
  Id: item.itemId,
  Title: item.title,
  Status: item.status,
  Severity: item.severity,
  ...Object.fromEntries(Object.entries(item.details).filter(([name]) => COMPLIANCE_ATTRIBUTES.has(name))),
});

const COMPLIANCE_ATTRIBUTES = new Set(builtInSchema('AWS:ComplianceItem')?.attributes.map(({ name }) => name));

function summaryEntry(resource: ComplianceResource): InventoryEntry {
  const { status, overallSeverity, compliant, nonCompliant } = resourceSummaryOf(resource.counts);
  const counted = (before: string, { count: _count, ...severities }: typeof compliant) =>
    Object.fromEntries(Object.entries(severities).map(([name, count]) => [`${before}${name}`, String(count)]));
  return {
    ComplianceType: resource.complianceType,
    Status: status,
    OverallSeverity: overallSeverity,
    ExecutionId: resource.executionId ?? '',
    ExecutionType: resource.executionType ?? '',
    ExecutionTime: resource.executionTime.toISOString(),
    ...counted('Compliant', compliant),
    ...counted('NonCompliant', nonCompliant),
  };
}

function derivedContent(context: InventoryContext, nodeId: NodeId, typeName: string): InventoryEntry[] {
  const { stores } = context;
  const node = stores.nodes.find(nodeId);
  switch (typeName) {
    case 'AWS:InstanceInformation':
      return [instanceInformation(context, nodeId, node)];
    case 'AWS:Tag':
      return (node?.tags ?? []).map(({ key, value }) => ({ Key: key, Value: value }));
    case 'AWS:ComplianceItem':
      return stores.compliance.ofNode(nodeId).map(complianceEntry);
    case 'AWS:ComplianceSummary':
      return stores.compliance.resourcesOfNode(nodeId).map(summaryEntry);
    default:
      return [];
  }
}

/** Null where nothing of the type is known of the node. */
export function wholeItem(context: InventoryContext, nodeId: NodeId, typeName: string): WholeItem | null {
  const { inventory } = context.stores;
  if (!isDerived(typeName)) {
    const item = inventory.item(nodeId, typeName);
    return item === null ? null : { ...item, content: inventory.entries(nodeId, typeName) };
  }
  const content = derivedContent(context, nodeId, typeName);
  return content.length === 0 ? null : { schemaVersion: '1.0', captureTime: context.clock.now(), contentHash: null, content };
}

/** Registered nodes, and those that are gone and of which something is kept, by id. */
export const nodesWithInventory = ({ stores, index }: InventoryContext): NodeId[] =>
  [...new Set([...index.fleet().members.keys(), ...stores.inventory.goneNodes()])].sort();

type NodeTest = (nodeId: NodeId) => boolean;

/** By the values that nodes have of a type, which are few, and not by their entries. */
function testByValues({ stores: { inventory } }: InventoryContext, typeName: string, isMet: (entry: InventoryEntry) => boolean): NodeTest {
  const values: number[] = [];
  for (const { valueNumber, content } of inventory.values(typeName)) if (isMet(content)) values.push(valueNumber);
  const nodes = new Set(inventory.nodesWith(values));
  return (nodeId) => nodes.has(nodeId);
}

function testOfType(context: InventoryContext, { typeName, isSought, isForbidden }: TypeFilter, needsOwn: boolean): NodeTest {
  const byValues = !isDerived(typeName) && !needsOwn;
  const hasOne = (isMet: (entry: InventoryEntry) => boolean): NodeTest =>
    byValues
      ? testByValues(context, typeName, isMet)
      : (nodeId) => wholeItem(context, nodeId, typeName)?.content.some((entry) => isMet(entry)) ?? false;
  const [sought, forbidden] = [isSought === null ? null : hasOne(isSought), isForbidden === null ? null : hasOne(isForbidden)];
  return (nodeId) => (sought === null || sought(nodeId)) && (forbidden === null || !forbidden(nodeId));
}

/** Whether a node meets all filters. Those on one type are to be met by one entry; NotEqual is met where no entry is equal. */
export function inventoryTest(context: InventoryContext, filters: readonly AttributeFilter[]): NodeTest {
  const tests = filtersByType(filters).map((filter) => {
    const own = ownAttributeOf(filter.typeName);
    return testOfType(
      context,
      filter,
      own !== null && filters.some(({ typeName, attribute }) => typeName === filter.typeName && attribute === own),
    );
  });
  return (nodeId) => tests.every((isMet) => isMet(nodeId));
}
