import type * as z from 'zod';
import type { ComplianceFilter, ComplianceTypeSummary } from '../../api/compliance.ts';
import { ASSOCIATION_TYPE } from '../../domain/compliance.ts';
import { typeSummaryOf } from '../../domain/compliance-summary.ts';
import type { Context } from '../operations/context.ts';
import { planRemediation, remediateCompliance } from '../operations/remediate-compliance.ts';
import type { TypeStanding } from '../store/compliance-counts.ts';
import type { ComplianceFilter as StoredFilter } from '../store/compliance-pages.ts';
import { os } from './implementer.ts';

type Filter = z.output<typeof ComplianceFilter>;

const filterOf = ({ associationId, ...filter }: Filter): StoredFilter =>
  associationId === null ? filter : { ...filter, complianceType: ASSOCIATION_TYPE, itemId: associationId };

const paged = ({ offset, limit, ...filter }: Filter & { offset: number; limit: number }) => ({ ...filterOf(filter), offset, limit });

function typeSummaries({ stores }: Pick<Context, 'stores'>): ComplianceTypeSummary[] {
  const byType = new Map<string, TypeStanding[]>();
  for (const standing of stores.compliance.standings()) {
    byType.set(standing.complianceType, [...(byType.get(standing.complianceType) ?? []), standing]);
  }
  return [...byType].map(([complianceType, standings]) => ({ complianceType, ...typeSummaryOf(standings) }));
}

export const complianceHandlers = {
  items: os.compliance.items.handler(({ context: { site }, input }) => site.context.stores.compliance.page(paged(input))),
  item: os.compliance.item.handler(({ context: { site }, input: { nodeId, complianceType, itemId } }) => {
    const query = { nodeId, complianceType, itemId, status: null, severity: null, search: '', offset: 0, limit: 1 };
    return site.context.stores.compliance.page(query).rows[0] ?? null;
  }),
  byNode: os.compliance.byNode.handler(({ context: { site }, input }) => site.context.stores.compliance.resourcePage(paged(input))),
  bySubject: os.compliance.bySubject.handler(({ context: { site }, input }) => site.context.stores.compliance.subjectPage(paged(input))),
  summaries: os.compliance.summaries.handler(({ context: { site } }) => typeSummaries(site.context)),
  history: os.compliance.history.handler(({ context: { site }, input: { offset, limit, ...item } }) =>
    site.context.stores.compliance.history(item, { offset, limit }),
  ),
  remediation: os.compliance.remediation.handler(({ context: { site }, input }) => ({
    ...planRemediation(site.context, filterOf(input)),
    confirmAbove: site.context.stores.sites.find()?.confirmAbove ?? 0,
  })),
  remediate: os.compliance.remediate.handler(({ context: { site }, input }) => remediateCompliance(site.context, filterOf(input))),
};
