import type { ExecutionRow } from '../../electron/api/executions.ts';
import { progressText, sharesOf, triggerText } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import { countText, plural } from '../ui/moment.ts';
import { ShareBar } from '../ui/share-bar.tsx';
import classes from './executions.module.css';

function errorsText({ toleratedErrors, targetCount }: ExecutionRow): string {
  if (toleratedErrors >= targetCount) return 'errors do not stop it';
  return toleratedErrors === 0 ? 'the first error stops it' : `stops at more than ${plural(toleratedErrors, 'error')}`;
}

const paceText = ({ concurrency, targetCount }: ExecutionRow): string =>
  concurrency >= targetCount ? 'All at the same time' : `${countText(concurrency)} at a time`;

/** How far it is, why it runs, and under which limits. */
export function ExecutionSummary({ execution }: { execution: ExecutionRow }) {
  const { createdAt, fireAt, trigger, cancelRequestedAt } = execution;
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
          {paceText(execution)}; {errorsText(execution)}
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
