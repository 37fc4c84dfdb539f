import { IconAlertTriangle } from '@tabler/icons-react';
import type { ExecutionRow } from '../../electron/api/executions.ts';
import { errorCount } from '../../electron/domain/execution.ts';
import { calls } from '../client/calls.ts';
import { useCallWhen } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { detailText } from '../terms/words.ts';
import { plural } from '../ui/moment.ts';
import classes from './executions.module.css';

/** The first failure in words, before anything else: the rest often failed for the same reason. */
export function FirstError({ execution }: { execution: ExecutionRow }) {
  const { executionId, counts } = execution;
  const failed = errorCount(counts);
  const status = counts.Failed > 0 ? 'Failed' : 'TimedOut';
  const targets = useCallWhen(failed === 0 ? null : calls.executions.targets({ executionId, status, offset: 0, limit: 1 }));
  const target = targets.status === 'full' ? targets.answer.rows[0] : undefined;
  if (failed === 0 || target === undefined) return null;
  const others = failed - 1;
  return (
    <div className={classes.error}>
      <IconAlertTriangle size={18} aria-hidden />
      <div className={classes.errorWords}>
        <p>
          <strong>
            {status === 'Failed' ? 'It failed on' : 'It timed out on'}{' '}
            <a href={address.execution(executionId, { node: target.nodeId })}>{target.nodeName}</a>
          </strong>
          {others > 0 && (
            <>
              {' '}
              and on <a href={address.execution(executionId, { status })}>{plural(others, 'other')}</a>
            </>
          )}
        </p>
        <p className={classes.errorText}>{target.executionSummary === '' ? detailText(target.detailedStatus) : target.executionSummary}</p>
        {target.errorCode !== null && (
          <p>
            <code>{target.errorCode}</code>
          </p>
        )}
      </div>
    </div>
  );
}
