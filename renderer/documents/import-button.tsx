import { MAX_DOCUMENT_BYTES } from '../../agent/document/document-size.ts';
import { OpenFileButton } from '../ui/open-file-button.tsx';
import type { ImportedSource } from './imported-source.ts';
import { importedSource } from './imported-source.ts';

/** Takes a file of any type of document: what it is, is seen in it. */
export function ImportButton({ onImported }: { onImported(source: ImportedSource): void }) {
  return (
    <OpenFileButton
      label="Import a file…"
      inputLabel="File to import"
      accept=".yaml,.yml,.json,.ics"
      readBytes={2 * MAX_DOCUMENT_BYTES}
      onOpened={(text, fileName) => onImported(importedSource(fileName, text))}
    />
  );
}
