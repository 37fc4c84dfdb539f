import classes from './choice-row.module.css';
import { countText } from './moment.ts';

export interface Choice<Value extends string> {
  value: Value | null;
  label: string;
  count?: number;
}

interface ChoiceRowProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange(value: Value | null): void;
}

/** A filter with few values, all in sight: one is pressed. `null` stands for all. */
export function ChoiceRow<Value extends string>({ label, choices, value, onChange }: ChoiceRowProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div className={classes.row} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value ?? ''}
          type="button"
          className={classes.choice}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
          {choice.count !== undefined && <span className={classes.count}>{countText(choice.count)}</span>}
        </button>
      ))}
    </div>
  );
}
