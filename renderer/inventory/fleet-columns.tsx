import type { FleetRow } from '../../electron/api/inventory.ts';
import { address } from '../routes.ts';
import { Age } from '../ui/age.tsx';
import type { Column } from '../ui/data-table.tsx';
import { TwoLines } from '../ui/two-lines.tsx';

const APPLICATIONS = 'AWS:Application';

export const rowAddress = ({ nodeId, application }: FleetRow): string =>
  address.nodeInventory(nodeId, { type: APPLICATIONS, search: application?.name ?? '' });

const told: Column<FleetRow> = {
  id: 'told',
  header: 'As of',
  width: '150px',
  cell: ({ receivedAt }) => (receivedAt === null ? <span className="hf-faint">never told</span> : <Age at={receivedAt} />),
};

const node: Column<FleetRow> = { id: 'node', header: 'Node', cell: ({ nodeName }) => <span className="hf-cut">{nodeName}</span> };

/** Machines with an application, one row for each that they have. */
export const applicationColumns: readonly Column<FleetRow>[] = [
  node,
  {
    id: 'application',
    header: 'Application',
    cell: ({ application }) => <TwoLines main={application?.name ?? ''} sub={application?.publisher ?? ''} />,
  },
  { id: 'version', header: 'Version', cell: ({ application }) => <span className="hf-mono hf-cut">{application?.version ?? ''}</span> },
  { id: 'architecture', header: 'Architecture', width: '110px', from: 'wide', cell: ({ application }) => application?.architecture ?? '' },
  { id: 'installed', header: 'Installed', width: '120px', from: 'wide', cell: ({ installedTime }) => installedTime.slice(0, 10) },
  told,
];

export const nodeColumns: readonly Column<FleetRow>[] = [node, told];
