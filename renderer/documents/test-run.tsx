import { Button } from '@mantine/core';
import type { StepRow } from '../../electron/api/executions.ts';
import { isFinal } from '../../electron/domain/execution.ts';
import { differencesOf, type StepRecord } from '../../electron/domain/step.ts';
import { calls } from '../client/calls.ts';
import type { StreamOfStep } from '../client/output-feed.ts';
import { useAction } from '../client/use-action.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { useOutput } from '../client/use-output.ts';
import { address } from '../routes.ts';
import { stepLooks, targetLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText } from '../terms/words.ts';
import { goTo } from '../ui/address.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { LogView } from '../ui/log-view.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { tellDone } from '../ui/toast.tsx';
import classes from './test.module.css';
import type { BegunTest } from './test-draft.ts';

/** The test while it runs, and what has come of it: then it is put away, or kept as an association. */
export function TestRun({ test: { associationId, executionId, nodeId }, onClose }: { test: BegunTest; onClose(): void }) {
  const call = useCall(calls.executions.target(executionId, nodeId));
  const last = useLastAnswer(call);
  const stop = useAction((client) => client.executions.cancel({ executionId }));
  const putAway = useAction((client) => client.associations.delete({ associationIds: [associationId] }));
  const keep = useAction((client) => client.associations.setTags({ associationId, tags: [] }));
  const done = async () => {
    const outcome = await putAway.run(undefined);
    if (outcome.ok) onClose();
  };
  const keepIt = async () => {
    const outcome = await keep.run(undefined);
    if (!outcome.ok) return;
    onClose();
    tellDone(`“${outcome.answer.title}” is kept.`);
    goTo(address.association(associationId));
  };
  const fault = stop.fault ?? putAway.fault ?? keep.fault ?? (call.status === 'fault' ? call.fault : null);
  const target = last?.answer.target ?? null;
  const hasEnded = target !== null && isFinal(target.status);
  return (
    <div className={classes.form}>
      {target === null ? (
        <SkeletonLines lines={4} />
      ) : (
        <section className={classes.form} aria-label={`Test on ${target.nodeName}`} aria-live="polite">
          <div className={classes.head}>
            <strong>{target.nodeName}</strong>
            <Status look={targetLooks[target.status]} reason={detailText(target.detailedStatus)} />
            <a href={address.execution(executionId)}>Open the execution</a>
          </div>
          {(last?.answer.steps ?? []).map((step) => (
            <TestStep key={step.stepIndex} step={step} />
          ))}
        </section>
      )}
      {fault !== null && <FaultNotice fault={fault} />}
      <div className={classes.buttons}>
        {hasEnded || target === null ? (
          <>
            <Button onClick={() => void keepIt()} loading={keep.isPending}>
              Keep as association
            </Button>
            <Button variant="filled" onClick={() => void done()} loading={putAway.isPending}>
              Done
            </Button>
          </>
        ) : (
          <Button color="bad" onClick={() => void stop.run(undefined)} loading={stop.isPending}>
            Stop it
          </Button>
        )}
      </div>
    </div>
  );
}

function TestStep({ step: { name, record } }: { step: StepRow }) {
  const status = record?.status ?? 'NotStarted';
  const reason = record === null ? '' : reasonOf(record);
  return (
    <section className={classes.step} aria-label={`Step ${name}`}>
      <div className={classes.head}>
        <strong>{name}</strong>
        <StatusBadge {...stepLooks[status]} look="plain" />
      </div>
      {reason !== '' && <p className="hf-soft">{reason}</p>}
      {record !== null && <Differences record={record} />}
      {record !== null && status !== 'NotStarted' && status !== 'Skipped' && (
        <>
          <Stream record={record} stream="stdout" label={`Standard output of ${name}`} />
          {(record.stderr === null || record.stderr.bytes > 0) && (
            <Stream record={record} stream="stderr" label={`Standard error of ${name}`} />
          )}
        </>
      )}
    </section>
  );
}

function reasonOf({ result }: StepRecord): string {
  if (result === null) return '';
  if ('reason' in result) return result.reason;
  return 'because' in result ? result.because : '';
}

function Differences({ record: { result } }: { record: StepRecord }) {
  const { changes, drift } = differencesOf([result]);
  const found = drift ?? changes;
  if (drift !== null && drift.length === 0) return <p>It is as it should be.</p>;
  if (found.length === 0) return null;
  return (
    <ul className={classes.differences} aria-label={drift === null ? 'What was changed' : 'What differs'}>
      {found.map(({ resource, property, before, after }) => (
        <li key={`${resource} ${property}`}>
          {resource}, {property}: <code>{before ?? 'nothing'}</code> {drift === null ? 'became' : 'should be'}{' '}
          <code>{after ?? 'nothing'}</code>
        </li>
      ))}
    </ul>
  );
}

function Stream({ record, stream, label }: { record: StepRecord; stream: StreamOfStep['stream']; label: string }) {
  const { executionId, nodeId, stepIndex, attempt, status } = record;
  const feed = useOutput({ executionId, nodeId, stepIndex, attempt, stream });
  const isLive = status === 'InProgress';
  if (feed.fault !== null) return <FaultNotice fault={feed.fault} />;
  // The standard error of most steps is empty, and then no box of its own.
  if (stream === 'stderr' && feed.pieces.length === 0) return null;
  return (
    <LogView
      label={label}
      pieces={feed.pieces}
      fileName={`step-${stepIndex + 1}-${stream}.txt`}
      isLive={isLive}
      empty={isLive ? 'Nothing yet. What the step writes appears here as it comes.' : 'The step wrote nothing here.'}
    />
  );
}
