import type { TargetDetail } from '../../electron/api/executions.ts';
import type { DropReason } from '../../electron/domain/output-retention.ts';
import { At } from '../ui/age.tsx';
import { bytesText } from '../ui/moment.ts';
import classes from './executions.module.css';

const REASON: Record<DropReason, string> = {
  age: 'because it was older than this site keeps output',
  quota: 'to stay within the space for output',
  'node-share': 'because this node had more than its part of the space for output',
  asked: 'because somebody made room',
};

/** What became of the output beside what is shown: let go, copied, or not copied and why. */
export function OutputNotes({ droppedOutput, outputCopy }: Pick<TargetDetail, 'droppedOutput' | 'outputCopy'>) {
  return (
    <>
      {droppedOutput !== null && (
        <p className={classes.dropped}>
          The output of this run was dropped on <At at={droppedOutput.at} /> {REASON[droppedOutput.because]} (
          {bytesText(droppedOutput.bytes)}). The first 24,000 characters of standard output and 8,000 of standard error are kept.
        </p>
      )}
      {outputCopy?.outputUrl != null && (
        <p className={classes.stepNote}>
          Copied to <code className={classes.place}>{outputCopy.outputUrl}</code>
        </p>
      )}
      {outputCopy !== null && outputCopy.problem !== null && (
        <p className={classes.dropped} role="status">
          {outputCopy.status === 'Copied' ? 'The copy is not whole: ' : 'The output was not copied: '}
          {outputCopy.problem}
          {outputCopy.dueAt !== null && (
            <>
              {' '}
              It is tried again <At at={outputCopy.dueAt} />.
            </>
          )}
        </p>
      )}
    </>
  );
}
