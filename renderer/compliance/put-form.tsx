import type { NodeId } from '../../agent/protocol/ids.ts';
import { ASSOCIATION_TYPE, ComplianceType } from '../../electron/domain/compliance.ts';
import { calls } from '../client/calls.ts';
import { useFreshCall } from '../client/use-call.ts';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { AssociationItems } from './put-association-items.tsx';
import type { PutTarget } from './put-draft.ts';
import { PutItems } from './put-items.tsx';
import { PutTargetFields } from './put-target-fields.tsx';

interface PutFormProps {
  nodeId: NodeId | null;
  /** As it is being written: it may be none yet. */
  complianceType: string;
  /** Another machine or type, which are kept in the address. */
  onTarget(target: { node?: string | null; type?: string }): void;
}

/** As many as the form takes; more are put as JSON. */
const MOST = 200;

export function PutForm({ nodeId, complianceType, onTarget }: PutFormProps) {
  const type = ComplianceType.safeParse(complianceType);
  return (
    <>
      <PutTargetFields
        nodeId={nodeId}
        complianceType={complianceType}
        onNode={(node) => onTarget({ node })}
        onType={(type) => onTarget({ type })}
      />
      {nodeId === null || !type.success ? (
        <p className="hf-faint">Choose a machine and a type, to see what is there and change it.</p>
      ) : (
        <Known key={`${nodeId} ${type.data}`} target={{ nodeId, complianceType: type.data }} />
      )}
    </>
  );
}

/** What is there already is where one begins: a complete list that leaves something out takes it away. */
function Known({ target }: { target: PutTarget }) {
  const { nodeId, complianceType } = target;
  const filter = { nodeId, complianceType, associationId: null, status: null };
  const known = useFreshCall(calls.compliance.items({ ...filter, offset: 0, limit: MOST }));
  switch (known.status) {
    case 'loading':
      return <SkeletonLines lines={4} />;
    case 'fault':
      return <FaultNotice fault={known.fault} />;
    case 'full':
      if (complianceType === ASSOCIATION_TYPE) return <AssociationItems target={target} known={known.answer.rows} />;
      return known.answer.total > MOST ? (
        <p>
          There are {known.answer.total} items of this type on the machine, more than fit in a form. Put them as JSON, all of them: what a
          list leaves out goes.
        </p>
      ) : (
        <PutItems target={target} known={known.answer.rows} />
      );
  }
}
