import type { Execution } from '../../electron/domain/execution.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import classes from './execution-line.module.css';
import { executionLooks } from './looks.ts';
import { Status } from './status.tsx';
import { progressText, sharesOf, triggerText } from './words.ts';

type Line = Pick<Execution, 'executionId' | 'status' | 'counts' | 'createdAt' | 'trigger'>;

/** One execution as a row of a panel: what, how far, how it stands, since when. */
export function ExecutionLine({ execution, title }: { execution: Line; title: string }) {
  return (
    <a href={address.execution(execution.executionId)} className={classes.line}>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.sub}>
          {triggerText(execution.trigger)} · <Age at={execution.createdAt} />
        </span>
      </span>
      <span className={classes.progress}>
        <span className={classes.sub}>{progressText(execution)}</span>
        <ShareBar shares={sharesOf(execution.counts)} label="Targets by status" size="thin" />
      </span>
      <span className={classes.status}>
        <Status look={executionLooks[execution.status]} style="plain" />
      </span>
    </a>
  );
}
