import type { ParameterRow } from '../../electron/api/parameters.ts';
import type { CsvColumn } from '../ui/csv.ts';
import { csvInstant, csvLines } from '../ui/csv.ts';

export type ExportFormat = 'CSV' | 'JSON';

const columns: readonly CsvColumn<ParameterRow>[] = [
  { name: 'Name', value: (row) => row.name },
  { name: 'Type', value: (row) => row.type },
  { name: 'Version', value: (row) => String(row.version) },
  { name: 'Value', value: (row) => row.value ?? '' },
  { name: 'Description', value: (row) => row.description },
  { name: 'AllowedPattern', value: (row) => row.allowedPattern ?? '' },
  { name: 'LastModifiedDate', value: (row) => csvInstant(row.lastModifiedAt) },
];

/** As DescribeParameters and GetParameters spell it. Of a SecureString there is no value: none has come here. */
const record = (row: ParameterRow) => ({
  Name: row.name,
  Type: row.type,
  Version: row.version,
  ...(row.value === null ? {} : { Value: row.value }),
  Description: row.description,
  ...(row.allowedPattern === null ? {} : { AllowedPattern: row.allowedPattern }),
  DataType: row.dataType,
  LastModifiedDate: row.lastModifiedAt.toISOString(),
});

export function parameterFile(format: ExportFormat, rows: readonly ParameterRow[]): string[] {
  switch (format) {
    case 'CSV':
      return csvLines(columns, rows);
    case 'JSON':
      return [`${JSON.stringify({ Parameters: rows.map(record) }, null, 2)}\n`];
  }
}

export const parameterFileName = (format: ExportFormat, now: Date): string =>
  `parameters-${now.toISOString().slice(0, 10)}.${format.toLowerCase()}`;
