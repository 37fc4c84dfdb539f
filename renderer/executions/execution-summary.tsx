import type { ExecutionRow } from '../../electron/api/executions.ts';
import { progressText, sharesOf, triggerText } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import { plural } from '../ui/moment.ts';
import { ShareBar } from '../ui/share-bar.tsx';
import classes from './executions.module.css';

const errorsText = (tolerated: number): string =>
  tolerated === 0 ? 'the first error stops it' : `more than ${plural(tolerated, 'error')} stops it`;

/** How far it is, why it runs, and under which limits. */
export function ExecutionSummary({ execution }: { execution: ExecutionRow }) {
  const { createdAt, fireAt, trigger, concurrency, toleratedErrors, cancelRequestedAt } = execution;
  return (
    <div className={classes.summary}>
      <ShareBar shares={sharesOf(execution.counts)} label="Targets by status" />
      <div className={classes.facts}>
        <strong className="hf-tabular">{progressText(execution)}</strong>
        <span>
          Started <At at={createdAt} /> (<Age at={createdAt} />)
        </span>
        <span>
          {triggerText(trigger)}
          {fireAt !== null && (
            <>
              {' '}
              of <At at={fireAt} />
            </>
          )}
        </span>
        <span>
          {concurrency} at a time; {errorsText(toleratedErrors)}
        </span>
        {cancelRequestedAt !== null && (
          <span>
            Cancelled <Age at={cancelRequestedAt} />
          </span>
        )}
      </div>
    </div>
  );
}
