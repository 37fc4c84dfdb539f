import type { ComplianceItem } from '../../electron/domain/compliance.ts';
import { associationOf, runOf } from '../../electron/domain/compliance.ts';
import { address } from '../routes.ts';

/** Where it is said what an item is about; null for what Holdfast knows nothing more of. */
export function subjectAddress(item: Pick<ComplianceItem, 'complianceType' | 'itemId'>): string | null {
  const associationId = associationOf(item);
  return associationId === null ? null : address.association(associationId);
}

/** The execution that said so, on that node; null where none of ours did. */
export function runAddress(item: Pick<ComplianceItem, 'executionId' | 'executionType' | 'nodeId'>): string | null {
  const executionId = runOf(item);
  return executionId === null ? null : address.execution(executionId, { node: item.nodeId });
}
