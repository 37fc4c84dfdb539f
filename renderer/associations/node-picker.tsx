import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { NodeRow } from '../../electron/api/nodes.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { OriginMark } from '../terms/status.tsx';
import { plural } from '../ui/moment.ts';
import { SearchField } from '../ui/search-field.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './editor.module.css';

/** Rows shown at a time; a longer list is narrowed by searching. */
const SHOWN = 100;
/** As many ids as one target takes (spec.md 16). */
const MOST_NODES = 50;

interface NodePickerProps {
  nodeIds: readonly string[];
  onChange(nodeIds: readonly string[]): void;
}

export function NodePicker({ nodeIds, onChange }: NodePickerProps) {
  const [search, setSearch] = useState('');
  const list = useLastAnswer(
    useCall(calls.nodes.list({ search, pingStatus: null, sort: 'name', order: 'ascending', offset: 0, limit: SHOWN })),
  );
  const toggle = (nodeId: string) => onChange(nodeIds.includes(nodeId) ? nodeIds.filter((id) => id !== nodeId) : [...nodeIds, nodeId]);
  return (
    <div className={classes.picker}>
      <div className={classes.pickerHead}>
        <SearchField label="Search machines" value={search} onChange={setSearch} />
        <span className="hf-faint" aria-live="polite">
          {plural(nodeIds.length, 'machine')} picked, of at most {MOST_NODES}
        </span>
      </div>
      {list === null ? (
        <SkeletonLines lines={4} />
      ) : (
        <ul className={classes.pickerList} aria-label="Machines">
          {list.answer.rows.map((row) => (
            <PickerRow key={row.nodeId} row={row} isPicked={nodeIds.includes(row.nodeId)} onToggle={() => toggle(row.nodeId)} />
          ))}
          {list.answer.total > list.answer.rows.length && (
            <li className={classes.pickerMore}>{list.answer.total - list.answer.rows.length} more: search to narrow the list.</li>
          )}
          {list.answer.total === 0 && <li className={classes.pickerMore}>No machine has this in its name, id or tags.</li>}
        </ul>
      )}
    </div>
  );
}

function PickerRow({ row, isPicked, onToggle }: { row: NodeRow; isPicked: boolean; onToggle(): void }) {
  return (
    <li className={classes.pickerRow}>
      <Checkbox
        label={row.name}
        description={`${row.nodeId} · ${row.isConnected ? 'connected' : 'not connected'}`}
        checked={isPicked}
        onChange={onToggle}
      />
      <OriginMark origin={row.origin} />
    </li>
  );
}
