import type { NodeId } from '../../agent/protocol/ids.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { runAddress, subjectAddress } from '../terms/compliance-links.ts';
import { complianceLooks } from '../terms/looks.ts';
import { Severity, Status } from '../terms/status.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './nodes.module.css';

const SHOWN = 20;

export function NodeCompliance({ nodeId }: { nodeId: NodeId }) {
  const items = useCall(calls.compliance.items({ nodeId, associationId: null, status: null, offset: 0, limit: SHOWN }));
  return (
    <Panel title="Compliance" padding="flush" aside={<a href={address.compliance({ node: nodeId })}>All</a>}>
      {items.status === 'loading' && <SkeletonLines lines={3} />}
      {items.status === 'fault' && <FaultNotice fault={items.fault} />}
      {items.status === 'full' && (
        <PanelRows label="Compliance items">
          {items.answer.rows.map((item) => (
            <PanelRow key={`${item.complianceType} ${item.itemId}`}>
              <div className={classes.applied}>
                <div>
                  <a className={classes.appliedTitle} href={subjectAddress(item) ?? address.compliance({ node: nodeId })}>
                    {item.title}
                  </a>{' '}
                  <Severity severity={item.severity} />
                </div>
                <a className={classes.appliedStatus} href={runAddress(item) ?? address.compliance({ node: nodeId })}>
                  <Status look={complianceLooks[item.status]} at={item.since} style="plain" />
                </a>
              </div>
            </PanelRow>
          ))}
          {items.answer.total === 0 && <PanelRow>Nothing is known yet: no association has finished here.</PanelRow>}
        </PanelRows>
      )}
    </Panel>
  );
}
