import type { ComplianceRow } from '../../electron/api/compliance.ts';

/** A spreadsheet takes a cell that begins with one of these for a formula, also from a file. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** One value as a CSV field. What would be a formula gets an apostrophe before it, which makes it text. */
export function csvField(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const columns: readonly { name: string; value(row: ComplianceRow): string }[] = [
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

const line = (values: readonly string[]): string => `${values.map(csvField).join(',')}\r\n`;

/** The items as RFC 4180 has it: a header, CRLF after every record, quotes where they are needed. Times are UTC. */
export const complianceCsv = (rows: readonly ComplianceRow[]): string[] => [
  line(columns.map(({ name }) => name)),
  ...rows.map((row) => line(columns.map(({ value }) => value(row)))),
];

/** `compliance-non_compliant-2026-03-01.csv`: what is in it, and of which day. */
export const csvFileName = (status: ComplianceRow['status'] | null, now: Date): string =>
  ['compliance', ...(status === null ? [] : [status.toLowerCase()]), now.toISOString().slice(0, 10)].join('-').concat('.csv');
