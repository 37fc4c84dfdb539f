import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { DocumentVersion } from '../../electron/domain/managed-document.ts';
import { CodeViewer } from '../ui/code-editor.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { plural } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { saveFile } from '../ui/save-file.ts';
import { fileNameOf, lineCount, withoutLastBreak } from './source-text.ts';

export function DocumentSource({ version }: { version: DocumentVersion }) {
  const { format, content } = version;
  return (
    <Panel
      title="Source"
      aside={
        <>
          <span>
            {format}, {plural(lineCount(content), 'line')}
          </span>
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
