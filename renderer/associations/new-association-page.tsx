import { AssociationId } from '../../agent/protocol/ids.ts';
import { draftOf } from '../../electron/domain/association.ts';
import { calls } from '../client/calls.ts';
import { useFreshCall } from '../client/use-call.ts';
import type { NewAssociation } from '../routes.ts';
import { address } from '../routes.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { AssociationEditor } from './association-editor.tsx';
import { copyName, DEFAULT_DOCUMENT, editorStateOf, startingState } from './editor-state.ts';

const TITLE = 'New association';
const back = { label: 'Associations', href: address.associations() };

/** From nothing, from a document, or as a copy of another association. */
export function NewAssociationPage({ from, document, ...proposed }: NewAssociation) {
  const source = AssociationId.safeParse(from);
  const original = useFreshCall(source.success ? calls.associations.get(source.data) : null);
  if (!source.success) {
    const initial = startingState(document ?? DEFAULT_DOCUMENT, proposed);
    return <AssociationEditor title={TITLE} initial={initial} edited={null} />;
  }
  switch (original.status) {
    case 'loading':
      return <PageLoading title={TITLE} back={back} />;
    case 'fault':
      return <NotThere title={TITLE} back={back} fault={original.fault} />;
    case 'full': {
      const { title, associationName } = original.answer;
      const initial = { ...editorStateOf(draftOf(original.answer), original.answer.tags), associationName: copyName(associationName) };
      return <AssociationEditor title={TITLE} initial={initial} edited={null} note={`A copy of “${title}”, which stays as it is.`} />;
    }
  }
}
