import * as z from 'zod';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { ComplianceItem } from '../../domain/compliance.ts';
import type { ComplianceResource, ExecutionSummary } from '../../domain/compliance-change.ts';
import type { Filtering } from '../../domain/compliance-filter.ts';
import { ComplianceStringFilter, itemFiltering, resourceFiltering } from '../../domain/compliance-filter.ts';
import type { SeverityCounts, SeveritySummary } from '../../domain/compliance-summary.ts';
import { resourceSummaryOf, severitySummary, typeSummaryOf } from '../../domain/compliance-summary.ts';
import { ComplianceUpload, MANAGED_INSTANCE, UploadSummary } from '../../domain/compliance-upload.ts';
import { Fault } from '../../domain/faults.ts';
import { complianceNode, putComplianceItems as put } from '../operations/put-compliance-items.ts';
import { present, Timestamp } from './members.ts';
import { operation } from './operation.ts';
import { paged, pageOf, pageOfSorted, pagerFor } from './paging.ts';

const PutRequest = ComplianceUpload.extend({ ExecutionSummary: UploadSummary.extend({ ExecutionTime: Timestamp }) });

export const putComplianceItems = operation(PutRequest, (context, upload) => {
  put(context, upload);
  return {};
});

const Filters = z.array(ComplianceStringFilter).max(50, 'at most 50 filters are taken.').default([]);
const ItemsRequest = z.strictObject({
  Filters,
  ResourceIds: z.array(z.string()).length(1, 'exactly one node is taken.'),
  ResourceTypes: z.array(z.string()).length(1, 'exactly one type is taken.').default([MANAGED_INSTANCE]),
  ...paged(),
});
const SummariesRequest = z.strictObject({ Filters, ...paged() });

function tested<Entry>(filtering: Filtering<Entry>): (entry: Entry) => boolean {
  if (filtering.ok) return filtering.matches;
  const { problem, field } = filtering;
  throw new Fault('InvalidFilter', { problem }, { places: [{ field }] });
}

const summaryMembers = ({ executionTime, executionId, executionType }: ExecutionSummary) =>
  present({ ExecutionTime: executionTime, ExecutionId: executionId, ExecutionType: executionType });

const resourceMembers = ({ nodeId, complianceType }: { nodeId: NodeId; complianceType: string }) => ({
  ComplianceType: complianceType,
  ResourceType: MANAGED_INSTANCE,
  ResourceId: nodeId,
});

const itemMembers = (item: ComplianceItem) => ({
  ...resourceMembers(item),
  Id: item.itemId,
  Title: item.title,
  Status: item.status,
  Severity: item.severity,
  ExecutionSummary: summaryMembers({ ...item, executionTime: item.capturedAt }),
  Details: item.details,
});

/** Neither part has a control character, so the whole sorts as its parts do. */
const positionOf = (...parts: string[]): string => parts.join('\n');
const itemPosition = ({ complianceType, itemId }: ComplianceItem): string => positionOf(complianceType, itemId);
const byPosition = (a: ComplianceItem, b: ComplianceItem): number => (itemPosition(a) < itemPosition(b) ? -1 : 1);

/** Those of one node, by type and id. */
export const listComplianceItems = operation(ItemsRequest, (context, request) => {
  const { Filters: filters, ResourceIds, ResourceTypes } = request;
  const [[ResourceId = ''], [ResourceType = '']] = [ResourceIds, ResourceTypes];
  const { nodeId } = complianceNode(context, { ResourceId, ResourceType }, { id: 'ResourceIds', type: 'ResourceTypes' });
  const matches = tested(itemFiltering(filters));
  const pager = pagerFor(context, 'ListComplianceItems', request);
  const items = context.stores.compliance.ofNode(nodeId).filter(matches).sort(byPosition);
  const { rows, ...rest } = pageOfSorted(pager, items, itemPosition);
  return { ComplianceItems: rows.map(itemMembers), ...rest };
});

const severities = ({ count: _count, ...bySeverity }: SeveritySummary) => bySeverity;

function resourceSummaryMembers(resource: ComplianceResource) {
  const { status, overallSeverity, compliant, nonCompliant } = resourceSummaryOf(resource.counts);
  return {
    ...resourceMembers(resource),
    Status: status,
    OverallSeverity: overallSeverity,
    ExecutionSummary: summaryMembers(resource),
    CompliantSummary: { CompliantCount: compliant.count, SeveritySummary: severities(compliant) },
    NonCompliantSummary: { NonCompliantCount: nonCompliant.count, SeveritySummary: severities(nonCompliant) },
  };
}

/** One for each type on each node, by node and type. */
export const listResourceComplianceSummaries = operation(SummariesRequest, (context, request) => {
  const matches = tested(resourceFiltering(request.Filters));
  const pager = pagerFor(context, 'ListResourceComplianceSummaries', request);
  const [nodeId = '', complianceType = ''] = pager.after?.split('\n') ?? [];
  const found: ComplianceResource[] = [];
  for (const resource of context.stores.compliance.resourcesAfter({ nodeId, complianceType })) {
    if (matches(resource)) found.push(resource);
    if (found.length > pager.limit) break;
  }
  const { rows, ...rest } = pageOf(pager, found, (resource) => positionOf(resource.nodeId, resource.complianceType));
  return { ResourceComplianceSummaryItems: rows.map(resourceSummaryMembers), ...rest };
});

function typeSummaryMembers(complianceType: string, resources: readonly ComplianceResource[]) {
  const { compliantCount, nonCompliantCount, compliantBySeverity, nonCompliantBySeverity } = typeSummaryOf(resources);
  const bucketed = (counts: SeverityCounts) => severities(severitySummary(counts));
  return {
    ComplianceType: complianceType,
    CompliantSummary: { CompliantCount: compliantCount, SeveritySummary: bucketed(compliantBySeverity) },
    NonCompliantSummary: { NonCompliantCount: nonCompliantCount, SeveritySummary: bucketed(nonCompliantBySeverity) },
  };
}

/** One for each type, over the nodes that the filters leave. */
export const listComplianceSummaries = operation(SummariesRequest, (context, request) => {
  const matches = tested(resourceFiltering(request.Filters));
  const pager = pagerFor(context, 'ListComplianceSummaries', request);
  const byType = new Map<string, ComplianceResource[]>();
  for (const resource of context.stores.compliance.resourcesAfter({ nodeId: '', complianceType: '' })) {
    if (!matches(resource)) continue;
    const known = byType.get(resource.complianceType);
    if (known === undefined) byType.set(resource.complianceType, [resource]);
    else known.push(resource);
  }
  const types = [...byType].sort(([a], [b]) => (a < b ? -1 : 1));
  const { rows, ...rest } = pageOfSorted(pager, types, ([type]) => type);
  return { ComplianceSummaryItems: rows.map(([type, resources]) => typeSummaryMembers(type, resources)), ...rest };
});
