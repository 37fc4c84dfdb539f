import { NodeId } from '../../agent/protocol/ids.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { nodeLook } from '../terms/looks.ts';
import { OriginMark, Status } from '../terms/status.tsx';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { MachineTabs } from './machine-tabs.tsx';
import { NodeInventory } from './node-inventory.tsx';

const back = { label: 'Nodes', href: address.nodes() };

interface NodeInventoryPageProps {
  nodeId: string;
  typeName: string | null;
  search: string;
}

export function NodeInventoryPage({ nodeId, ...shown }: NodeInventoryPageProps) {
  const id = NodeId.safeParse(nodeId);
  return id.success ? <KnownNode nodeId={id.data} {...shown} /> : <NotThere title="Node" back={back} fault={null} />;
}

function KnownNode({ nodeId, typeName, search }: { nodeId: NodeId; typeName: string | null; search: string }) {
  const node = useCall(calls.nodes.get(nodeId));
  switch (node.status) {
    case 'loading':
      return <PageLoading title="Node" back={back} />;
    case 'fault':
      return <NotThere title="Node" back={back} fault={node.fault} />;
    case 'full':
      return (
        <Page layout="fill">
          <PageHeader
            title={node.answer.name}
            parent={back}
            marks={
              <>
                <OriginMark origin={node.answer.origin} />
                <Status look={nodeLook(node.answer)} at={node.answer.lastPingAt} />
              </>
            }
          >
            <span className="hf-mono">{nodeId}</span>
          </PageHeader>
          <MachineTabs nodeId={nodeId} at="inventory" />
          <NodeInventory nodeId={nodeId} nodeName={node.answer.name} typeName={typeName} search={search} />
        </Page>
      );
  }
}
