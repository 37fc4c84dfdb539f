import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { DefaultVersionDialog } from './default-version-dialog.tsx';
import { isOwn } from './document-words.ts';
import classes from './documents.module.css';
import { shortHash } from './source-text.ts';

/** Every version, newest first: which one is read, which one is the default, and a way to move the default. */
export function DocumentVersions({ detail }: { detail: DocumentDetail }) {
  const { identifier, versions, version, usedBy } = detail;
  const [chosen, setChosen] = useState<number | null>(null);
  const newestFirst = [...versions].sort((a, b) => b.documentVersion - a.documentVersion);
  return (
    <Panel title="Versions" padding="flush" aside={countText(versions.length)}>
      <PanelRows label="Versions, newest first">
        {newestFirst.map(({ documentVersion, createdAt, hash }) => (
          <PanelRow key={documentVersion}>
            <div className={classes.version}>
              <span className={classes.versionLine}>
                <a
                  href={address.document(identifier.name, { version: documentVersion })}
                  aria-current={documentVersion === version.documentVersion ? 'true' : undefined}
                  className={classes.versionName}
                >
                  Version {documentVersion}
                </a>
                {documentVersion === identifier.defaultVersion && <Mark tone="ok">Default</Mark>}
                {documentVersion === identifier.latestVersion && versions.length > 1 && <Mark>Latest</Mark>}
                {documentVersion === version.documentVersion && versions.length > 1 && <Mark tone="run">Shown here</Mark>}
              </span>
              <span className={classes.versionSub}>
                <Age at={createdAt} /> · <code>{shortHash(hash)}</code>
              </span>
            </div>
            {isOwn(identifier) && documentVersion !== identifier.defaultVersion && (
              <Button
                size="compact-xs"
                aria-label={`Make default… (version ${documentVersion})`}
                onClick={() => setChosen(documentVersion)}
              >
                Make default…
              </Button>
            )}
          </PanelRow>
        ))}
      </PanelRows>
      <DefaultVersionDialog identifier={identifier} version={chosen} users={usedBy.length} onClose={() => setChosen(null)} />
    </Panel>
  );
}
