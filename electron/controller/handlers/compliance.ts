import type * as z from 'zod';
import type { ComplianceFilter } from '../../api/compliance.ts';
import { ASSOCIATION_TYPE } from '../../domain/compliance.ts';
import type { CompliancePageQuery } from '../store/compliance-pages.ts';
import { os } from './implementer.ts';

type FilteredPage = z.output<typeof ComplianceFilter> & { offset: number; limit: number };

const queryOf = ({ associationId, ...filter }: FilteredPage): CompliancePageQuery => ({
  ...filter,
  ...(associationId === null ? { itemId: null } : { complianceType: ASSOCIATION_TYPE, itemId: associationId }),
});

export const complianceHandlers = {
  items: os.compliance.items.handler(({ context: { site }, input }) => site.context.stores.compliance.page(queryOf(input))),
};
