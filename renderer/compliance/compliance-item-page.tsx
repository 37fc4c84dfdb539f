import { Button } from '@mantine/core';
import { IconPencilPlus, IconRefresh } from '@tabler/icons-react';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { ComplianceRow } from '../../electron/api/compliance.ts';
import { associationOf, ComplianceType } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { remedy } from '../review/remedy.ts';
import { address } from '../routes.ts';
import { typeText } from '../terms/compliance-words.ts';
import { ItemStatus } from '../terms/item-status.tsx';
import { Severity } from '../terms/status.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import classes from './compliance.module.css';
import { itemTitle } from './item-columns.tsx';
import { ItemDetails, ItemFacts } from './item-facts.tsx';
import { ItemHistory } from './item-history.tsx';

const back = { label: 'Compliance', href: address.compliance() };

interface ItemPageProps {
  nodeId: string;
  complianceType: string;
  itemId: string;
}

/** All that is known of one item, also of one that went. */
export function ComplianceItemPage({ nodeId, complianceType, itemId }: ItemPageProps) {
  const [node, type] = [NodeId.safeParse(nodeId), ComplianceType.safeParse(complianceType)];
  if (!node.success || !type.success || itemId.length > 100) return <NotThere title="Compliance item" back={back} fault={null} />;
  return <KnownItem of={{ nodeId: node.data, complianceType: type.data, itemId }} />;
}

interface Of {
  of: { nodeId: NodeId; complianceType: string; itemId: string };
}

function KnownItem({ of }: Of) {
  const item = useCall(calls.compliance.item(of));
  switch (item.status) {
    case 'loading':
      return <PageLoading title="Compliance item" back={back} />;
    case 'fault':
      return <NotThere title="Compliance item" back={back} fault={item.fault} />;
    case 'full':
      return (
        <Page>
          {item.answer === null ? <GoneHeader of={of} /> : <ItemHeader row={item.answer} />}
          {item.fault !== null && <FaultNotice fault={item.fault} />}
          <div className={classes.columns}>
            <div className={classes.column}>
              {item.answer !== null && <ItemDetails details={item.answer.details} />}
              <ItemHistory of={of} />
            </div>
            <div className={classes.column}>{item.answer === null ? <Gone of={of} /> : <ItemFacts row={item.answer} />}</div>
          </div>
        </Page>
      );
  }
}

function ItemHeader({ row }: { row: ComplianceRow }) {
  const { nodeId, nodeName, complianceType } = row;
  return (
    <PageHeader
      title={itemTitle(row)}
      parent={back}
      marks={
        <>
          <ItemStatus item={row} style="badge" />
          <Severity severity={row.severity} />
        </>
      }
      actions={<ItemActions row={row} />}
    >
      On <a href={address.node(nodeId)}>{nodeName}</a> · {typeText(complianceType)}
    </PageHeader>
  );
}

function ItemActions({ row }: { row: ComplianceRow }) {
  const associationId = associationOf(row);
  const { nodeId, nodeName, complianceType } = row;
  if (associationId === null) {
    return (
      <Button
        component="a"
        href={address.putCompliance({ node: nodeId, type: complianceType })}
        leftSection={<IconPencilPlus size={14} aria-hidden />}
      >
        Put again
      </Button>
    );
  }
  return (
    <Button
      leftSection={<IconRefresh size={14} aria-hidden />}
      disabled={row.status === 'COMPLIANT'}
      onClick={() => remedy({ nodeId, associationId, status: null }, `Apply “${itemTitle(row)}” again on ${nodeName}?`)}
    >
      Apply again…
    </Button>
  );
}

function GoneHeader({ of: { complianceType, itemId } }: Of) {
  return (
    <PageHeader title={itemId} parent={back}>
      {typeText(complianceType)}
    </PageHeader>
  );
}

function Gone({ of: { nodeId } }: Of) {
  return (
    <Panel title="Not there now">
      <p>
        This machine has no such item now. It comes when the association has finished there, or when it is put.{' '}
        <a href={address.compliance({ node: nodeId })}>What this machine has</a>
      </p>
    </Panel>
  );
}
