import { ActionIcon, Autocomplete, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import classes from './nodes.module.css';
import type { TagLine } from './tag-lines.ts';
import { lineProblems } from './tag-lines.ts';

interface TagEditorProps {
  lines: readonly TagLine[];
  onChange(lines: readonly TagLine[]): void;
}

const MOST_TAGS = 50;

/** Tags as rows of key and value, checked as they are typed; what other machines have is offered. */
export function TagEditor({ lines, onChange }: TagEditorProps) {
  const known = useCall(calls.nodes.tags());
  const tags = known.status === 'full' ? known.answer : [];
  const problems = lineProblems(lines);
  const replace = (id: number, part: Partial<TagLine>) => onChange(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const add = () => onChange([...lines, { id: Math.max(0, ...lines.map(({ id }) => id)) + 1, key: '', value: '' }]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div className={classes.tagEditor} role="group" aria-label="Tags">
      {lines.map((line, position) => (
        <div key={line.id}>
          <div className={classes.tagLine}>
            <Autocomplete
              aria-label={`Tag key ${position + 1}`}
              placeholder="key"
              data={tags.map(({ key }) => key)}
              value={line.key}
              error={problems.get(line.id) !== undefined}
              onChange={(key) => replace(line.id, { key })}
            />
            <Autocomplete
              aria-label={`Tag value ${position + 1}`}
              placeholder="value"
              data={tags.find(({ key }) => key === line.key)?.values ?? []}
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
