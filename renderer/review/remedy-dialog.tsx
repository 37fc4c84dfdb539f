import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Remediated, RemediationPlan } from '../../electron/api/compliance.ts';
import { calls } from '../client/calls.ts';
import type { ComplianceFilter } from '../client/compliance-calls.ts';
import { useAction } from '../client/use-action.ts';
import { useFreshCall, useLastAnswer } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText, plural } from '../ui/moment.ts';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { dropRemedyRequest, useRemedyRequest } from './remedy.ts';
import classes from './remedy-dialog.module.css';
import { RemedyProgress } from './remedy-progress.tsx';

/** Stands once in the frame, so that whatever asks for it may go away meanwhile. */
export function RemedyDialog() {
  const { asked } = useRemedyRequest();
  return asked === null ? null : <Remedy key={JSON.stringify(asked.filter)} filter={asked.filter} title={asked.title} />;
}

function Remedy({ filter, title }: { filter: ComplianceFilter; title: string }) {
  const [remediated, setRemediated] = useState<Remediated | null>(null);
  const start = useAction((client, wanted: ComplianceFilter) => client.compliance.remediate(wanted));
  const run = async () => {
    const outcome = await start.run(filter);
    if (outcome.ok) setRemediated(outcome.answer);
  };
  if (remediated !== null) return <Started remediated={remediated} />;
  return <LastLook filter={filter} title={title} isPending={start.isPending} fault={start.fault} onConfirm={() => void run()} />;
}

interface LastLookProps {
  filter: ComplianceFilter;
  title: string;
  isPending: boolean;
  fault: { title: string; remedy: string; code: string } | null;
  onConfirm(): void;
}

function LastLook({ filter, title, isPending, fault, onConfirm }: LastLookProps) {
  const planned = useFreshCall(calls.compliance.remediation(filter));
  const last = useLastAnswer(planned);
  const plan = last?.answer ?? null;
  const isNothing = plan !== null && plan.runs.length === 0;
  return (
    <ConfirmDialog
      isOpen
      title={title}
      size="wide"
      tone="accent"
      confirmLabel={plan === null || isNothing ? 'Apply again' : `Apply again on ${plural(plan.nodes, 'machine')}`}
      cancelLabel={isNothing ? 'Close' : 'Cancel'}
      isPending={isPending}
      canConfirm={last !== null && !last.isOld && !isNothing}
      typed={plan === null ? null : typedNodes(plan)}
      onConfirm={onConfirm}
      onCancel={dropRemedyRequest}
    >
      {plan === null && planned.status !== 'fault' && <SkeletonLines lines={3} />}
      {planned.status === 'fault' && <FaultNotice fault={planned.fault} />}
      {plan !== null && <Plan plan={plan} />}
      {fault !== null && <FaultNotice fault={fault} />}
    </ConfirmDialog>
  );
}

const typedNodes = ({ nodes, confirmAbove }: RemediationPlan) =>
  nodes > confirmAbove
    ? { word: String(nodes), label: `These are more than ${countText(confirmAbove)} machines. Type ${nodes} to go on:` }
    : null;

function Plan({ plan: { runs, left } }: { plan: RemediationPlan }) {
  if (runs.length === 0 && left.length === 0) return <p>Everything of this is compliant by now.</p>;
  return (
    <div className={classes.parts}>
      {runs.length > 0 && (
        <>
          <p>Each association runs on exactly the machines where its last result was not compliant.</p>
          <ul className={classes.list} aria-label="What runs">
            {runs.map(({ associationId, title, nodes, online, isManual, mode }) => (
              <li key={associationId}>
                <a href={address.association(associationId)} className={classes.name}>
                  {title}
                </a>{' '}
                on {plural(nodes, 'machine')}
                {online < nodes && `; ${countText(nodes - online)} not connected, which get it when they are back`}
                {mode === 'Audit' && (
                  <p className="hf-faint">It is in Audit mode: it looks again and mends nothing. Set its mode to Enforce for that.</p>
                )}
                {isManual && <p className="hf-faint">Its compliance is put by hand: a run alone does not change it.</p>}
              </li>
            ))}
          </ul>
        </>
      )}
      {left.length > 0 && (
        <ul className={classes.list} aria-label="What no run makes compliant">
          {left.map(({ complianceType, because }) => (
            <li key={complianceType} className="hf-soft">
              {because}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Started({ remediated: { started, left } }: { remediated: Remediated }) {
  return (
    <Modal opened onClose={dropRemedyRequest} title="Applying again" size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <RemedyProgress started={started} />
      {left.map(({ complianceType, because }) => (
        <p key={complianceType} className="hf-soft">
          {because}
        </p>
      ))}
      <div className={classes.foot}>
        <Button onClick={dropRemedyRequest} data-autofocus>
          Close
        </Button>
      </div>
    </Modal>
  );
}
