import { SegmentedControl, TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { useId } from 'react';
import { DocumentType } from '../../agent/document/document-type.ts';
import { SourceFormat } from '../../agent/document/located-problem.ts';
import { typeLabels } from './document-words.ts';
import classes from './editor.module.css';
import type { DocumentEditing } from './use-document-editor.ts';

interface NameFieldsProps {
  editing: DocumentEditing;
  /** The name and the type of a saved document do not change. */
  nameIs: 'free' | 'fixed';
  nameRef: Ref<HTMLInputElement>;
  versionNameRef: Ref<HTMLInputElement>;
}

export function DocumentNameFields({ editing, nameIs, nameRef, versionNameRef }: NameFieldsProps) {
  const { draft } = editing;
  return (
    <div className={classes.names}>
      {nameIs === 'free' && (
        <TextInput
          ref={nameRef}
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
      <TextInput
        ref={versionNameRef}
        className={classes.versionName}
        label="Version label"
        placeholder="1.4.0"
        description="Optional."
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={draft.versionName}
        error={editing.versionNameError}
        onChange={(event) => editing.setVersionName(event.currentTarget.value)}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
      />
      {nameIs === 'free' && <TypeField editing={editing} />}
      {draft.format !== 'TEXT' && <FormatField editing={editing} />}
    </div>
  );
}

/** What is written by hand; a runbook or a calendar comes in as a file, and is then named here. */
function TypeField({ editing: { draft, setType } }: { editing: DocumentEditing }) {
  const id = useId();
  const written: readonly DocumentType[] = ['Command', 'Policy'];
  const types = written.includes(draft.documentType) ? written : [...written, draft.documentType];
  return (
    <div className={classes.format}>
      <span id={id} className={classes.label}>
        Type
      </span>
      <SegmentedControl
        aria-labelledby={id}
        w={types.length * 96}
        data={types.map((type) => ({ value: type, label: typeLabels[type] }))}
        value={draft.documentType}
        onChange={(value) => setType(DocumentType.catch('Command').parse(value))}
      />
    </div>
  );
}

function FormatField({ editing: { draft, setFormat } }: { editing: DocumentEditing }) {
  const id = useId();
  return (
    <div className={classes.format}>
      <span id={id} className={classes.label}>
        Written in
      </span>
      <SegmentedControl
        aria-labelledby={id}
        w={136}
        data={[...SourceFormat.options]}
        value={draft.format}
        onChange={(value) => setFormat(SourceFormat.catch('YAML').parse(value))}
      />
    </div>
  );
}
