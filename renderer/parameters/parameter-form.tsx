import { Button, Radio, Textarea, TextInput } from '@mantine/core';
import type { ParameterDraft } from '../../electron/domain/parameter.ts';
import { ParameterType } from '../../electron/domain/parameter.ts';
import type { FaultData } from '../client/fault.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { typeWords } from './parameter-words.ts';
import classes from './parameters.module.css';
import type { ParameterFields } from './use-parameter-fields.ts';
import { ValueField } from './value-field.tsx';

interface ParameterFormProps {
  fields: ParameterFields;
  /** Of one that is there, name and type stay as they are. */
  isNew: boolean;
  submitLabel: string;
  isPending: boolean;
  fault: FaultData | null;
  onSubmit(): void;
  onCancel(): void;
}

export function ParameterForm({ fields, isNew, submitLabel, isPending, fault, onSubmit, onCancel }: ParameterFormProps) {
  const { draft, type, change, problemOf, isValid } = fields;
  const set = (part: Partial<ParameterDraft>) => change(part);
  return (
    <form
      className={classes.form}
      aria-label={isNew ? 'New parameter' : 'New value'}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (isValid) onSubmit();
      }}
    >
      {isNew && (
        <>
          <TextInput
            label="Name"
            withAsterisk
            description="Letters, digits and _ . - with / between the levels of a hierarchy."
            placeholder="/lab/web/port"
            className={classes.code}
            value={draft.name}
            error={problemOf('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          <Radio.Group label="Type" value={draft.type} onChange={(next) => set({ type: next })}>
            <div className={classes.choices}>
              {ParameterType.options.map((value) => (
                <Radio key={value} value={value} label={value} />
              ))}
            </div>
            <p className="hf-faint">{typeWords[type]}</p>
          </Radio.Group>
        </>
      )}
      <ValueField type={type} value={draft.value} problem={problemOf('value')} onChange={(value) => set({ value })} />
      <TextInput
        label="Allowed pattern"
        description="A regular expression that the value has to match. Empty: any value."
        placeholder="^[0-9]+$"
        className={classes.code}
        value={draft.allowedPattern ?? ''}
        error={problemOf('allowedPattern')}
        onChange={(event) => set({ allowedPattern: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
      />
      <Textarea
        label="Description"
        autosize
        minRows={1}
        maxRows={5}
        value={draft.description}
        error={problemOf('description')}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      {fault !== null && <FaultNotice fault={fault} />}
      <div className={classes.buttons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!isValid} loading={isPending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
