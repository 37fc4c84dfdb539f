import { ActionIcon, Button, TagsInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { TagCondition } from '../terms/tag-condition.tsx';
import classes from './editor.module.css';
import type { TagRow } from './editor-targets.ts';

interface TagRowsProps {
  rows: readonly TagRow[];
  onChange(rows: readonly TagRow[]): void;
  onLeave(): void;
}

/** As many as the API takes (spec.md 3). */
const MOST_ROWS = 5;

/** Every row has to hold; within a row any one of the values will do. Keys and values that machines have are offered. */
export function TagRows({ rows, onChange, onLeave }: TagRowsProps) {
  const known = useCall(calls.nodes.tags());
  const tags = known.status === 'full' ? known.answer : [];
  const replace = (id: number, part: Partial<TagRow>) => onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const remove = (id: number) => onChange(rows.filter((row) => row.id !== id));
  const add = (kind: TagRow['kind']) =>
    onChange([...rows, { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, kind, key: '', values: [] }]);

  return (
    <div className={classes.tagRows}>
      {rows.map((row, position) =>
        row.kind === 'tag' ? (
          <TagCondition
            key={row.id}
            position={position}
            tagKey={row.key}
            values={row.values}
            known={tags}
            canRemove={rows.length > 1}
            onChange={(part) => replace(row.id, part)}
            onLeave={onLeave}
            onRemove={() => remove(row.id)}
          />
        ) : (
          <div key={row.id} className={classes.tagRow}>
            <span className={classes.joiner}>{position === 0 ? 'Has' : 'and has'}</span>
            <TagsInput
              className={classes.wide}
              aria-label={`Any of these tag keys ${position + 1}`}
              placeholder={row.values.length === 0 ? 'any of these keys' : ''}
              data={tags.map(({ key }) => key)}
              value={[...row.values]}
              onChange={(values) => replace(row.id, { values })}
              onBlur={onLeave}
              acceptValueOnBlur
            />
            <ActionIcon aria-label={`Remove condition ${position + 1}`} disabled={rows.length === 1} onClick={() => remove(row.id)}>
              <IconX size={15} aria-hidden />
            </ActionIcon>
          </div>
        ),
      )}
      <div className={classes.row}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          disabled={rows.length >= MOST_ROWS}
          onClick={() => add('tag')}
        >
          And another tag
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          disabled={rows.length >= MOST_ROWS}
          onClick={() => add('key')}
        >
          And any of several keys
        </Button>
      </div>
    </div>
  );
}
