import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { AssociationRow, AssociationVersion } from '../../electron/api/associations.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { Age, At } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { Mark } from '../ui/status-badge.tsx';
import classes from './associations.module.css';
import { SettingsDiff } from './settings-diff.tsx';

/** Every version, newest first, with what is different from the one before it. */
export function AssociationVersions({ association }: { association: AssociationRow }) {
  const versions = useCall(calls.associations.versions(association.associationId));
  return (
    <Panel title="Versions" padding="flush">
      {versions.status === 'loading' && <SkeletonLines lines={4} />}
      {versions.status === 'fault' && <FaultNotice fault={versions.fault} />}
      {versions.status === 'full' && <VersionRows association={association} versions={versions.answer} />}
    </Panel>
  );
}

function VersionRows({ association, versions }: { association: AssociationRow; versions: readonly AssociationVersion[] }) {
  const newestFirst = [...versions].sort((a, b) => b.associationVersion - a.associationVersion);
  return (
    <PanelRows label="Versions">
      {newestFirst.map((version, position) => (
        <PanelRow key={version.associationVersion}>
          <Version association={association} version={version} before={newestFirst[position + 1] ?? null} />
        </PanelRow>
      ))}
    </PanelRows>
  );
}

interface VersionProps {
  association: AssociationRow;
  version: AssociationVersion;
  before: AssociationVersion | null;
}

function Version({ association, version, before }: VersionProps) {
  const isCurrent = version.associationVersion === association.associationVersion;
  return (
    <div className={classes.version}>
      <div className={classes.versionHead}>
        <h3 className={classes.versionName}>Version {version.associationVersion}</h3>
        {isCurrent && <Mark tone="run">In force</Mark>}
        <span className="hf-faint">
          <At at={version.createdAt} /> · <Age at={version.createdAt} />
        </span>
        {!isCurrent && (
          <Button
            className={classes.push}
            size="compact-sm"
            leftSection={<IconHistory size={13} aria-hidden />}
            onClick={() => goTo(address.editAssociation(association.associationId, { restore: version.associationVersion }))}
          >
            Restore…
          </Button>
        )}
      </div>
      {before === null ? <p className="hf-faint">The first version.</p> : <SettingsDiff before={before.draft} after={version.draft} />}
    </div>
  );
}
