import { Button, Select } from '@mantine/core';
import { IconHistory, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { AssociationRow, AssociationVersion } from '../../electron/api/associations.ts';
import type { VersionLook } from '../routes.ts';
import { address } from '../routes.ts';
import { goTo, refineAddress } from '../ui/address.ts';
import { Age, At } from '../ui/age.tsx';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { plural } from '../ui/moment.ts';
import { Mark } from '../ui/status-badge.tsx';
import { AllSettings } from './all-settings.tsx';
import classes from './associations.module.css';
import { RestoreDialog } from './restore-dialog.tsx';
import { SettingsDiff } from './settings-diff.tsx';

interface VersionDetailProps {
  association: AssociationRow;
  versions: readonly AssociationVersion[];
  shown: AssociationVersion;
  look: VersionLook;
}

const looks = [
  { value: null, label: 'What changed' },
  { value: 'settings' as const, label: 'All settings' },
];

/** One version: what is different from another one, or everything that it says. */
export function VersionDetail({ association, versions, shown, look }: VersionDetailProps) {
  const { associationId } = association;
  const { associationVersion } = shown;
  const against = versions.find((other) => other.associationVersion === (look.against ?? associationVersion - 1));
  const see = (next: { against?: number | null; show?: VersionLook['show'] }) =>
    refineAddress(address.associationVersion(associationId, associationVersion, { against: look.against, show: look.show, ...next }));
  const isWhole = look.show === 'settings' || against === undefined;
  return (
    <div className={classes.column}>
      <Head association={association} shown={shown} />
      <div className={classes.versionTools}>
        {versions.length > 1 && (
          <ChoiceRow
            label="What to show of the version"
            choices={looks}
            value={isWhole ? 'settings' : null}
            onChange={(value) =>
              see(
                against === undefined && value === null
                  ? { against: nearest(versions, shown), show: 'changes' }
                  : { show: value ?? 'changes' },
              )
            }
          />
        )}
        {!isWhole && (
          <Select
            aria-label="Compared with"
            data={othersOf(versions, shown)}
            value={String(against.associationVersion)}
            onChange={(value) => see({ against: value === null ? null : Number(value) })}
            w={230}
          />
        )}
      </div>
      {isWhole ? (
        <AllSettings draft={shown.draft} />
      ) : (
        <SettingsDiff
          before={against.draft}
          after={shown.draft}
          beforeLabel={`Version ${against.associationVersion}`}
          afterLabel={`Version ${associationVersion}`}
        />
      )}
    </div>
  );
}

const othersOf = (versions: readonly AssociationVersion[], shown: AssociationVersion) =>
  versions
    .filter(({ associationVersion }) => associationVersion !== shown.associationVersion)
    .map(({ associationVersion }) => ({ value: String(associationVersion), label: `compared with version ${associationVersion}` }));

/** The first version has none before it: it is compared with the one after it. */
const nearest = (versions: readonly AssociationVersion[], shown: AssociationVersion): number | null =>
  versions.findLast(({ associationVersion }) => associationVersion !== shown.associationVersion)?.associationVersion ?? null;

function Head({ association, shown }: { association: AssociationRow; shown: AssociationVersion }) {
  const { associationVersion, createdAt, runs } = shown;
  const [isRestoring, setRestoring] = useState(false);
  const isInForce = associationVersion === association.associationVersion;
  return (
    <div className={classes.versionHead}>
      <div className={classes.versionWords}>
        <h2 className={classes.versionName}>
          Version {associationVersion} {isInForce && <Mark tone="run">In force</Mark>}
        </h2>
        <p className="hf-soft">
          Saved <At at={createdAt} /> (<Age at={createdAt} />) ·{' '}
          {runs.executions === 0 || runs.lastAt === null ? (
            'it has never run'
          ) : (
            <>
              <a href={address.executions({ association: association.associationId, version: String(associationVersion) })}>
                {plural(runs.executions, 'execution')}
              </a>
              {runs.failed > 0 && `, ${runs.failed} failed`}, the last <Age at={runs.lastAt} />
            </>
          )}
        </p>
      </div>
      {!isInForce && (
        <div className={classes.versionButtons}>
          <Button
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => goTo(address.editAssociation(association.associationId, { restore: associationVersion }))}
          >
            Edit from this
          </Button>
          <Button leftSection={<IconHistory size={14} aria-hidden />} onClick={() => setRestoring(true)}>
            Restore…
          </Button>
          <RestoreDialog association={association} version={isRestoring ? shown : null} onClose={() => setRestoring(false)} />
        </div>
      )}
    </div>
  );
}
