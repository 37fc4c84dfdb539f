import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { DefaultVersionDialog } from './default-version-dialog.tsx';
import { DeleteVersionDialog } from './delete-version-dialog.tsx';
import { isOwn } from './document-words.ts';
import classes from './documents.module.css';
import { shortHash } from './source-text.ts';
import { VersionDiffDialog } from './version-diff-dialog.tsx';

type VersionLine = DocumentDetail['versions'][number];

/** Every version, newest first: which one is read, which one is the default, and what can be done with each. */
export function DocumentVersions({ detail }: { detail: DocumentDetail }) {
  const { identifier, versions, usedBy } = detail;
  const [chosen, setChosen] = useState<number | null>(null);
  const [deleting, setDeleting] = useState<number | null>(null);
  const [compared, setCompared] = useState<number | null>(null);
  return (
    <Panel title="Versions" padding="flush" aside={countText(versions.length)}>
      <PanelRows label="Versions, newest first">
        {versions.map((line) => (
          <PanelRow key={line.documentVersion}>
            <Version line={line} detail={detail} />
            {line.documentVersion !== detail.version.documentVersion && (
              <Button
                size="compact-xs"
                aria-label={`Compare version ${line.documentVersion} with the one shown`}
                onClick={() => setCompared(line.documentVersion)}
              >
                Compare
              </Button>
            )}
            {isOwn(identifier) && line.documentVersion !== identifier.defaultVersion && (
              <span className={classes.versionActions}>
                <Button
                  size="compact-xs"
                  aria-label={`Make default… (version ${line.documentVersion})`}
                  onClick={() => setChosen(line.documentVersion)}
                >
                  Make default…
                </Button>
                <ActionIcon
                  color="bad"
                  aria-label={`Delete… (version ${line.documentVersion})`}
                  title="Delete this version…"
                  onClick={() => setDeleting(line.documentVersion)}
                >
                  <IconTrash size={14} aria-hidden />
                </ActionIcon>
              </span>
            )}
          </PanelRow>
        ))}
      </PanelRows>
      <DefaultVersionDialog identifier={identifier} version={chosen} users={usedBy.length} onClose={() => setChosen(null)} />
      <VersionDiffDialog detail={detail} version={compared} onClose={() => setCompared(null)} />
      <DeleteVersionDialog detail={detail} version={deleting} onClose={() => setDeleting(null)} />
    </Panel>
  );
}

function Version({ line, detail: { identifier, version, versions } }: { line: VersionLine; detail: DocumentDetail }) {
  const { documentVersion, versionName, createdAt, hash } = line;
  const isShown = documentVersion === version.documentVersion;
  return (
    <div className={classes.version}>
      <span className={classes.versionLine}>
        <a
          href={address.document(identifier.name, { version: documentVersion })}
          aria-current={isShown ? 'true' : undefined}
          className={classes.versionName}
        >
          Version {documentVersion}
        </a>
        {documentVersion === identifier.defaultVersion && <Mark tone="ok">Default</Mark>}
        {documentVersion === identifier.latestVersion && versions.length > 1 && <Mark>Latest</Mark>}
        {isShown && versions.length > 1 && <Mark tone="run">Shown here</Mark>}
      </span>
      {versionName !== null && <span className="hf-cut">{versionName}</span>}
      <span className={classes.versionSub}>
        <Age at={createdAt} /> · <code>{shortHash(hash)}</code>
      </span>
    </div>
  );
}
