import type { AssociationRow, AssociationVersion } from '../../electron/api/associations.ts';
import { changedSettings } from '../../electron/domain/association.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { plural } from '../ui/moment.ts';
import { Mark } from '../ui/status-badge.tsx';
import { wholeList } from '../ui/table-rows.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import { settingLabels } from './setting-words.ts';

interface VersionListProps {
  association: AssociationRow;
  versions: readonly AssociationVersion[];
  shown: number;
}

type Line = AssociationVersion & { changes: string; isInForce: boolean };

function changesText(version: AssociationVersion, before: AssociationVersion | undefined): string {
  if (before === undefined) return 'The first version';
  const changed = changedSettings(before.draft, version.draft).map((key) => settingLabels[key]);
  return changed.length === 0 ? 'Nothing changed' : changed.join(', ');
}

const runsText = ({ runs: { executions, failed } }: AssociationVersion): string => {
  if (executions === 0) return 'Never ran';
  return failed === 0 ? plural(executions, 'run') : `${plural(executions, 'run')}, ${failed} failed`;
};

const columns: readonly Column<Line>[] = [
  {
    id: 'version',
    header: 'Version',
    cell: (line) => (
      <TwoLines
        main={`Version ${line.associationVersion}`}
        marks={line.isInForce ? <Mark tone="run">In force</Mark> : undefined}
        sub={line.changes}
      />
    ),
  },
  {
    id: 'saved',
    header: 'Saved, runs',
    width: '142px',
    cell: (line) => <TwoLines main={<Age at={line.createdAt} />} sub={runsText(line)} />,
  },
];

/** Newest first, each with what it changed and how often it ran. */
export function VersionList({ association, versions, shown }: VersionListProps) {
  const lines = versions.map((version, position) => ({
    ...version,
    changes: changesText(version, versions[position + 1]),
    isInForce: version.associationVersion === association.associationVersion,
  }));
  return (
    <DataTable
      label="Versions"
      fit="content"
      columns={columns}
      rows={wholeList({ status: 'full', answer: lines, fault: null })}
      rowKey={(line) => String(line.associationVersion)}
      hrefOf={(line) => address.associationVersion(association.associationId, line.associationVersion)}
      isCurrent={(line) => line.associationVersion === shown}
      empty={null}
    />
  );
}
