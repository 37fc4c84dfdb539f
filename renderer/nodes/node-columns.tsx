import type { NodeRow } from '../../electron/api/nodes.ts';
import { nodeLook } from '../terms/looks.ts';
import { Compliance, OriginMark, Status } from '../terms/status.tsx';
import { TagList } from '../terms/tag-list.tsx';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { plural } from '../ui/moment.ts';
import { TwoLines } from '../ui/two-lines.tsx';
import { platformName } from './node-words.ts';

export const nodeColumns: readonly Column<NodeRow>[] = [
  {
    id: 'name',
    header: 'Node',
    sort: 'name',
    cell: (row) => (
      <TwoLines main={row.name} marks={<OriginMark origin={row.origin} />} sub={<span className="hf-mono">{row.nodeId}</span>} />
    ),
  },
  {
    id: 'state',
    header: 'State',
    sort: 'pingStatus',
    width: '160px',
    cell: (row) => (
      <TwoLines
        main={<Status look={nodeLook(row)} style="plain" />}
        sub={
          row.lastPingAt === null ? (
            'Never heard of'
          ) : row.isConnected ? (
            <Age at={row.lastPingAt} />
          ) : (
            <>
              Last seen <Age at={row.lastPingAt} />
            </>
          )
        }
      />
    ),
  },
  {
    id: 'platform',
    header: 'Platform',
    sort: 'platform',
    width: '17%',
    from: 'medium',
    cell: (row) => <TwoLines main={platformName(row)} sub={`${row.architecture} · agent ${row.agentVersion}`} />,
  },
  { id: 'tags', header: 'Tags', width: '22%', from: 'wide', cell: (row) => <TagList tags={row.tags} /> },
  {
    id: 'compliance',
    header: 'Compliance',
    sort: 'compliance',
    width: '150px',
    from: 'medium',
    cell: (row) => (
      <TwoLines
        main={<Compliance status={row.compliance} />}
        sub={row.associationCount === 0 ? 'No association' : plural(row.associationCount, 'association')}
      />
    ),
  },
  {
    id: 'last-run',
    header: 'Last run',
    width: '104px',
    from: 'wide',
    align: 'end',
    cell: (row) =>
      row.lastExecutionAt === null ? <span className="hf-faint">Never</span> : <Age at={row.lastExecutionAt} className="hf-soft" />,
  },
];
