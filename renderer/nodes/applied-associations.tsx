import type { NodeId } from '../../agent/protocol/ids.ts';
import type { NodeAssociation } from '../../electron/api/nodes.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { targetLooks } from '../terms/looks.ts';
import { Status } from '../terms/status.tsx';
import { detailText } from '../terms/words.ts';
import { Age } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './nodes.module.css';

/** Which associations apply here, why, and how each stands. */
export function AppliedAssociations({ nodeId }: { nodeId: NodeId }) {
  const applied = useCall(calls.nodes.associations(nodeId));
  return (
    <Panel title="Associations that apply here" padding="flush">
      {applied.status === 'loading' && <SkeletonLines lines={4} />}
      {applied.status === 'fault' && <FaultNotice fault={applied.fault} />}
      {applied.status === 'full' && (
        <PanelRows label="Associations that apply here">
          {applied.answer.map((association) => (
            <PanelRow key={association.associationId}>
              <Applied association={association} nodeId={nodeId} />
            </PanelRow>
          ))}
          {applied.answer.length === 0 && <PanelRow>None yet: no association targets this machine or one of its tags.</PanelRow>}
        </PanelRows>
      )}
    </Panel>
  );
}

function Applied({ association, nodeId }: { association: NodeAssociation; nodeId: NodeId }) {
  const { associationId, title, documentName, because, nextRunAt, latest } = association;
  return (
    <div className={classes.applied}>
      <div>
        <a className={classes.appliedTitle} href={address.association(associationId)}>
          {title}
        </a>
        <p className={classes.appliedSub}>
          {documentName} · targets {because.charAt(0).toLowerCase() + because.slice(1)}
          {nextRunAt !== null && (
            <>
              {' '}
              · next <Age at={nextRunAt} />
            </>
          )}
        </p>
        {latest !== null && latest.executionSummary !== '' && latest.status !== 'Success' && (
          <p className={classes.appliedSub}>{latest.executionSummary}</p>
        )}
      </div>
      <div className={classes.appliedStatus}>
        {latest === null ? (
          <span className="hf-faint">Has not run here</span>
        ) : (
          <a href={address.execution(latest.executionId, { node: nodeId })}>
            <Status look={targetLooks[latest.status]} at={latest.at} reason={detailText(latest.detailedStatus)} style="plain" />
          </a>
        )}
      </div>
    </div>
  );
}
