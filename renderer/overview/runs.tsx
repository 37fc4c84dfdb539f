import type { Overview } from '../../electron/api/site.ts';
import type { ExecutionStatus } from '../../electron/domain/execution.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { ExecutionLine } from '../terms/execution-line.tsx';
import { progressText, sharesOf } from '../terms/words.ts';
import { Age, At } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './overview.module.css';

const RUNNING_SHOWN = 5;
const LAST_SHOWN = 8;

function useExecutions(status: ExecutionStatus | null, limit: number) {
  return useCall(calls.executions.list({ status, associationId: null, nodeId: null, offset: 0, limit }));
}

export function RunningNow() {
  const running = useExecutions('InProgress', RUNNING_SHOWN);
  if (running.status !== 'full' || running.answer.total === 0) return null;
  return (
    <Panel title="Running now" padding="flush" aside={<a href={address.executions({ status: 'InProgress' })}>{running.answer.total}</a>}>
      <PanelRows label="Running now">
        {running.answer.rows.map((execution) => (
          <PanelRow key={execution.executionId}>
            <a href={address.execution(execution.executionId)} className={classes.running}>
              <span className={classes.runningHead}>
                <span className={classes.runningTitle}>{execution.title}</span>
                <span className="hf-faint hf-tabular">{progressText(execution)}</span>
              </span>
              <ShareBar shares={sharesOf(execution.counts)} label="Targets by status" />
            </a>
          </PanelRow>
        ))}
      </PanelRows>
    </Panel>
  );
}

export function NextRuns({ overview: { nextRuns } }: { overview: Overview }) {
  return (
    <Panel title="Next runs" padding="flush">
      <PanelRows label="Next runs">
        {nextRuns.map(({ associationId, title, at, targets }) => (
          <PanelRow key={associationId}>
            <div className={classes.attentionWords}>
              <a href={address.association(associationId)} className={classes.attentionTitle}>
                {title}
              </a>
              <span className={classes.attentionReason}>{plural(targets, 'machine')}</span>
            </div>
            <span className={classes.nextAt}>
              <At at={at} />
              <Age at={at} className={classes.since} />
            </span>
          </PanelRow>
        ))}
        {nextRuns.length === 0 && (
          <PanelRow>
            <span className="hf-faint">No association has a schedule.</span>
          </PanelRow>
        )}
      </PanelRows>
    </Panel>
  );
}

export function LastExecutions({ hasAssociations }: { hasAssociations: boolean }) {
  const last = useExecutions(null, LAST_SHOWN);
  return (
    <Panel title="Last executions" padding="flush" aside={<a href={address.executions()}>All</a>}>
      {last.status === 'loading' && <SkeletonLines lines={4} />}
      {last.status === 'fault' && <FaultNotice fault={last.fault} />}
      {last.status === 'full' && (
        <PanelRows label="Last executions">
          {last.answer.rows.map((execution) => (
            <PanelRow key={execution.executionId}>
              <ExecutionLine execution={execution} title={execution.title} />
            </PanelRow>
          ))}
          {last.answer.total === 0 && (
            <PanelRow>
              <span className="hf-faint">
                {hasAssociations ? 'Nothing has run yet.' : 'Nothing has run yet: what an association does shows here, live.'}
              </span>
            </PanelRow>
          )}
        </PanelRows>
      )}
    </Panel>
  );
}
