import type { FleetRow } from '../../electron/api/inventory.ts';
import type { CsvColumn } from '../ui/csv.ts';
import { csvInstant } from '../ui/csv.ts';

/** Times are UTC; the installed time is as the machine's package manager says. */
export const fleetCsvColumns: readonly CsvColumn<FleetRow>[] = [
  { name: 'Node', value: ({ nodeName }) => nodeName },
  { name: 'NodeId', value: ({ nodeId }) => nodeId },
  { name: 'Application', value: ({ application }) => application?.name ?? '' },
  { name: 'Version', value: ({ application }) => application?.version ?? '' },
  { name: 'Architecture', value: ({ application }) => application?.architecture ?? '' },
  { name: 'Publisher', value: ({ application }) => application?.publisher ?? '' },
  { name: 'InstalledTime', value: ({ installedTime }) => installedTime },
  { name: 'CaptureTime', value: ({ captureTime }) => csvInstant(captureTime) },
  { name: 'ConfirmedTime', value: ({ receivedAt }) => csvInstant(receivedAt) },
];

export const fleetRowKey = ({ nodeId, application, installedTime }: FleetRow): string =>
  [nodeId, application?.name ?? '', application?.version ?? '', application?.architecture ?? '', installedTime].join('\n');
