import type { DocumentDetail } from '../../electron/api/documents.ts';
import { address } from '../routes.ts';
import { At } from '../ui/age.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Fact } from '../ui/key-value.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { Panel } from '../ui/panel.tsx';
import { ownerLabels, platformText, runsOnNodes, typeLabels, versionText } from './document-words.ts';
import { shortHash } from './source-text.ts';

function factsOf({ identifier, version }: DocumentDetail): Fact[] {
  const { owner, aliasOf, displayName, platformTypes, documentType, createdAt } = identifier;
  return [
    ...(aliasOf === null ? [] : [{ label: 'Stands for', value: <a href={address.document(aliasOf)}>{aliasOf}</a> }]),
    ...(displayName === null ? [] : [{ label: 'Display name', value: displayName }]),
    { label: 'Owner', value: ownerLabels[owner] },
    ...(runsOnNodes(identifier) ? [{ label: 'Runs on', value: platformText(platformTypes) }] : []),
    { label: 'Version in use', value: versionText(identifier) },
    { label: 'Type', value: typeLabels[documentType] },
    ...(version.schemaVersion === null ? [] : [{ label: 'Schema', value: version.schemaVersion }]),
    ...(version.versionName === null ? [] : [{ label: 'Version name', value: version.versionName }]),
    { label: 'Created', value: <At at={createdAt} /> },
    {
      label: 'SHA-256',
      value: (
        <>
          <code>{shortHash(version.hash)}…</code>
          <CopyButton text={version.hash} what={`SHA-256 of version ${version.documentVersion}`} />
        </>
      ),
    },
  ];
}

export function DocumentFacts({ detail }: { detail: DocumentDetail }) {
  return (
    <Panel title="About">
      <KeyValue facts={factsOf(detail)} />
    </Panel>
  );
}
