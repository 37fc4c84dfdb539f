import { SegmentedControl, TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { useId } from 'react';
import { SourceFormat } from '../../agent/document/located-problem.ts';
import classes from './editor.module.css';
import type { DocumentEditing } from './use-document-editor.ts';

interface NameFieldsProps {
  editing: DocumentEditing;
  /** The name of a saved document does not change. */
  nameIs: 'free' | 'fixed';
  ref: Ref<HTMLInputElement>;
}

export function DocumentNameFields({ editing, nameIs, ref }: NameFieldsProps) {
  const formatId = useId();
  const { draft } = editing;
  return (
    <div className={classes.names}>
      {nameIs === 'free' && (
        <TextInput
          ref={ref}
          className={classes.name}
          label="Name"
          placeholder="CheckTimeServer"
          description="3 to 128 letters, digits and _ - ."
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          withAsterisk
          value={draft.name}
          error={editing.nameError}
          onChange={(event) => editing.setName(event.currentTarget.value)}
          onBlur={editing.touchName}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {draft.format !== 'TEXT' && (
        <div className={classes.format}>
          <span id={formatId} className={classes.label}>
            Written in
          </span>
          <SegmentedControl
            aria-labelledby={formatId}
            w={136}
            data={[...SourceFormat.options]}
            value={draft.format}
            onChange={(value) => editing.setFormat(SourceFormat.catch('YAML').parse(value))}
          />
        </div>
      )}
    </div>
  );
}
