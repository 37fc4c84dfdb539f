import * as z from 'zod';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceItem, ComplianceStatus, ComplianceType, ItemSeverity } from '../domain/compliance.ts';
import { call, PageInput, pageOf } from './call.ts';

export const ComplianceRow = z.object({ ...ComplianceItem.shape, nodeName: z.string() });
export type ComplianceRow = z.infer<typeof ComplianceRow>;

/** What a list is kept to; null and '' are no filter. A search is found in titles, ids, and what a node is called and tagged. */
export const ComplianceFilter = z.strictObject({
  nodeId: NodeId.nullable(),
  associationId: AssociationId.nullable(),
  status: ComplianceStatus.nullable(),
  complianceType: ComplianceType.nullable().default(null),
  severity: ItemSeverity.nullable().default(null),
  search: z.string().max(200).default(''),
});

export const compliance = {
  /** Non-compliant first, then by severity, then oldest first. */
  items: call.input(z.strictObject({ ...PageInput.shape, ...ComplianceFilter.shape })).output(pageOf(ComplianceRow)),
};
