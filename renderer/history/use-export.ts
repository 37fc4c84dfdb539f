import { useState } from 'react';
import type { Collected } from '../client/every-row.ts';
import { everyRow } from '../client/every-row.ts';
import type { Client } from '../client/line.ts';
import { useAction } from '../client/use-action.ts';
import type { CsvColumn } from '../ui/csv.ts';
import { csvFileName, csvLines } from '../ui/csv.ts';
import { countText, plural } from '../ui/moment.ts';
import { saveFile } from '../ui/save-file.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';

interface Exported<Row> {
  /** What a row is called, as `execution`. */
  what: string;
  /** What is left out of every file, as `without the outputs`. */
  without?: string;
  keyOf(row: Row): string;
  page(client: Client, page: { offset: number; limit: number }): Promise<{ rows: readonly Row[]; total: number }>;
}

export interface ExportFile {
  name: string;
  parts: string[];
}

/** A CSV file of today; `nameParts` say what is in it, and the filter that is set. */
export const csvFile = <Row>(nameParts: readonly string[], columns: readonly CsvColumn<Row>[], rows: readonly Row[]): ExportFile => ({
  name: csvFileName(nameParts, new Date()),
  parts: csvLines(columns, rows),
});

/** Saves what a filter shows as a file, all of it and not only what is on screen. */
export function useExport<Row>({ what, without, keyOf, page }: Exported<Row>) {
  const [percent, setPercent] = useState(0);
  const collect = useAction(
    (client): Promise<Collected<Row>> =>
      everyRow({
        read: (wanted) => page(client, wanted),
        keyOf,
        onProgress: (read, total) => setPercent(total === 0 ? 100 : Math.floor((100 * read) / total)),
      }),
  );
  const run = async (fileOf: (rows: readonly Row[]) => ExportFile): Promise<void> => {
    setPercent(0);
    const outcome = await collect.run(undefined);
    if (!outcome.ok) return tellFault(outcome.fault);
    const { rows, total } = outcome.answer;
    const { name, parts } = fileOf(rows);
    saveFile(name, parts);
    const saved =
      rows.length < total
        ? `The first ${countText(rows.length)} of ${countText(total)} ${what}s are saved`
        : `${plural(rows.length, what)} saved`;
    tellDone(`${saved}${without === undefined ? '' : `, ${without}`}.`);
  };
  return { run, isPending: collect.isPending, percent };
}
