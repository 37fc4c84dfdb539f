import { useState } from 'react';
import { AssociationId } from '../../agent/protocol/ids.ts';
import type { AssociationRow } from '../../electron/api/associations.ts';
import { draftOf } from '../../electron/domain/association.ts';
import { calls } from '../client/calls.ts';
import { useFreshCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { AssociationEditor } from './association-editor.tsx';
import { editorStateOf } from './editor-state.ts';

const TITLE = 'Edit association';
const back = { label: 'Associations', href: address.associations() };

export function EditAssociationPage({ associationId, restore }: { associationId: string; restore: number | null }) {
  const id = AssociationId.safeParse(associationId);
  if (!id.success) return <NotThere title={TITLE} back={back} fault={null} />;
  return <EditKnown associationId={id.data} restore={restore} />;
}

function EditKnown({ associationId, restore }: { associationId: AssociationId; restore: number | null }) {
  const association = useFreshCall(calls.associations.get(associationId));
  const versions = useFreshCall(restore === null ? null : calls.associations.versions(associationId));
  if (association.status === 'fault') return <NotThere title={TITLE} back={back} fault={association.fault} />;
  if (association.status === 'loading' || (restore !== null && versions.status === 'loading'))
    return <PageLoading title={TITLE} back={back} />;
  const restored =
    versions.status === 'full' ? versions.answer.find(({ associationVersion }) => associationVersion === restore) : undefined;
  return <EditorOfFirst association={association.answer} restored={restored ?? null} />;
}

interface EditorOfFirstProps {
  association: AssociationRow;
  restored: { associationVersion: number; draft: Parameters<typeof editorStateOf>[0] } | null;
}

/** What was there when the editor was opened stays what is edited: a version saved meanwhile by somebody else is refused at the save. */
function EditorOfFirst({ association, restored }: EditorOfFirstProps) {
  const [opened] = useState({ association, restored });
  const [initial] = useState(() => editorStateOf(restored?.draft ?? draftOf(association), association.tags));
  const { associationId, associationVersion, title } = opened.association;
  const isNewer = association.associationVersion > associationVersion;
  return (
    <AssociationEditor
      title={`Edit ${title}`}
      initial={initial}
      edited={{ associationId, associationVersion, draft: draftOf(opened.association) }}
      note={
        isNewer
          ? `Version ${association.associationVersion} was saved meanwhile: reload before you change anything.`
          : restored === null
            ? `Version ${associationVersion}. Saving makes version ${associationVersion + 1}.`
            : `The settings of version ${restored.associationVersion}. Saving makes them version ${associationVersion + 1}.`
      }
    />
  );
}
