import { calls } from '../client/calls.ts';
import { useCallWhen, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import classes from './reference-choices.module.css';
import { unfinishedReference, withReference } from './store-reference.ts';

const SHOWN = 6;

/** While a reference to Parameter Store is being written: the parameters that it may become, one press away. */
export function ReferenceChoices({ text, onChange }: { text: string; onChange(text: string): void }) {
  const reference = unfinishedReference(text);
  const found = useLastAnswer(useCallWhen(reference === null ? null : calls.parameters.names(reference.typed)));
  if (reference === null || found === null) return null;
  const wantsSecret = reference.kind === 'ssm-secure';
  const fitting = found.answer.filter(({ type }) => (type === 'SecureString') === wantsSecret).slice(0, SHOWN);
  return (
    <fieldset className={classes.references} aria-live="polite">
      <legend>{wantsSecret ? 'Secrets of Parameter Store' : 'Parameters of Parameter Store'}</legend>
      {fitting.map(({ name }) => (
        <button key={name} type="button" className={classes.referenceChoice} onClick={() => onChange(withReference(text, reference, name))}>
          {name}
        </button>
      ))}
      {fitting.length === 0 && (
        <span className={classes.none}>
          None is called so. <a href={address.newParameter()}>Create it</a>
        </span>
      )}
    </fieldset>
  );
}
