import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceStatus, ComplianceType, ItemSeverity } from '../../electron/domain/compliance.ts';
import type { ComplianceFilter } from '../client/compliance-calls.ts';
import type { ComplianceQuery, ComplianceView } from '../routes.ts';

export type { ComplianceFilter };

/** What one row stands for. */
export type Grouping = 'item' | 'node' | null;

/** What an address means; what it says that is none is no filter. */
export const filterOf = (view: ComplianceView): ComplianceFilter => ({
  status: ComplianceStatus.nullable().catch(null).parse(view.status),
  nodeId: NodeId.nullable().catch(null).parse(view.nodeId),
  associationId: AssociationId.nullable().catch(null).parse(view.associationId),
  complianceType: ComplianceType.nullable().catch(null).parse(view.complianceType),
  itemId: view.itemId,
  severity: ItemSeverity.nullable().catch(null).parse(view.severity),
  search: view.search.slice(0, 200),
});

export const groupingOf = ({ group }: ComplianceView): Grouping => (group === 'node' || group === 'item' ? group : null);

export const queryOf = (view: ComplianceView): ComplianceQuery => ({
  status: view.status,
  node: view.nodeId,
  association: view.associationId,
  type: view.complianceType,
  item: view.itemId,
  severity: view.severity,
  search: view.search,
  group: view.group,
});

export const isFiltered = ({ status, nodeId, associationId, complianceType, itemId, severity, search }: ComplianceFilter): boolean =>
  [status, nodeId, associationId, complianceType, itemId, severity].some((value) => value !== null && value !== undefined) ||
  (search ?? '') !== '';
