import type { NodeRow } from '../../electron/api/nodes.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { tellDone } from '../ui/toast.tsx';

interface DeregisterDialogProps {
  node: NodeRow;
  isOpen: boolean;
  onClose(): void;
}

export function DeregisterDialog({ node, isOpen, onClose }: DeregisterDialogProps) {
  const leave = useAction((client, { nodeId }: NodeRow) => client.nodes.deregister({ nodeId }));
  const confirm = async () => {
    const outcome = await leave.run(node);
    if (!outcome.ok) return;
    tellDone(`${node.name} is deregistered.`);
    goTo(address.nodes());
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={`Deregister ${node.name}?`}
      confirmLabel="Deregister"
      isPending={leave.isPending}
      onCancel={onClose}
      onConfirm={() => void confirm()}
    >
      <p>
        Its certificate is revoked and its connection closed at once. No association is applied to it any more, and its compliance is taken
        out of every list. The history of what ran there stays.
      </p>
      {node.origin === 'LocalAgent' && <p>This is the agent of this computer: Holdfast cannot look after this computer without it.</p>}
      <p>This cannot be undone: to come back, the machine has to be enrolled again, with a new activation.</p>
      {leave.fault !== null && <FaultNotice fault={leave.fault} />}
    </ConfirmDialog>
  );
}
