import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { ParameterRow } from '../../electron/api/documents.ts';
import classes from './parameter-form.module.css';
import { fieldKindOf, hintOf, linesOf, textsOfLines } from './parameter-form.ts';
import { ReferenceChoices } from './reference-choices.tsx';
import { mayRefer } from './store-reference.ts';

interface ParameterFieldProps {
  parameter: ParameterRow;
  /** Null: not given, so the document's default holds. */
  texts: readonly string[] | null;
  problem: string | undefined;
  onChange(texts: readonly string[] | null): void;
  onLeave(): void;
}

/** One parameter, and while a reference is written into it, what that may be. */
export function ParameterField(props: ParameterFieldProps) {
  const { parameter, texts, onChange } = props;
  const box = useRef<HTMLDivElement>(null);
  const kind = fieldKindOf(parameter);
  if (!mayRefer(kind)) return <ParameterControl {...props} />;
  const text = kind === 'lines' ? linesOf(texts) : (texts?.[0] ?? '');
  const complete = (next: string) => {
    onChange(kind === 'lines' ? textsOfLines(next) : [next]);
    // What was pressed is gone with it, and whoever pressed it was writing.
    box.current?.querySelector<HTMLElement>('textarea, input')?.focus();
  };
  return (
    <div ref={box}>
      <ParameterControl {...props} />
      <ReferenceChoices text={text} onChange={complete} />
    </div>
  );
}

/** The control that fits the parameter's type. */
function ParameterControl({ parameter, texts, problem, onChange, onLeave }: ParameterFieldProps) {
  const { name, required, defaultText } = parameter;
  const described = {
    label: name,
    description: hintOf(parameter),
    withAsterisk: required,
    error: problem,
    onBlur: onLeave,
  };
  const placeholder = defaultText === null || defaultText === '' ? '' : `Default: ${defaultText}`;
  const first = texts?.[0] ?? '';
  const give = (text: string) => onChange(text === '' ? null : [text]);

  switch (fieldKindOf(parameter)) {
    case 'choice':
      return (
        <Select
          {...described}
          data={parameter.allowedValues ?? []}
          clearable={!required}
          placeholder={placeholder}
          value={first === '' ? null : first}
          onChange={(value) => give(value ?? '')}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...described}
          data={parameter.allowedValues ?? []}
          clearable
          placeholder={texts === null ? placeholder : ''}
          value={[...(texts ?? [])]}
          onChange={(values) => onChange(values.length === 0 ? null : values)}
        />
      );
    case 'yes-no':
      return (
        <Select
          {...described}
          data={[
            { value: 'true', label: 'Yes (true)' },
            { value: 'false', label: 'No (false)' },
          ]}
          clearable={!required}
          placeholder={placeholder}
          value={first === '' ? null : first}
          onChange={(value) => give(value ?? '')}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...described}
          allowDecimal={false}
          placeholder={placeholder}
          value={first}
          onChange={(value) => give(String(value))}
        />
      );
    case 'lines':
      return (
        <Textarea
          {...described}
          className={classes.code}
          autosize
          minRows={3}
          maxRows={18}
          placeholder={placeholder}
          spellCheck={false}
          value={linesOf(texts)}
          onChange={(event) => onChange(textsOfLines(event.currentTarget.value))}
        />
      );
    case 'json':
    case 'text-area':
      return (
        <Textarea
          {...described}
          className={classes.code}
          autosize
          minRows={3}
          maxRows={18}
          placeholder={placeholder}
          spellCheck={false}
          value={first}
          onChange={(event) => give(event.currentTarget.value)}
        />
      );
    case 'text':
      return (
        <TextInput
          {...described}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          value={first}
          onChange={(event) => give(event.currentTarget.value)}
        />
      );
  }
}
