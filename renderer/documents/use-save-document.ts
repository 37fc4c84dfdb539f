import type { FaultData } from '../client/fault.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { dropGuard, goTo } from '../ui/address.ts';
import { tellDone } from '../ui/toast.tsx';
import type { DocumentDraft } from './use-document-editor.ts';

/** The saved document that a new version is written of. */
export interface EditedDocument {
  name: string;
  /** The version that was opened: the save is refused when another one has been saved meanwhile. */
  openedVersion: number;
  /** The number that the next version will have. */
  nextVersion: number;
}

const versionNameOf = ({ versionName }: DocumentDraft): string | null => (versionName === '' ? null : versionName);

const updateOf = (draft: DocumentDraft, { openedVersion }: EditedDocument, makesDefault: boolean) => {
  const { name, format, content } = draft;
  return { name, format, content, documentVersion: String(openedVersion), versionName: versionNameOf(draft), makesDefault };
};

/** Saves a new document, or the next version of `edited`, and goes to it. */
export function useSaveDocument(edited: EditedDocument | null, onFault: (fault: FaultData) => void) {
  const save = useAction((client, { draft, makesDefault }: { draft: DocumentDraft; makesDefault: boolean }) =>
    edited === null
      ? client.documents.create({ ...draft, versionName: versionNameOf(draft) })
      : client.documents.update(updateOf(draft, edited, makesDefault)),
  );

  const run = async (draft: DocumentDraft, becomes: 'default' | 'latest'): Promise<void> => {
    const outcome = await save.run({ draft, makesDefault: becomes === 'default' });
    if (!outcome.ok) return onFault(outcome.fault);
    const { name, latestVersion } = outcome.answer.identifier;
    dropGuard();
    if (edited === null) {
      tellDone(`“${name}” is created.`);
      return goTo(address.document(name));
    }
    tellDone(`“${name}” is saved as version ${latestVersion}.`);
    goTo(address.document(name, { version: latestVersion }));
  };
  return { run, isPending: save.isPending, fault: save.fault };
}
