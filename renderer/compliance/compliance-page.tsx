import { Button } from '@mantine/core';
import { IconDownload, IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react';
import { useCallback } from 'react';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceStatus } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall, useCallWhen, useLastAnswer } from '../client/use-call.ts';
import { useRows } from '../client/use-rows.ts';
import { address } from '../routes.ts';
import { complianceLooks } from '../terms/looks.ts';
import { refineAddress } from '../ui/address.ts';
import type { Choice } from '../ui/choice-row.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/moment.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import { FilterChip, Toolbar } from '../ui/toolbar.tsx';
import classes from './compliance.module.css';
import { complianceColumns, reasonOf } from './compliance-columns.tsx';
import type { ComplianceFilter } from './use-export.ts';
import { useExport } from './use-export.ts';

interface CompliancePageProps {
  status: string | null;
  nodeId: string | null;
  associationId: string | null;
}

export function CompliancePage({ status: statusText, nodeId: nodeText, associationId: associationText }: CompliancePageProps) {
  const status = ComplianceStatus.nullable().catch(null).parse(statusText);
  const nodeId = NodeId.nullable().catch(null).parse(nodeText);
  const associationId = AssociationId.nullable().catch(null).parse(associationText);
  const filter: ComplianceFilter = { status, nodeId, associationId };
  const rows = useRows((page) => calls.compliance.items({ ...page, ...filter }));
  const counts = {
    COMPLIANT: useCount({ ...filter, status: 'COMPLIANT' }),
    NON_COMPLIANT: useCount({ ...filter, status: 'NON_COMPLIANT' }),
  };
  const refine = useCallback(
    (change: { status?: string | null; association?: string | null; node?: string | null }) =>
      refineAddress(address.compliance({ status: statusText, association: associationText, node: nodeText, ...change })),
    [statusText, associationText, nodeText],
  );
  return (
    <Page layout="fill">
      <PageHeader title="Compliance" actions={<ExportButton filter={filter} isEmpty={rows.total === 0} />}>
        Where each association stands on each machine, after its last finished run.
      </PageHeader>
      <Standing counts={counts} />
      <Toolbar aside={rows.status === 'full' ? plural(rows.total, 'item') : undefined}>
        <ChoiceRow label="Status" choices={choicesOf(counts)} value={status} onChange={(value) => refine({ status: value })} />
        {associationId !== null && <AssociationChip associationId={associationId} onClear={() => refine({ association: null })} />}
        {nodeId !== null && <NodeChip nodeId={nodeId} onClear={() => refine({ node: null })} />}
      </Toolbar>
      <DataTable
        label="Compliance items"
        fit="page"
        columns={complianceColumns}
        rows={rows}
        rowKey={(row) => `${row.complianceType} ${row.itemId} ${row.nodeId}`}
        hrefOf={reasonOf}
        empty={<Nothing filter={filter} />}
      />
    </Page>
  );
}

type Counts = Record<ComplianceStatus, number | null>;

/** How many items there are; null while that is not known. */
function useCount(filter: ComplianceFilter): number | null {
  const last = useLastAnswer(useCall(calls.compliance.items({ ...filter, offset: 0, limit: 1 })));
  return last === null ? null : last.answer.total;
}

const totalOf = ({ COMPLIANT, NON_COMPLIANT }: Counts): number | null =>
  COMPLIANT === null || NON_COMPLIANT === null ? null : COMPLIANT + NON_COMPLIANT;

function choicesOf(counts: Counts): Choice<ComplianceStatus>[] {
  const counted = (count: number | null) => (count === null ? {} : { count });
  return [
    { value: null, label: 'All', ...counted(totalOf(counts)) },
    ...(['NON_COMPLIANT', 'COMPLIANT'] as const).map((value) => ({
      value,
      label: complianceLooks[value].label,
      ...counted(counts[value]),
    })),
  ];
}

/** The whole, in a bar and in words. */
function Standing({ counts }: { counts: Counts }) {
  const total = totalOf(counts);
  if (total === null || total === 0) return null;
  const shares = [
    { key: 'ok', label: 'compliant', count: counts.COMPLIANT ?? 0, tone: 'ok' as const },
    { key: 'bad', label: 'not compliant', count: counts.NON_COMPLIANT ?? 0, tone: 'bad' as const },
  ];
  return (
    <div className={classes.standing}>
      <strong className="hf-tabular">{percentText(counts.COMPLIANT ?? 0, total)} compliant</strong>
      <ShareBar shares={shares} label="Compliance" />
    </div>
  );
}

/** Rounded down, so that 100 % is said only when it is so. */
const percentText = (part: number, whole: number): string => `${Math.floor((100 * part) / whole)} %`;

function ExportButton({ filter, isEmpty }: { filter: ComplianceFilter; isEmpty: boolean }) {
  const items = useExport(filter);
  return (
    <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={isEmpty || items.isPending} onClick={() => void items.run()}>
      {items.isPending ? `Exporting… ${items.percent} %` : 'Export as CSV'}
    </Button>
  );
}

function AssociationChip({ associationId, onClear }: { associationId: AssociationId; onClear(): void }) {
  const association = useCallWhen(calls.associations.get(associationId));
  const title = association.status === 'full' ? association.answer.title : associationId;
  return <FilterChip label={`Of “${title}”`} clearLabel="Compliance with every association" onClear={onClear} />;
}

function NodeChip({ nodeId, onClear }: { nodeId: NodeId; onClear(): void }) {
  const node = useCallWhen(calls.nodes.get(nodeId));
  const name = node.status === 'full' ? node.answer.name : nodeId;
  return <FilterChip label={`On ${name}`} clearLabel="Compliance of every node" onClear={onClear} />;
}

function Nothing({ filter: { status, nodeId, associationId } }: { filter: ComplianceFilter }) {
  const showAll = <a href={address.compliance()}>Show all items</a>;
  if (status === 'NON_COMPLIANT') {
    return (
      <EmptyState icon={IconShieldCheck} title="Nothing is non-compliant">
        Wherever an association has finished, its last run there succeeded. {showAll}
      </EmptyState>
    );
  }
  if (status !== null || nodeId !== null || associationId !== null) {
    return (
      <EmptyState icon={IconShieldQuestion} title="No item is like this">
        An association has an item on a machine once it has finished there. {showAll}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconShieldQuestion} title="Nothing is known yet">
      An item appears for each machine when an association has finished there for the first time: compliant if it succeeded, non-compliant
      if it failed. <a href={address.newAssociation()}>Create an association</a>
    </EmptyState>
  );
}
