import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { StepRow, TargetDetail } from '../../electron/api/executions.ts';
import { isFinal } from '../../electron/domain/execution.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { stepLooks, targetLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText } from '../terms/words.ts';
import { At } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { durationText } from '../ui/moment.ts';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { useTimeText } from '../ui/ticker.ts';
import classes from './executions.module.css';
import { OutputNotes } from './output-notes.tsx';
import { StepOutput } from './step-output.tsx';
import { differenceText, exitCodeOf, stepToShow } from './step-words.ts';

/** One target: how it stands and why, and every step of the document with its output. */
export function TargetPanel({ executionId, nodeId }: { executionId: ExecutionId; nodeId: NodeId }) {
  const detail = useCall(calls.executions.target(executionId, nodeId));
  switch (detail.status) {
    case 'loading':
      return <SkeletonLines lines={5} />;
    case 'fault':
      return <FaultNotice fault={detail.fault} />;
    case 'full':
      return <Target detail={detail.answer} />;
  }
}

function Target({ detail: { target, steps, droppedOutput, outputCopy } }: { detail: TargetDetail }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const open = chosen ?? stepToShow(steps);
  const reason = detailText(target.detailedStatus);
  const differences = differenceText(target);
  return (
    <section className={classes.target} aria-label={`Target ${target.nodeName}`}>
      <div className={classes.targetHead}>
        <h2 className={classes.targetName}>
          <a href={address.node(target.nodeId)}>{target.nodeName}</a>
        </h2>
        <Status look={targetLooks[target.status]} at={target.endedAt ?? target.startedAt} reason={reason} />
      </div>
      <div className={classes.facts}>
        {target.startedAt !== null && (
          <span>
            Started <At at={target.startedAt} />
          </span>
        )}
        {target.startedAt === null && !isFinal(target.status) && (
          <span>{target.online ? 'Waits for its turn' : 'The node is not connected'}</span>
        )}
        <Ran from={target.startedAt} to={target.endedAt} />
        {reason !== '' && <span>{reason}</span>}
        {differences !== '' && <span>{differences}</span>}
        {target.errorCode !== null && <code>{target.errorCode}</code>}
      </div>
      {target.errorCode !== null && target.executionSummary !== '' && <p className={classes.stepNote}>{target.executionSummary}</p>}
      <OutputNotes droppedOutput={droppedOutput} outputCopy={outputCopy} />
      <ol className={classes.steps} aria-label="Steps">
        {steps.map((step) => (
          <li key={step.stepIndex} className={classes.step}>
            <Step step={step} isOpen={open === step.stepIndex} onToggle={() => setChosen(open === step.stepIndex ? -1 : step.stepIndex)} />
            {open === step.stepIndex && <StepOutput step={step} nodeName={target.nodeName} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  step: StepRow;
  isOpen: boolean;
  onToggle(): void;
}

function Step({ step, isOpen, onToggle }: StepProps) {
  const { record } = step;
  const exitCode = exitCodeOf(record?.result ?? null);
  return (
    <h3 className={classes.stepHead}>
      <button type="button" className={classes.stepButton} aria-expanded={isOpen} onClick={onToggle}>
        <IconChevronRight size={16} aria-hidden className={classes.chevron} />
        <span className={classes.stepWords}>
          <span className={classes.stepName}>{step.name}</span>
          <span className={classes.stepAction}>{step.action}</span>
        </span>
        <span className={classes.stepFacts}>
          {exitCode !== null && <span>exit {exitCode}</span>}
          <Ran from={record?.startedAt ?? null} to={record?.endedAt ?? null} />
        </span>
        <StatusBadge {...stepLooks[record?.status ?? 'NotStarted']} />
      </button>
    </h3>
  );
}

function Ran({ from, to }: { from: Date | null; to: Date | null }) {
  const text = useTimeText((now) => (from === null ? '' : durationText((to ?? now).getTime() - from.getTime())), from);
  return text === '' ? null : <span className="hf-tabular">{text}</span>;
}
