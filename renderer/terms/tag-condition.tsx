import { ActionIcon, Autocomplete, TagsInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import classes from './tag-condition.module.css';

interface TagConditionProps {
  /** From 0; says where it stands among the others. */
  position: number;
  tagKey: string;
  values: readonly string[];
  /** Keys and values that machines have, to choose from. */
  known: readonly { key: string; values: readonly string[] }[];
  canRemove: boolean;
  onChange(part: { key?: string; values?: string[] }): void;
  onLeave(): void;
  onRemove(): void;
}

/** “Has lab = B12 or C01”: one of several conditions that all have to hold. No value asks only that the key is there. */
export function TagCondition({ position, tagKey, values, known, canRemove, onChange, onLeave, onRemove }: TagConditionProps) {
  return (
    <div className={classes.row}>
      <span className={classes.joiner}>{position === 0 ? 'Has' : 'and has'}</span>
      <Autocomplete
        aria-label={`Tag key ${position + 1}`}
        placeholder="key, as lab"
        data={known.map(({ key }) => key)}
        value={tagKey}
        onChange={(key) => onChange({ key })}
        onBlur={onLeave}
        maxLength={128}
      />
      <span className={classes.equals}>=</span>
      <TagsInput
        aria-label={`Tag values ${position + 1}`}
        placeholder={values.length === 0 ? 'any value, or some' : ''}
        data={[...(known.find(({ key }) => key === tagKey)?.values ?? [])]}
        value={[...values]}
        onChange={(next) => onChange({ values: next })}
        onBlur={onLeave}
        acceptValueOnBlur
        splitChars={[',']}
      />
      <ActionIcon aria-label={`Remove condition ${position + 1}`} disabled={!canRemove} onClick={onRemove}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </div>
  );
}
