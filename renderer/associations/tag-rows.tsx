import { ActionIcon, Autocomplete, Button, TagsInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
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
  const keys = tags.map(({ key }) => key);
  const replace = (id: number, part: Partial<TagRow>) => onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const add = (kind: TagRow['kind']) =>
    onChange([...rows, { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, kind, key: '', values: [] }]);

  return (
    <div className={classes.tagRows}>
      {rows.map((row, position) => (
        <div key={row.id} className={classes.tagRow}>
          <span className={classes.joiner}>{position === 0 ? 'Has' : 'and has'}</span>
          {row.kind === 'tag' ? (
            <>
              <Autocomplete
                aria-label={`Tag key ${position + 1}`}
                placeholder="key, as lab"
                data={keys}
                value={row.key}
                onChange={(key) => replace(row.id, { key })}
                onBlur={onLeave}
                maxLength={128}
              />
              <span className={classes.joiner}>=</span>
              <TagsInput
                aria-label={`Tag values ${position + 1}`}
                placeholder={row.values.length === 0 ? 'any value, or some' : ''}
                data={tags.find(({ key }) => key === row.key)?.values ?? []}
                value={[...row.values]}
                onChange={(values) => replace(row.id, { values })}
                onBlur={onLeave}
                acceptValueOnBlur
                splitChars={[',']}
              />
            </>
          ) : (
            <TagsInput
              className={classes.wide}
              aria-label={`Any of these tag keys ${position + 1}`}
              placeholder={row.values.length === 0 ? 'any of these keys' : ''}
              data={keys}
              value={[...row.values]}
              onChange={(values) => replace(row.id, { values })}
              onBlur={onLeave}
              acceptValueOnBlur
            />
          )}
          <ActionIcon
            aria-label={`Remove condition ${position + 1}`}
            disabled={rows.length === 1}
            onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
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
