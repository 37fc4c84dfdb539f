import type { DocumentDetail } from '../../electron/api/documents.ts';
import { calls } from '../client/calls.ts';
import { useFreshCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { NotThere, PageLoading } from '../ui/not-there.tsx';
import { DocumentEditor } from './document-editor.tsx';
import { copyNameOf } from './document-name.ts';
import { starterSource } from './starter-source.ts';
import type { DocumentDraft } from './use-document-editor.ts';

const TITLE = 'New document';
const back = { label: 'Documents', href: address.documents() };
const fromNothing: DocumentDraft = { name: '', documentType: 'Command', format: 'YAML', content: starterSource('YAML'), versionName: '' };

const copyOf = ({ identifier, version }: DocumentDetail): DocumentDraft => ({
  name: copyNameOf(identifier.name),
  documentType: identifier.documentType,
  format: version.format,
  content: version.content,
  versionName: '',
});

/** From a working example, or as a copy of another document. */
export function NewDocumentPage({ from }: { from: string | null }) {
  const original = useFreshCall(from === null ? null : calls.documents.get({ name: from, documentVersion: null }));
  if (from === null) {
    return (
      <DocumentEditor
        title={TITLE}
        initial={fromNothing}
        edited={null}
        note="The example works as it is. Change it to what you need; problems are marked as you type."
      />
    );
  }
  switch (original.status) {
    case 'loading':
      return <PageLoading title={TITLE} back={back} />;
    case 'fault':
      return <NotThere title={TITLE} back={back} fault={original.fault} />;
    case 'full':
      return (
        <DocumentEditor
          title={TITLE}
          initial={copyOf(original.answer)}
          edited={null}
          note={`A copy of “${from}”, version ${original.answer.version.documentVersion}, which stays as it is.`}
        />
      );
  }
}
