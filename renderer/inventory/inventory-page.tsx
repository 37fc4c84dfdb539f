import { IconSearch, IconStack2 } from '@tabler/icons-react';
import type { InventoryOverview } from '../../electron/api/inventory.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import type { InventoryQuery, InventoryView } from '../routes.ts';
import { address } from '../routes.ts';
import { CollectInventoryButton } from '../terms/collect-inventory.tsx';
import { refineAddress } from '../ui/address.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { InventoryResults } from './inventory-results.tsx';
import { queryOf, searchOf, shareOf } from './inventory-view.ts';
import { SearchForm } from './search-form.tsx';

/** Who has what, over all machines. */
export function InventoryPage(view: InventoryView) {
  const overview = useCall(calls.inventory.overview());
  return (
    <Page layout="fill">
      <PageHeader title="Inventory">
        {overview.status === 'full' ? <Known overview={overview.answer} /> : 'What the machines are made of.'}
      </PageHeader>
      {overview.status === 'loading' && <SkeletonLines lines={6} />}
      {overview.status === 'fault' && <FaultNotice fault={overview.fault} />}
      {overview.status === 'full' && <Content view={view} overview={overview.answer} />}
    </Page>
  );
}

function Known({ overview: { nodes, inventoried, associations } }: { overview: InventoryOverview }) {
  const [first] = associations;
  return (
    <>
      {countText(inventoried)} of {nodes === 1 ? '1 machine' : `${countText(nodes)} machines`} told what they are made of
      {first !== undefined && (
        <>
          {' '}
          through <a href={address.association(first.associationId)}>{first.title}</a>
          {associations.length > 1 && ` and ${associations.length - 1} more`}
        </>
      )}
      .
    </>
  );
}

function Content({ view, overview }: { view: InventoryView; overview: InventoryOverview }) {
  const search = searchOf(view);
  const refine = (change: InventoryQuery) => refineAddress(address.inventory({ ...queryOf(view), ...change }));
  if (overview.inventoried === 0) return <NothingCollected overview={overview} />;
  return (
    <>
      <SearchForm search={search} refine={refine} />
      {search.name === '' ? <NoQuestion /> : <InventoryResults search={search} share={shareOf(view)} refine={refine} />}
    </>
  );
}

function NothingCollected({ overview: { associations } }: { overview: InventoryOverview }) {
  const [first] = associations;
  if (first !== undefined) {
    return (
      <EmptyState icon={IconStack2} title="No machine has told anything yet">
        <a href={address.association(first.associationId)}>{first.title}</a> collects inventory: what it brings appears here as soon as a
        machine has finished it.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconStack2} title="Nothing is collected yet" actions={<CollectInventoryButton />}>
      An association with the document Holdfast-GatherSoftwareInventory lets machines tell, every half hour, which applications they have in
      which versions, their network, services and hardware. Then this page answers who has OpenSSL older than 3.0.15.
    </EmptyState>
  );
}

function NoQuestion() {
  const older = { name: 'openssl', match: 'contains', comparator: 'older', version: '3.0.15' };
  return (
    <EmptyState icon={IconSearch} title="Look for an application">
      By its name or a part of it, and by its version: for example <a href={address.inventory(older)}>openssl older than 3.0.15</a>.
      Whatever else a machine told is on its own Inventory tab.
    </EmptyState>
  );
}
