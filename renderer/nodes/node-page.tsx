import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { NodeRow } from '../../electron/api/nodes.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import type { ExecutionQuery } from '../routes.ts';
import { address } from '../routes.ts';
import { nodeLook } from '../terms/looks.ts';
import { OriginMark, Status } from '../terms/status.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AppliedAssociations } from './applied-associations.tsx';
import { DeregisterDialog } from './deregister-dialog.tsx';
import { EditNodeDialog } from './edit-node-dialog.tsx';
import { MachineTabs } from './machine-tabs.tsx';
import { NodeCompliance } from './node-compliance.tsx';
import { NodeExecutions } from './node-executions.tsx';
import { NodeFacts } from './node-facts.tsx';
import { warningsOf } from './node-words.ts';
import classes from './nodes.module.css';

const back = { label: 'Nodes', href: address.nodes() };

export function NodePage({ nodeId, filter }: { nodeId: string; filter: ExecutionQuery }) {
  const id = NodeId.safeParse(nodeId);
  return id.success ? <KnownNode nodeId={id.data} filter={filter} /> : <NotThere title="Node" back={back} fault={null} />;
}

function KnownNode({ nodeId, filter }: { nodeId: NodeId; filter: ExecutionQuery }) {
  const node = useCall(calls.nodes.get(nodeId));
  switch (node.status) {
    case 'loading':
      return <PageLoading title="Node" back={back} />;
    case 'fault':
      return <NotThere title="Node" back={back} fault={node.fault} />;
    case 'full':
      return (
        <Page>
          <Header node={node.answer} />
          <MachineTabs nodeId={nodeId} at="summary" />
          {node.fault !== null && <FaultNotice fault={node.fault} />}
          <Warnings node={node.answer} />
          <div className={classes.columns}>
            <div className={classes.column}>
              <AppliedAssociations node={node.answer} />
              <NodeCompliance nodeId={nodeId} name={node.answer.name} />
            </div>
            <div className={classes.column}>
              <NodeFacts node={node.answer} />
            </div>
          </div>
          <NodeExecutions nodeId={nodeId} filter={filter} />
        </Page>
      );
  }
}

function Header({ node }: { node: NodeRow }) {
  const [isEditing, setEditing] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  return (
    <PageHeader
      title={node.name}
      parent={back}
      marks={
        <>
          <OriginMark origin={node.origin} />
          <Status look={nodeLook(node)} at={node.lastPingAt} />
        </>
      }
      actions={
        <>
          <Button leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setEditing(true)}>
            Edit name and tags
          </Button>
          <Button color="bad" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setLeaving(true)}>
            Deregister…
          </Button>
          {isEditing && <EditNodeDialog node={node} onClose={() => setEditing(false)} />}
          <DeregisterDialog node={node} isOpen={isLeaving} onClose={() => setLeaving(false)} />
        </>
      }
    >
      <span className="hf-mono">{node.nodeId}</span>
      {node.origin === 'SampleLab' && ' · an agent on this computer, to try Holdfast with'}
    </PageHeader>
  );
}

function Warnings({ node }: { node: NodeRow }) {
  return warningsOf(node, new Date()).map(({ kind, text }) => (
    <div key={kind} className={classes.warning}>
      <IconAlertTriangle size={17} aria-hidden />
      <p>{text}</p>
    </div>
  ));
}
