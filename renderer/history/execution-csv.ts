import type { ExecutionRow } from '../../electron/api/executions.ts';
import type { CsvColumn } from '../ui/csv.ts';
import { csvInstant } from '../ui/csv.ts';

/** An execution as a record; names are the API's, so that exports stay the same in every language. */
export const executionCsvColumns: readonly CsvColumn<ExecutionRow>[] = [
  { name: 'ExecutionId', value: (row) => row.executionId },
  { name: 'Association', value: (row) => row.title },
  { name: 'AssociationId', value: (row) => row.associationId },
  { name: 'AssociationVersion', value: (row) => String(row.associationVersion) },
  { name: 'Document', value: (row) => row.documentName },
  { name: 'DocumentVersion', value: (row) => String(row.documentVersion) },
  { name: 'Trigger', value: (row) => row.trigger },
  { name: 'FireTime', value: (row) => csvInstant(row.fireAt) },
  { name: 'CreatedTime', value: (row) => csvInstant(row.createdAt) },
  { name: 'LastExecutionDate', value: (row) => csvInstant(row.lastExecutionAt) },
  { name: 'Status', value: (row) => row.status },
  { name: 'DetailedStatus', value: (row) => row.detailedStatus },
  { name: 'Targets', value: (row) => String(row.targetCount) },
  { name: 'ResourceCountByStatus', value: (row) => row.resourceCountByStatus },
  { name: 'TriggeredAlarms', value: (row) => row.triggeredAlarms.map(({ name }) => name).join('; ') },
];
