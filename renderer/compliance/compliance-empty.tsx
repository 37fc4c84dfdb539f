import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react';
import { address } from '../routes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import type { ComplianceFilter } from './compliance-view.ts';
import { isFiltered } from './compliance-view.ts';

export function NothingShown({ filter }: { filter: ComplianceFilter }) {
  const showAll = <a href={address.compliance()}>Show all items</a>;
  if (filter.status === 'NON_COMPLIANT' && !isFiltered({ ...filter, status: null })) {
    return (
      <EmptyState icon={IconShieldCheck} title="Nothing is non-compliant">
        Wherever an association has finished, its last run there succeeded. {showAll}
      </EmptyState>
    );
  }
  if (isFiltered(filter)) {
    return (
      <EmptyState icon={IconShieldQuestion} title="No item is like this">
        An association has an item on a machine once it has finished there. {showAll}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconShieldQuestion} title="Nothing is known yet">
      An item appears for each machine when an association has finished there for the first time: compliant if it succeeded, non-compliant
      if it failed. Items of your own can be put by hand. <a href={address.newAssociation()}>Create an association</a>
    </EmptyState>
  );
}
