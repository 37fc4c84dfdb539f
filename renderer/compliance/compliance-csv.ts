import type { ComplianceRow } from '../../electron/api/compliance.ts';
import type { CsvColumn } from '../ui/csv.ts';
import { csvLines } from '../ui/csv.ts';

const columns: readonly CsvColumn<ComplianceRow>[] = [
  { name: 'Status', value: (row) => row.status },
  { name: 'Severity', value: (row) => row.severity },
  { name: 'Node', value: (row) => row.nodeName },
  { name: 'NodeId', value: (row) => row.nodeId },
  { name: 'ComplianceType', value: (row) => row.complianceType },
  { name: 'Id', value: (row) => row.itemId },
  { name: 'Title', value: (row) => row.title },
  {
    name: 'Details',
    value: ({ details }) =>
      Object.entries(details)
        .map(([key, value]) => `${key}=${value}`)
        .join('; '),
  },
  { name: 'Since', value: (row) => row.since.toISOString() },
  { name: 'LastConfirmed', value: (row) => row.confirmedAt.toISOString() },
  { name: 'ExecutionTime', value: (row) => row.capturedAt.toISOString() },
  { name: 'ExecutionId', value: (row) => row.executionId ?? '' },
];

/** The items as records; times are UTC. */
export const complianceCsv = (rows: readonly ComplianceRow[]): string[] => csvLines(columns, rows);
