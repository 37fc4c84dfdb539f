import { Select } from '@mantine/core';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceStatus, ItemSeverity } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall, useCallWhen, useLastAnswer } from '../client/use-call.ts';
import type { ComplianceQuery } from '../routes.ts';
import { typeText } from '../terms/compliance-words.ts';
import { complianceLooks } from '../terms/looks.ts';
import { severityLabel } from '../terms/status.tsx';
import type { Choice } from '../ui/choice-row.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { plural } from '../ui/moment.ts';
import { SearchField } from '../ui/search-field.tsx';
import { FilterChip, Toolbar } from '../ui/toolbar.tsx';
import classes from './compliance.module.css';
import type { ComplianceFilter, Grouping } from './compliance-view.ts';

interface ToolbarProps {
  filter: ComplianceFilter;
  grouping: Grouping;
  refine(change: ComplianceQuery): void;
}

const groupings: readonly Choice<'node' | 'item'>[] = [
  { value: null, label: 'Each item' },
  { value: 'node', label: 'By node' },
  { value: 'item', label: 'By item' },
];

const severities = ItemSeverity.options.map((value) => ({ value, label: severityLabel(value) }));
const rowNames = { node: 'row', item: 'item', null: 'item' } as const;

/** What is shown of it, and how much that is. */
export function ComplianceToolbar({ filter, grouping, refine }: ToolbarProps) {
  const all = useCount({ ...filter, status: null }, grouping);
  const nonCompliant = useCount({ ...filter, status: 'NON_COMPLIANT' }, grouping);
  const compliant = all === null || nonCompliant === null ? null : all - nonCompliant;
  const shown = filter.status === null ? all : filter.status === 'COMPLIANT' ? compliant : nonCompliant;
  const counted = (count: number | null) => (count === null ? {} : { count });
  const counts = { NON_COMPLIANT: nonCompliant, COMPLIANT: compliant };
  const choices: Choice<ComplianceStatus>[] = [
    { value: null, label: 'All', ...counted(all) },
    ...ComplianceStatus.options.toReversed().map((value) => ({ value, label: complianceLooks[value].label, ...counted(counts[value]) })),
  ];
  return (
    <div className={classes.toolbars}>
      <Toolbar>
        <ChoiceRow label="One row for" choices={groupings} value={grouping} onChange={(value) => refine({ group: value })} />
        <ChoiceRow label="Status" choices={choices} value={filter.status} onChange={(value) => refine({ status: value })} />
      </Toolbar>
      <Toolbar aside={shown === null ? undefined : plural(shown, rowNames[grouping ?? 'null'])}>
        <SearchField
          label={grouping === 'item' ? 'Search items' : grouping === 'node' ? 'Search nodes' : 'Search items and nodes'}
          value={filter.search ?? ''}
          onChange={(search) => refine({ search })}
        />
        <TypeSelect value={filter.complianceType ?? null} onChange={(type) => refine({ type, item: null })} />
        <Select
          aria-label="Severity"
          placeholder="Any severity"
          data={severities}
          value={filter.severity ?? null}
          onChange={(severity) => refine({ severity })}
          clearable
          clearButtonProps={{ 'aria-label': 'Any severity' }}
          w={150}
        />
        {filter.itemId != null && (
          <FilterChip label={`Item ${filter.itemId}`} clearLabel="Every item" onClear={() => refine({ item: null })} />
        )}
        {filter.associationId !== null && (
          <AssociationChip associationId={filter.associationId} onClear={() => refine({ association: null })} />
        )}
        {filter.nodeId !== null && <NodeChip nodeId={filter.nodeId} onClear={() => refine({ node: null })} />}
      </Toolbar>
    </div>
  );
}

/** How many rows there are; null while that is not known. */
function useCount(filter: ComplianceFilter, grouping: Grouping): number | null {
  const ask = { node: calls.compliance.byNode, item: calls.compliance.bySubject, null: calls.compliance.items }[grouping ?? 'null'];
  const last = useLastAnswer(useCall<{ total: number }>(ask({ ...filter, offset: 0, limit: 1 })));
  return last === null ? null : last.answer.total;
}

/** The types that there are, and the chosen one also when it is none of them any more. */
function TypeSelect({ value, onChange }: { value: string | null; onChange(type: string | null): void }) {
  const summaries = useLastAnswer(useCall(calls.compliance.summaries()));
  const present = summaries === null ? [] : summaries.answer.map(({ complianceType }) => complianceType);
  const types = value === null || present.includes(value) ? present : [...present, value];
  return (
    <Select
      aria-label="Type"
      placeholder="Any type"
      data={types.map((type) => ({ value: type, label: typeText(type) }))}
      value={value}
      onChange={onChange}
      clearable
      clearButtonProps={{ 'aria-label': 'Any type' }}
      w={150}
    />
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
