import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { NodeId } from '../../agent/protocol/ids.ts';
import { ComplianceType } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall, useCallWhen, useLastAnswer } from '../client/use-call.ts';
import classes from './put.module.css';

const CUSTOM = 'Custom:';
const SHOWN = 50;

interface TargetFieldsProps {
  nodeId: NodeId | null;
  complianceType: string;
  onNode(nodeId: NodeId | null): void;
  onType(complianceType: string): void;
}

const kinds = [
  { value: CUSTOM, label: 'A type of your own' },
  { value: 'Patch', label: 'Patches' },
  { value: 'Association', label: 'Associations (MANUAL)' },
];

const kindOf = (complianceType: string): string => (complianceType.startsWith(CUSTOM) || complianceType === '' ? CUSTOM : complianceType);

/** Of which machine, and of which type. */
export function PutTargetFields({ nodeId, complianceType, onNode, onType }: TargetFieldsProps) {
  const kind = kindOf(complianceType);
  const name = complianceType.startsWith(CUSTOM) ? complianceType.slice(CUSTOM.length) : '';
  const isWrong = name !== '' && !ComplianceType.safeParse(complianceType).success;
  return (
    <div className={classes.row}>
      <NodeSelect value={nodeId} onChange={onNode} />
      <Select label="Type" data={kinds} value={kind} allowDeselect={false} onChange={(value) => onType(value ?? CUSTOM)} />
      {kind === CUSTOM && (
        <TextInput
          label="Name of the type"
          description="As in FrontDoor: it becomes Custom:FrontDoor. A machine has at most 10 of them."
          value={name}
          error={isWrong ? 'Letters, digits and _ - . only, at most 93 of them.' : undefined}
          onChange={(event) => onType(`${CUSTOM}${event.currentTarget.value}`)}
        />
      )}
    </div>
  );
}

/** Found by its name, id or tags, however many there are. */
function NodeSelect({ value, onChange }: { value: NodeId | null; onChange(nodeId: NodeId | null): void }) {
  const [search, setSearch] = useState('');
  const chosen = useCallWhen(value === null ? null : calls.nodes.get(value));
  const name = chosen.status === 'full' ? chosen.answer.name : value;
  // The field holds the chosen one's name, which is no search.
  const wanted = search === name ? '' : search;
  const list = useLastAnswer(
    useCall(calls.nodes.list({ search: wanted, pingStatus: null, sort: 'name', order: 'ascending', offset: 0, limit: SHOWN })),
  );
  const found = (list?.answer.rows ?? []).map((row) => ({ value: row.nodeId, label: row.name }));
  const data = value === null || found.some((node) => node.value === value) ? found : [{ value, label: name ?? value }, ...found];
  return (
    <Select
      label="Machine"
      placeholder="Search by name, id or tag"
      data={data}
      value={value}
      onChange={(nodeId) => onChange(NodeId.nullable().catch(null).parse(nodeId))}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage="No machine is like this"
    />
  );
}
