import type { FaultData } from '../client/fault.ts';
import { useAction } from '../client/use-action.ts';
import { address } from '../routes.ts';
import { dropGuard, goTo } from '../ui/address.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';
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

const updateOf = (draft: DocumentDraft, { openedVersion }: EditedDocument) => {
  const { name, format, content } = draft;
  return { name, format, content, documentVersion: String(openedVersion), versionName: versionNameOf(draft) };
};

/** Saves a new document, or the next version of `edited`, and goes to it. */
export function useSaveDocument(edited: EditedDocument | null, onFault: (fault: FaultData) => void) {
  const save = useAction((client, draft: DocumentDraft) =>
    edited === null
      ? client.documents.create({ ...draft, versionName: versionNameOf(draft) })
      : client.documents.update(updateOf(draft, edited)),
  );
  const makeDefault = useAction((client, version: { name: string; documentVersion: number }) =>
    client.documents.setDefaultVersion(version),
  );

  const run = async (draft: DocumentDraft, becomes: 'default' | 'latest'): Promise<void> => {
    const outcome = await save.run(draft);
    if (!outcome.ok) return onFault(outcome.fault);
    const { name, latestVersion } = outcome.answer.identifier;
    dropGuard();
    if (edited === null) {
      tellDone(`“${name}” is created.`);
      return goTo(address.document(name));
    }
    if (becomes === 'default') {
      // The version is there already, so a refusal of this second step must not keep the person in the editor.
      const moved = await makeDefault.run({ name, documentVersion: latestVersion });
      if (!moved.ok) tellFault(moved.fault);
    }
    tellDone(`“${name}” is saved as version ${latestVersion}.`);
    goTo(address.document(name, { version: latestVersion }));
  };
  return { run, isPending: save.isPending || makeDefault.isPending, fault: save.fault };
}
