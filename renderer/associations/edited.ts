import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';

/** The saved association that is being edited, and the version that the person began with. */
export interface Edited {
  associationId: AssociationId;
  associationVersion: number;
  draft: AssociationDraft;
}
