import { Button } from '@mantine/core';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { remedy } from '../review/remedy.ts';
import { address } from '../routes.ts';
import { typeText } from '../terms/compliance-words.ts';
import { ItemStatus } from '../terms/item-status.tsx';
import { Severity } from '../terms/status.tsx';
import { Age } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import classes from './nodes.module.css';

const SHOWN = 20;

interface NodeComplianceProps {
  nodeId: NodeId;
  name: string;
}

/** Items of every type on this machine, the worst first. */
export function NodeCompliance({ nodeId, name }: NodeComplianceProps) {
  const filter = { nodeId, associationId: null, status: null };
  const items = useCall(calls.compliance.items({ ...filter, offset: 0, limit: SHOWN }));
  const isBroken = items.status === 'full' && items.answer.rows.some(({ status }) => status === 'NON_COMPLIANT');
  return (
    <Panel
      title="Compliance"
      padding="flush"
      aside={
        <>
          {isBroken && (
            <Button size="compact-xs" onClick={() => remedy(filter, `Apply again what is not compliant on ${name}?`)}>
              Apply again…
            </Button>
          )}
          <a href={address.compliance({ node: nodeId })}>{linkText(items.status === 'full' ? items.answer.total : 0)}</a>
        </>
      }
    >
      {items.status === 'loading' && <SkeletonLines lines={3} />}
      {items.status === 'fault' && <FaultNotice fault={items.fault} />}
      {items.status === 'full' && (
        <PanelRows label="Compliance items">
          {items.answer.rows.map((item) => (
            <PanelRow key={`${item.complianceType} ${item.itemId}`}>
              <Item item={item} />
            </PanelRow>
          ))}
          {items.answer.total === 0 && <PanelRow>Nothing is known yet: no association has finished here, and nothing was put.</PanelRow>}
        </PanelRows>
      )}
    </Panel>
  );
}

const linkText = (total: number): string => (total > SHOWN ? `All ${total}` : 'All');

function Item({ item }: { item: ComplianceRow }) {
  return (
    <div className={classes.applied}>
      <div>
        <a className={classes.appliedTitle} href={address.complianceItem(item)}>
          {item.title === '' ? item.itemId : item.title}
        </a>{' '}
        <Severity severity={item.severity} />
        <p className={classes.appliedSub}>
          {typeText(item.complianceType)} · confirmed <Age at={item.confirmedAt} />
        </p>
      </div>
      <span className={classes.appliedStatus}>
        <ItemStatus item={item} at={item.since} />
      </span>
    </div>
  );
}
