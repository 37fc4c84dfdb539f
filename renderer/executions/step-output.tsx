import { Tabs } from '@mantine/core';
import type { StepRow } from '../../electron/api/executions.ts';
import type { StepRecord } from '../../electron/domain/step.ts';
import { differencesOf } from '../../electron/domain/step.ts';
import type { StreamOfStep } from '../client/output-feed.ts';
import { useOutput } from '../client/use-output.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { LogView } from '../ui/log-view.tsx';
import { bytesText } from '../ui/moment.ts';
import { ChangeTable } from './change-table.tsx';
import classes from './executions.module.css';
import { driftSentence, resultText, streamToShow } from './step-words.ts';

type Stream = StreamOfStep['stream'];

const streamNames: Record<Stream, string> = { stdout: 'Standard output', stderr: 'Standard error' };
const streams: readonly Stream[] = ['stdout', 'stderr'];

export function StepOutput({ step, nodeName }: { step: StepRow; nodeName: string }) {
  const { record } = step;
  const note = resultText(record?.result ?? null);
  if (record === null || record.status === 'NotStarted' || record.status === 'Skipped') {
    return (
      <div className={classes.stepBody}>
        <p className={classes.stepNote}>{note === '' ? 'This step has not started on this node.' : note}</p>
      </div>
    );
  }
  return (
    <div className={classes.stepBody}>
      {note !== '' && <p className={classes.stepNote}>{note}</p>}
      {record.attempt > 1 && (
        <p className={classes.stepNote}>Attempt {record.attempt}: the step was begun again after the agent or the machine restarted.</p>
      )}
      <Differences record={record} />
      <Tabs defaultValue={streamToShow(step)}>
        <Tabs.List aria-label="Output streams">
          {streams.map((stream) => (
            <Tabs.Tab key={stream} value={stream}>
              {streamNames[stream]} <SizeNote record={record} stream={stream} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {streams.map((stream) => (
          <Tabs.Panel key={stream} value={stream} pt={8}>
            <StreamLog key={record.attempt} record={record} stream={stream} name={`${nodeName}-${step.name}-${stream}`} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

function Differences({ record: { result } }: { record: StepRecord }) {
  const { changes, drift } = differencesOf([result]);
  return (
    <>
      {drift !== null && <p className={classes.stepNote}>{driftSentence(drift.length)}</p>}
      {drift !== null && drift.length > 0 && (
        <ChangeTable label="What differs" changes={drift} beforeLabel="It is" afterLabel="It should be" />
      )}
      {changes.length > 0 && <ChangeTable label="What was changed" changes={changes} beforeLabel="Before" afterLabel="After" />}
    </>
  );
}

function SizeNote({ record, stream }: { record: StepRecord; stream: Stream }) {
  const summary = record[stream];
  return summary === null ? null : <span className="hf-faint">{bytesText(summary.bytes)}</span>;
}

interface StreamLogProps {
  record: StepRecord;
  stream: Stream;
  name: string;
}

function StreamLog({ record, stream, name }: StreamLogProps) {
  const { executionId, nodeId, stepIndex, attempt } = record;
  const feed = useOutput({ executionId, nodeId, stepIndex, attempt, stream });
  const isLive = record.status === 'InProgress';
  const { bytes: written = 0, droppedBytes: dropped = 0 } = record[stream] ?? {};
  if (feed.fault !== null) return <FaultNotice fault={feed.fault} />;
  return (
    <LogView
      label={streamNames[stream]}
      pieces={feed.pieces}
      fileName={`${name}.txt`}
      isLive={isLive}
      empty={
        !feed.isCaughtUp
          ? 'Reading…'
          : isLive
            ? 'Nothing yet. What the step writes appears here as it comes.'
            : 'The step wrote nothing here.'
      }
      notice={
        dropped > 0 ? (
          <p className={classes.dropped}>
            {bytesText(dropped)} more were written and dropped: the first {bytesText(written - dropped)} of this stream are kept.
          </p>
        ) : undefined
      }
    />
  );
}
