import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { ExecutionId } from '../../agent/protocol/ids.ts';
import type { ItemChange, ItemFace } from '../../electron/domain/compliance-change.ts';
import { calls } from '../client/calls.ts';
import { useCall, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { reasonTexts } from '../terms/compliance-words.ts';
import { complianceLooks } from '../terms/looks.ts';
import { Severity, Status } from '../terms/status.tsx';
import { Age, At } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { plural } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './compliance.module.css';

const STEP = 20;
const MOST = 200;

interface HistoryProps {
  of: { nodeId: NodeId; complianceType: string; itemId: string };
}

/** What was seen to change of the item, the newest first, each with why. */
export function ItemHistory({ of }: HistoryProps) {
  const [limit, setLimit] = useState(STEP);
  const state = useCall(calls.compliance.history({ ...of, offset: 0, limit }));
  const last = useLastAnswer(state);
  const left = last === null ? 0 : last.answer.total - last.answer.rows.length;
  return (
    <Panel title="History" padding="flush" aside={last === null ? undefined : plural(last.answer.total, 'change')}>
      {last === null && state.status === 'loading' && <SkeletonLines lines={3} />}
      {state.status === 'fault' && <FaultNotice fault={state.fault} />}
      {last !== null && (
        <PanelRows label="History">
          {last.answer.rows.map((change) => (
            <PanelRow
              key={`${change.at.toISOString()} ${change.because} ${change.after?.status} ${change.after?.severity} ${change.after?.title}`}
            >
              <Change change={change} nodeId={of.nodeId} />
            </PanelRow>
          ))}
          {last.answer.total === 0 && <PanelRow>Nothing has changed since changes are recorded.</PanelRow>}
        </PanelRows>
      )}
      {left > 0 && limit < MOST && (
        <div className={classes.more}>
          <Button size="compact-sm" onClick={() => setLimit(Math.min(MOST, limit + STEP * 2))}>
            Show older changes
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Change({ change, nodeId }: { change: ItemChange; nodeId: NodeId }) {
  const { at, because, executionId, before, after } = change;
  const run = because === 'Run' ? ExecutionId.safeParse(executionId) : null;
  return (
    <div className={classes.change}>
      <div className={classes.faces}>
        <Faces before={before} after={after} />
      </div>
      <p className={classes.why}>
        <At at={at} /> (<Age at={at} />) ·{' '}
        {run?.success === true ? (
          <a href={address.execution(run.data, { node: nodeId })}>{reasonTexts[because]}</a>
        ) : (
          <>
            {reasonTexts[because]}
            {executionId !== null && executionId !== '' && ` (${executionId})`}
          </>
        )}
      </p>
    </div>
  );
}

const Arrow = () => <IconArrowRight size={13} aria-label="became" className="hf-faint" />;

function Faces({ before, after }: { before: ItemFace | null; after: ItemFace | null }) {
  if (after === null)
    return <span>It went{before === null ? '' : `, ${complianceLooks[before.status].label.toLowerCase()} until then`}</span>;
  if (before === null) {
    return (
      <>
        It came, <Status look={complianceLooks[after.status]} style="plain" /> <Severity severity={after.severity} />
      </>
    );
  }
  return (
    <>
      {before.status !== after.status && (
        <>
          <Status look={complianceLooks[before.status]} style="plain" /> <Arrow />{' '}
          <Status look={complianceLooks[after.status]} style="plain" />
        </>
      )}
      {before.severity !== after.severity && (
        <>
          <Severity severity={before.severity} /> <Arrow /> <Severity severity={after.severity} />
        </>
      )}
      {before.title !== after.title && (
        <span>
          “{before.title}” <Arrow /> “{after.title}”
        </span>
      )}
    </>
  );
}
