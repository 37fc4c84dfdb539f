/** A spreadsheet takes a cell that begins with one of these for a formula, also from a file. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** One value as a CSV field. What would be a formula gets an apostrophe before it, which makes it text. */
export function csvField(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface CsvColumn<Row> {
  name: string;
  value(row: Row): string;
}

const line = (values: readonly string[]): string => `${values.map(csvField).join(',')}\r\n`;

/** Rows as RFC 4180 has them: a header, CRLF after every record, quotes where they are needed. */
export const csvLines = <Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string[] => [
  line(columns.map(({ name }) => name)),
  ...rows.map((row) => line(columns.map(({ value }) => value(row)))),
];

/** ISO 8601 in UTC; empty for what has not happened. */
export const csvInstant = (at: Date | null): string => at?.toISOString() ?? '';

/** `executions-failed-2026-03-01.csv`: what is in it, and of which day. */
export const csvFileName = (parts: readonly string[], now: Date): string =>
  [...parts.filter((part) => part !== '').map((part) => part.toLowerCase()), now.toISOString().slice(0, 10)].join('-').concat('.csv');
