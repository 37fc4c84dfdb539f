import type { TargetRow } from '../../electron/api/executions.ts';
import { detailText } from '../terms/words.ts';
import type { CsvColumn } from '../ui/csv.ts';
import { csvInstant } from '../ui/csv.ts';

/** A target of an execution as a record; names are the API's. */
export const targetCsvColumns: readonly CsvColumn<TargetRow>[] = [
  { name: 'ExecutionId', value: (row) => row.executionId },
  { name: 'ResourceId', value: (row) => row.nodeId },
  { name: 'Node', value: (row) => row.nodeName },
  { name: 'Status', value: (row) => row.status },
  { name: 'DetailedStatus', value: (row) => row.detailedStatus },
  { name: 'Why', value: (row) => detailText(row.detailedStatus) },
  { name: 'DispatchedAt', value: (row) => csvInstant(row.dispatchedAt) },
  { name: 'StartedAt', value: (row) => csvInstant(row.startedAt) },
  { name: 'EndedAt', value: (row) => csvInstant(row.endedAt) },
  { name: 'ErrorCode', value: (row) => row.errorCode ?? '' },
  { name: 'Changed', value: (row) => String(row.changeCount ?? '') },
  { name: 'Differences', value: (row) => String(row.driftCount ?? '') },
  { name: 'ExecutionSummary', value: (row) => row.executionSummary },
];
