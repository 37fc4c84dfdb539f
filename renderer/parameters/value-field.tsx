import { Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { SHORTEST_MASKED } from '../../agent/protocol/sealed-secret.ts';
import type { ParameterType } from '../../electron/domain/parameter.ts';
import classes from './parameters.module.css';

interface ValueFieldProps {
  type: ParameterType;
  value: string;
  problem: string | undefined;
  onChange(value: string): void;
}

const placeholders: Record<ParameterType, string> = { String: '8080', StringList: 'first,second,third', SecureString: '' };

/** A value as it is typed: a secret is hidden from whoever looks over a shoulder, until that is turned off. */
export function ValueField({ type, value, problem, onChange }: ValueFieldProps) {
  const [isShown, setShown] = useState(false);
  const isHidden = type === 'SecureString' && !isShown;
  const isShort = type === 'SecureString' && value !== '' && [...value].length < SHORTEST_MASKED;
  return (
    <>
      <Textarea
        label="Value"
        withAsterisk
        description={type === 'StringList' ? 'Items with commas between them.' : undefined}
        className={`${classes.code} ${isHidden ? classes.masked : ''}`}
        autosize
        minRows={type === 'StringList' ? 2 : 3}
        maxRows={12}
        placeholder={placeholders[type]}
        spellCheck={false}
        autoComplete="off"
        value={value}
        error={problem}
        onChange={(event) => onChange(event.currentTarget.value)}
        data-autofocus
      />
      {type === 'SecureString' && (
        <Checkbox label="Show what I type" checked={isShown} onChange={(event) => setShown(event.currentTarget.checked)} />
      )}
      {isShort && (
        <p className="hf-faint">
          A secret of fewer than {SHORTEST_MASKED} characters is not hidden in what scripts print: it would be found in every other word.
        </p>
      )}
    </>
  );
}
