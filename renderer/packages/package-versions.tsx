import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PackageDetail, PackageVersionRow } from '../../electron/api/packages.ts';
import { placesOf } from '../../electron/domain/package.ts';
import { useAction } from '../client/use-action.ts';
import { Age } from '../ui/age.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { bytesText, countText } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { Mark } from '../ui/status-badge.tsx';
import { tellDone } from '../ui/toast.tsx';
import { DeletePackageDialog } from './delete-package-dialog.tsx';
import { placeText } from './package-words.ts';
import classes from './packages.module.css';

/** Every version with its files, the one that was added last on top. */
export function PackageVersions({ detail }: { detail: PackageDetail }) {
  const { name, versionList, defaultVersion } = detail;
  const [deleting, setDeleting] = useState<string | null>(null);
  const setDefault = useAction((client, version: string) => client.packages.setDefault({ name, version }));
  const choose = async (version: string) => {
    const outcome = await setDefault.run(version);
    if (outcome.ok) tellDone(`Version ${version} is the default now.`);
  };
  return (
    <Panel title="Versions" padding="flush" aside={countText(versionList.length)}>
      {setDefault.fault !== null && <FaultNotice fault={setDefault.fault} />}
      {versionList.map((row) => (
        <Version
          key={row.version}
          row={row}
          isDefault={row.version === defaultVersion}
          isPending={setDefault.isPending}
          onDefault={() => void choose(row.version)}
          onDelete={() => setDeleting(row.version)}
        />
      ))}
      {deleting !== null && (
        <DeletePackageDialog name={name} version={deleting} onClose={() => setDeleting(null)} onDeleted={() => setDeleting(null)} />
      )}
    </Panel>
  );
}

function runsText(scripts: readonly string[]): string {
  const runs = `Runs ${scripts.join(', ')}.`;
  return scripts.some((script) => script.startsWith('uninstall.')) ? runs : `${runs} Nothing runs when it is uninstalled.`;
}

interface VersionProps {
  row: PackageVersionRow;
  isDefault: boolean;
  isPending: boolean;
  onDefault(): void;
  onDelete(): void;
}

function Version({ row, isDefault, isPending, onDefault, onDelete }: VersionProps) {
  const { version, addedAt, files, packages } = row;
  const places = placesOf(packages);
  return (
    <article className={classes.version} aria-label={`Version ${version}`}>
      <div className={classes.versionHead}>
        <h3 className={classes.versionName}>{version}</h3>
        {isDefault && <Mark tone="brass">Default</Mark>}
        <span className="hf-faint">
          added <Age at={addedAt} />
        </span>
        {!isDefault && (
          <span className={classes.versionActions}>
            <Button size="compact-sm" disabled={isPending} onClick={onDefault} aria-label={`Make default (version ${version})`}>
              Make default
            </Button>
            <Button size="compact-sm" color="bad" onClick={onDelete} aria-label={`Delete… (version ${version})`}>
              Delete…
            </Button>
          </span>
        )}
      </div>
      <ul className={classes.files} aria-label={`Files of ${version}`}>
        {files.map(({ fileName, sha256, size, scripts }) => (
          <li key={fileName} className={classes.file}>
            <div className={classes.fileHead}>
              <span className={`${classes.fileName} hf-cut`}>{fileName}</span>
              <span className="hf-faint">{bytesText(size)}</span>
            </div>
            <span className="hf-soft">
              For{' '}
              {places
                .filter(({ file }) => file === fileName)
                .map(placeText)
                .join(', ')}
              . {runsText(scripts)}
            </span>
            <span className={classes.hash}>
              <span className="hf-cut">SHA-256 {sha256}</span>
              <CopyButton text={sha256} what={`the SHA-256 of ${fileName}`} />
            </span>
          </li>
        ))}
      </ul>
    </article>
  );
}
