import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { LegacyStatus } from '../../domain/legacy-status.ts';
import { isSameStatus } from '../../domain/legacy-status.ts';
import type { Context } from './context.ts';

/** Nothing runs by it, and what executions say stays as it is. */
export function setLegacyStatus(
  { stores, transaction, changes }: Pick<Context, 'stores' | 'transaction' | 'changes'>,
  associationId: AssociationId,
  status: LegacyStatus,
): void {
  transaction(() => {
    const before = stores.legacyStatuses.find(associationId);
    if (before !== null && isSameStatus(before, status)) throw new Fault('StatusUnchanged', { status: status.name });
    stores.legacyStatuses.put(associationId, status);
  });
  changes.publish({ kind: 'association', associationId });
}
