import type { ResourceChange } from '../../../agent/protocol/status.ts';
import type { Association } from '../../domain/association.ts';
import { associationTitle } from '../../domain/association.ts';
import { ASSOCIATION_TYPE, complianceFrom } from '../../domain/compliance.ts';
import type { Execution, ExecutionTarget } from '../../domain/execution.ts';
import { changeText, differencesOf } from '../../domain/step.ts';
import { isSelected } from '../../domain/target.ts';
import type { Context } from './context.ts';

const NO_CHANGE = { change: false } as const;

type RecordContext = Pick<Context, 'stores' | 'clock' | 'index'>;

/**
 * What a target's end says about compliance, stored. A node that has ceased to match meanwhile gets no item again. True when an
 * item was written. Call inside a transaction.
 */
export function recordCompliance({ stores, clock, index }: RecordContext, execution: Execution, target: ExecutionTarget): boolean {
  const { nodeId, status } = target;
  const association = stores.associations.find(execution.associationId);
  const node = index.fleet().members.get(nodeId);
  if (node === undefined || status === 'Skipped') return false;
  const { executionId, associationId } = execution;
  const now = clock.now();
  const isCovered = association !== null && isSelected(index.targetsOf(association).selection, node);
  const change = association === null ? NO_CHANGE : complianceFrom(target, association);
  if (association === null || !isCovered || !change.change) {
    stores.compliance.captureAssociations(nodeId, { executionTime: now, executionId, executionType: ASSOCIATION_TYPE });
    return false;
  }
  const finding = {
    nodeId,
    complianceType: ASSOCIATION_TYPE,
    itemId: associationId,
    title: associationTitle(association),
    severity: change.severity,
    status: change.status,
    details: {
      DocumentName: execution.documentName,
      DocumentVersion: String(execution.documentVersion),
      ...differenceDetails(stores, target),
    },
    executionId,
    executionType: ASSOCIATION_TYPE,
  };
  stores.compliance.put(finding, now);
  return true;
}

const LONGEST_DETAIL = 4096;

const listText = (changes: readonly ResourceChange[]): string => {
  const text = changes.map(changeText).join('\n');
  return text.length <= LONGEST_DETAIL ? text : `${text.slice(0, LONGEST_DETAIL - 1)}…`;
};

/** The cause, as the item tells it: what a check found to differ, and what a run has mended. */
function differenceDetails(
  { executions }: Pick<Context['stores'], 'executions'>,
  { executionId, nodeId, changeCount, driftCount }: ExecutionTarget,
): Record<string, string> {
  // Of most runs there is nothing to tell, and their steps are not read once more.
  if ((changeCount ?? 0) === 0 && driftCount === null) return {};
  const { changes, drift } = differencesOf(executions.steps(executionId, nodeId).map(({ result }) => result));
  return {
    ...(drift === null ? {} : { Mode: 'Audit' }),
    ...(drift === null || drift.length === 0 ? {} : { Drift: listText(drift) }),
    ...(changes.length === 0 ? {} : { Changed: listText(changes) }),
  };
}

/** An edit of an association shows on its items without waiting for a run; what the edit left alone stays as it was put. */
export function relabelCompliance({ stores, clock }: Pick<Context, 'stores' | 'clock'>, before: Association, after: Association): void {
  const [title, severity] = [associationTitle(after), after.complianceSeverity];
  const change = {
    ...(title === associationTitle(before) ? {} : { title }),
    ...(severity === before.complianceSeverity ? {} : { severity }),
  };
  if (Object.keys(change).length > 0) stores.compliance.setSeverity(after.associationId, { ...change, at: clock.now() });
}
