import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { SourceFormat } from '../../agent/document/located-problem.ts';
import type { DocumentFormat, DocumentVersion } from '../../electron/domain/managed-document.ts';
import { CodeViewer } from '../ui/code-editor.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { saveFile } from '../ui/save-file.ts';
import { fileNameOf, lineCount, withoutLastBreak } from './source-text.ts';

/** The other language that the same document can be read in. */
const other: Record<DocumentFormat, SourceFormat | null> = { YAML: 'JSON', JSON: 'YAML', TEXT: null };

interface DocumentSourceProps {
  version: DocumentVersion;
  onFormat(format: SourceFormat): void;
}

export function DocumentSource({ version, onFormat }: DocumentSourceProps) {
  const { format, content } = version;
  const otherFormat = other[format];
  return (
    <Panel
      title="Source"
      aside={
        <>
          <span>
            {format}, {plural(lineCount(content), 'line')}
          </span>
          {otherFormat !== null && (
            <Button size="compact-sm" onClick={() => onFormat(otherFormat)}>
              Show as {otherFormat}
            </Button>
          )}
          <CopyButton text={content} what="source" look="button" />
          <Button
            size="compact-sm"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => saveFile(fileNameOf(version), [content])}
          >
            Download
          </Button>
        </>
      }
    >
      <CodeViewer label={`Source of version ${version.documentVersion}`} language={format} text={withoutLastBreak(content)} />
    </Panel>
  );
}
