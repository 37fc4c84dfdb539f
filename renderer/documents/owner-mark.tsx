import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { Mark } from '../ui/status-badge.tsx';
import { ownerLabels } from './document-words.ts';

/** Whose document it is. */
export const OwnerMark = ({ owner }: Pick<DocumentIdentifier, 'owner'>) => (
  <Mark tone={owner === 'Self' ? 'run' : 'idle'}>{ownerLabels[owner]}</Mark>
);
