import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { MAX_DOCUMENT_BYTES } from '../../agent/document/document-size.ts';
import type { ImportedSource } from './imported-source.ts';
import { importedSource } from './imported-source.ts';

/** Enough to see that a file is too large; the rest of it is nobody's business. */
const READ_BYTES = 2 * MAX_DOCUMENT_BYTES;

/** Takes a file of any type of document: what it is, is seen in it. */
export function ImportButton({ onImported }: { onImported(source: ImportedSource): void }) {
  const read = async (file: File | null) => {
    if (file !== null) onImported(importedSource(file.name, await file.slice(0, READ_BYTES).text()));
  };
  return (
    <FileButton accept=".yaml,.yml,.json,.ics" onChange={(file) => void read(file)} inputProps={{ 'aria-label': 'File to import' }}>
      {(props) => (
        <Button {...props} leftSection={<IconUpload size={14} aria-hidden />}>
          Import a file…
        </Button>
      )}
    </FileButton>
  );
}
