import { ActionIcon, Autocomplete, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import classes from './tag-editor.module.css';
import type { TagLine } from './tag-lines.ts';
import { lineProblems } from './tag-lines.ts';

interface TagEditorProps {
  lines: readonly TagLine[];
  /** Keys and values that are there already, to choose from. */
  known: readonly { key: string; values: readonly string[] }[];
  onChange(lines: readonly TagLine[]): void;
}

const MOST_TAGS = 50;

/** Tags as rows of key and value, checked as they are typed. */
export function TagEditor({ lines, known, onChange }: TagEditorProps) {
  const problems = lineProblems(lines);
  const replace = (id: number, part: Partial<TagLine>) => onChange(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const add = () => onChange([...lines, { id: Math.max(0, ...lines.map(({ id }) => id)) + 1, key: '', value: '' }]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div className={classes.rows} role="group" aria-label="Tags">
      {lines.map((line, position) => (
        <div key={line.id}>
          <div className={classes.line}>
            <Autocomplete
              aria-label={`Tag key ${position + 1}`}
              placeholder="key"
              data={known.map(({ key }) => key)}
              value={line.key}
              error={problems.get(line.id) !== undefined}
              onChange={(key) => replace(line.id, { key })}
            />
            <Autocomplete
              aria-label={`Tag value ${position + 1}`}
              placeholder="value"
              data={[...(known.find(({ key }) => key === line.key)?.values ?? [])]}
              value={line.value}
              onChange={(value) => replace(line.id, { value })}
            />
            <ActionIcon aria-label={`Remove tag ${position + 1}`} onClick={() => onChange(lines.filter(({ id }) => id !== line.id))}>
              <IconX size={15} aria-hidden />
            </ActionIcon>
          </div>
          {problems.get(line.id) !== undefined && (
            <p className={classes.problem} role="alert">
              {problems.get(line.id)}
            </p>
          )}
        </div>
      ))}
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          disabled={lines.length >= MOST_TAGS}
          onClick={add}
        >
          Add a tag
        </Button>
      </div>
    </div>
  );
}
