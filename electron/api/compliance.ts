import * as z from 'zod';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceItem, ComplianceStatus, ComplianceType, ItemSeverity } from '../domain/compliance.ts';
import { ComplianceResource, ItemChange } from '../domain/compliance-change.ts';
import { LeftItems, RemediationRun } from '../domain/compliance-remediation.ts';
import { call, PageInput, pageOf } from './call.ts';

export const ComplianceRow = z.object({ ...ComplianceItem.shape, nodeName: z.string() });
export type ComplianceRow = z.infer<typeof ComplianceRow>;

/** One type on one node. */
export const ComplianceNodeRow = z.object({
  ...ComplianceResource.omit({ contentHash: true, bytes: true }).shape,
  nodeName: z.string(),
});
export type ComplianceNodeRow = z.infer<typeof ComplianceNodeRow>;

/** One item over all nodes that have it; severity and since when are those of where it stands worst. */
export const ComplianceSubjectRow = z.object({
  complianceType: ComplianceType,
  itemId: z.string(),
  title: z.string(),
  status: ComplianceStatus,
  severity: ItemSeverity,
  since: z.date(),
  compliant: z.number(),
  nonCompliant: z.number(),
});
export type ComplianceSubjectRow = z.infer<typeof ComplianceSubjectRow>;

const SeverityCounts = z.record(ItemSeverity, z.number());

/** One type over all nodes: it counts nodes (spec.md 7.3). */
export const ComplianceTypeSummary = z.object({
  complianceType: ComplianceType,
  compliantCount: z.number(),
  nonCompliantCount: z.number(),
  compliantBySeverity: SeverityCounts,
  nonCompliantBySeverity: SeverityCounts,
});
export type ComplianceTypeSummary = z.infer<typeof ComplianceTypeSummary>;

const ItemId = z.string().max(100);

/** What a list is kept to; null and '' are no filter. A search is found in titles, ids, and what a node is called and tagged. */
export const ComplianceFilter = z.strictObject({
  nodeId: NodeId.nullable(),
  associationId: AssociationId.nullable(),
  status: ComplianceStatus.nullable(),
  complianceType: ComplianceType.nullable().default(null),
  /** Of that type. */
  itemId: ItemId.nullable().default(null),
  severity: ItemSeverity.nullable().default(null),
  search: z.string().max(200).default(''),
});
export type ComplianceFilter = z.input<typeof ComplianceFilter>;

const FilteredPage = z.strictObject({ ...PageInput.shape, ...ComplianceFilter.shape });
const OneItem = z.strictObject({ nodeId: NodeId, complianceType: ComplianceType, itemId: ItemId });

export const RemediationPlan = z.object({
  runs: z.array(RemediationRun),
  /** Over all runs, each node once. */
  nodes: z.number(),
  left: z.array(LeftItems),
  /** More nodes than this ask for a typed confirmation. */
  confirmAbove: z.number(),
});
export type RemediationPlan = z.infer<typeof RemediationPlan>;

export const Remediated = z.object({
  started: z.array(z.object({ associationId: AssociationId, title: z.string(), executionId: ExecutionId.nullable() })),
  left: z.array(LeftItems),
});
export type Remediated = z.infer<typeof Remediated>;

/** Items are put, and listed in the API's own form, by `ssm.call`. */
export const compliance = {
  /** Non-compliant first, then by severity, then oldest first. */
  items: call.input(FilteredPage).output(pageOf(ComplianceRow)),
  item: call.input(OneItem).output(ComplianceRow.nullable()),
  byNode: call.input(FilteredPage).output(pageOf(ComplianceNodeRow)),
  bySubject: call.input(FilteredPage).output(pageOf(ComplianceSubjectRow)),
  summaries: call.output(z.array(ComplianceTypeSummary)),
  /** The newest first; also of an item that went. */
  history: call.input(z.strictObject({ ...PageInput.shape, ...OneItem.shape })).output(pageOf(ItemChange)),
  /** What would run to make compliant what the filter shows. */
  remediation: call.input(ComplianceFilter).output(RemediationPlan),
  remediate: call.input(ComplianceFilter).output(Remediated),
};
