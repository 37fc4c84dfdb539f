import { Radio } from '@mantine/core';
import { ApplyMode } from '../../agent/protocol/run-order.ts';
import { plural } from '../ui/moment.ts';
import classes from './editor.module.css';
import { FormSection } from './form-section.tsx';
import type { Editor } from './use-editor.ts';

const choices: readonly { value: ApplyMode; label: string; description: string }[] = [
  { value: 'Enforce', label: 'Enforce', description: 'Brings each machine into the state that the document describes.' },
  {
    value: 'Audit',
    label: 'Audit',
    description: 'Only looks, and changes nothing. A machine that is not in the state is not compliant, with what differs.',
  },
];

/** Whether machines are brought into the state, or only looked at. */
export function ModeSection({ editor }: { editor: Editor }) {
  const { mode } = editor.state;
  const audit = editor.preview?.answer.audit ?? null;
  const cannotCheck = audit !== null && audit.checking.length === 0;
  const leftOut = audit?.leftOut ?? [];
  return (
    <FormSection title="Mode" words="What a run does where a machine differs.">
      <Radio.Group
        aria-label="Mode"
        value={mode}
        error={editor.problemOf('mode')}
        onChange={(value) => {
          editor.change({ mode: ApplyMode.catch('Enforce').parse(value) });
          editor.touch('mode');
        }}
      >
        <div className={classes.cards} data-many>
          {choices.map(({ value, label, description }) => (
            <Radio
              key={value}
              value={value}
              label={label}
              description={value === 'Audit' && cannotCheck ? 'No step of this document can check without changing anything.' : description}
              disabled={value === 'Audit' && cannotCheck && mode !== 'Audit'}
              className={classes.card}
              data-checked={value === mode}
            />
          ))}
        </div>
      </Radio.Group>
      {mode === 'Audit' && !cannotCheck && leftOut.length > 0 && (
        <p className={classes.hint}>
          {plural(leftOut.length, 'step')} cannot check, and {leftOut.length === 1 ? 'is' : 'are'} left out: {leftOut.join(', ')}.
        </p>
      )}
    </FormSection>
  );
}
