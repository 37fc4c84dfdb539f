import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { Mark } from '../ui/status-badge.tsx';
import { ownerLabels } from './document-words.ts';

/** Whose document it is, and whether the name is its own. */
export function OwnerMark({ document: { owner, aliasOf } }: { document: Pick<DocumentIdentifier, 'owner' | 'aliasOf'> }) {
  return (
    <>
      <Mark tone={owner === 'Self' ? 'run' : 'idle'}>{ownerLabels[owner]}</Mark>
      {aliasOf !== null && <Mark>Alias</Mark>}
    </>
  );
}
