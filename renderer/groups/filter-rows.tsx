import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { TagCondition } from '../terms/tag-condition.tsx';
import type { FilterRow } from './group-form.ts';
import { withRow } from './group-form.ts';
import classes from './groups.module.css';

interface FilterRowsProps {
  rows: readonly FilterRow[];
  onChange(rows: readonly FilterRow[]): void;
  onLeave(): void;
}

/** As many as a group may be saved with. */
const MOST_ROWS = 50;

/** Every row has to hold; within a row any one of the values will do. */
export function FilterRows({ rows, onChange, onLeave }: FilterRowsProps) {
  const tags = useCall(calls.nodes.tags());
  const known = tags.status === 'full' ? tags.answer : [];
  return (
    <div className={classes.rows}>
      {rows.map((row, position) => (
        <TagCondition
          key={row.id}
          position={position}
          tagKey={row.key}
          values={row.values}
          known={known}
          canRemove={rows.length > 1}
          onChange={(part) => onChange(rows.map((other) => (other.id === row.id ? { ...other, ...part } : other)))}
          onLeave={onLeave}
          onRemove={() => onChange(rows.filter(({ id }) => id !== row.id))}
        />
      ))}
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          disabled={rows.length >= MOST_ROWS}
          onClick={() => onChange(withRow(rows))}
        >
          And another tag
        </Button>
      </div>
    </div>
  );
}
