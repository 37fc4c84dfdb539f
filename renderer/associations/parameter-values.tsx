import type { AssociationDraft } from '../../electron/domain/association.ts';
import classes from './associations.module.css';

/** What is given to the document, as text. */
export function ParameterValues({ parameters }: Pick<AssociationDraft, 'parameters'>) {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return <p className="hf-faint">None are given: the document’s defaults hold.</p>;
  return (
    <dl className={classes.parameters}>
      {entries.map(([name, texts]) => (
        <div key={name}>
          <dt className={classes.parameterName}>{name}</dt>
          <dd>
            <pre className={classes.parameter}>{texts.join('\n')}</pre>
          </dd>
        </div>
      ))}
    </dl>
  );
}
