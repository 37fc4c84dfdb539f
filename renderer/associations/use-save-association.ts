import type { AssociationDraft } from '../../electron/domain/association.ts';
import { changedSettings } from '../../electron/domain/association.ts';
import type { Client } from '../client/line.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { tagsOfLines } from '../terms/tag-lines.ts';
import { dropGuard, goTo } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';
import type { Edited } from './edited.ts';
import { draftOfEditor } from './editor-state.ts';
import type { Editor } from './use-editor.ts';

/** Whether only the association's tags are different, which need no version and run nothing. */
export const isTagsOnly = (editor: Pick<Editor, 'areTagsChanged'>, edited: Edited | null, draft: AssociationDraft): boolean =>
  edited !== null && editor.areTagsChanged && changedSettings(edited.draft, draft).length === 0;

/** Saves what the editor holds, says so, and shows the association. What is refused goes back to the fields. */
export function useSaveAssociation(editor: Editor, edited: Edited | null) {
  const draft = draftOfEditor(editor.state);
  const tags = tagsOfLines(editor.state.tagLines);
  const act = (client: Client) => {
    if (edited === null) return client.associations.save({ edit: null, draft, tags });
    const { associationId, associationVersion } = edited;
    if (isTagsOnly(editor, edited, draft)) return client.associations.setTags({ associationId, tags });
    return client.associations.save({ edit: { associationId, associationVersion }, draft, ...(editor.areTagsChanged ? { tags } : {}) });
  };
  const save = useAction(act);
  const run = async () => {
    const outcome = await save.run(undefined);
    if (!outcome.ok) return editor.noteRefusal(outcome.fault);
    const { title, associationId, associationVersion } = outcome.answer;
    const isNewVersion = edited !== null && associationVersion !== edited.associationVersion;
    tellDone(isNewVersion ? `“${title}” is saved as version ${associationVersion}.` : `“${title}” is saved.`);
    dropGuard();
    goTo(address.association(associationId));
  };
  return { run, isPending: save.isPending, fault: save.fault };
}
