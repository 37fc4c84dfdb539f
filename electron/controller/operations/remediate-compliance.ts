import type { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import { associationTitle } from '../../domain/association.ts';
import type { LeftItems, RemediationRun } from '../../domain/compliance-remediation.ts';
import { remediationOf } from '../../domain/compliance-remediation.ts';
import { Fault } from '../../domain/faults.ts';
import type { ComplianceFilter } from '../store/compliance-pages.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

export type RemediationPlan = { runs: RemediationRun[]; nodes: number; left: LeftItems[] };
export type StartedRemedy = { associationId: AssociationId; title: string; executionId: ExecutionId | null };

type Planned = { association: Association; nodeIds: ReadonlySet<NodeId> };

function planned({ stores }: Pick<StartContext, 'stores'>, filter: ComplianceFilter): { runs: Planned[]; left: LeftItems[] } {
  const found = new Map<AssociationId, Association | null>();
  const find = (associationId: AssociationId): Association | null => {
    const known = found.get(associationId);
    if (known !== undefined) return known;
    const association = stores.associations.find(associationId);
    found.set(associationId, association);
    return association;
  };
  const items = stores.compliance.keys({ ...filter, status: 'NON_COMPLIANT' });
  const { runs, left } = remediationOf(items, (associationId) => find(associationId) !== null);
  return {
    runs: [...runs].flatMap(([associationId, nodeIds]) => {
      const association = find(associationId);
      return association === null ? [] : [{ association, nodeIds }];
    }),
    left,
  };
}

/** What would run where to make compliant what the filter shows and is not, and what no run can mend. Changes nothing. */
export function planRemediation(context: Pick<StartContext, 'stores' | 'link'>, filter: ComplianceFilter): RemediationPlan {
  const { runs, left } = planned(context, filter);
  const nodes = new Set(runs.flatMap(({ nodeIds }) => [...nodeIds]));
  return {
    runs: runs.map(({ association, nodeIds }) => ({
      associationId: association.associationId,
      title: associationTitle(association),
      nodes: nodeIds.size,
      online: [...nodeIds].filter((nodeId) => context.link.isConnected(nodeId)).length,
      isManual: association.syncCompliance === 'MANUAL',
      mode: association.mode,
    })),
    nodes: nodes.size,
    left,
  };
}

/** One association that cannot start keeps the others from nothing: it has no execution, and the log says why. */
function startedOn(context: StartContext, { association, nodeIds }: Planned): ExecutionId | null {
  try {
    return startExecution(context, { association, trigger: 'Manual', fireAt: null, onlyNodes: nodeIds });
  } catch (cause) {
    context.log.error('remediation-start-failed', cause, { associationId: association.associationId });
    return null;
  }
}

/**
 * Applies each association again on exactly the nodes where its item is not compliant. Throws E-NOTHING-TO-REMEDY when no run can
 * mend anything of it.
 */
export function remediateCompliance(context: StartContext, filter: ComplianceFilter): { started: StartedRemedy[]; left: LeftItems[] } {
  const { runs, left } = planned(context, filter);
  if (runs.length === 0) {
    const because = left.length === 0 ? 'Nothing of this is non-compliant any more.' : left.map((items) => items.because).join(' ');
    throw new Fault('E-NOTHING-TO-REMEDY', { because });
  }
  const started = runs.map(({ association, nodeIds }) => ({
    associationId: association.associationId,
    title: associationTitle(association),
    executionId: startedOn(context, { association, nodeIds }),
  }));
  return { started, left };
}
