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

interface CsvExport<Row> {
  /** What a row is called, as `execution`. */
  what: string;
  /** The filter that is set, for the name of the file. */
  nameParts: readonly string[];
  columns: readonly CsvColumn<Row>[];
  keyOf(row: Row): string;
  page(client: Client, page: { offset: number; limit: number }): Promise<{ rows: readonly Row[]; total: number }>;
}

/** Saves what the filter shows as a CSV file, all of it and not only what is on screen. */
export function useCsvExport<Row>({ what, nameParts, columns, keyOf, page }: CsvExport<Row>) {
  const [percent, setPercent] = useState(0);
  const collect = useAction(
    (client): Promise<Collected<Row>> =>
      everyRow({
        read: (wanted) => page(client, wanted),
        keyOf,
        onProgress: (read, total) => setPercent(total === 0 ? 100 : Math.floor((100 * read) / total)),
      }),
  );
  const run = async (): Promise<void> => {
    setPercent(0);
    const outcome = await collect.run(undefined);
    if (!outcome.ok) return tellFault(outcome.fault);
    const { rows, total } = outcome.answer;
    saveFile(csvFileName([`${what}s`, ...nameParts], new Date()), csvLines(columns, rows));
    tellDone(
      rows.length < total
        ? `The first ${countText(rows.length)} of ${countText(total)} ${what}s are saved.`
        : `${plural(rows.length, what)} saved.`,
    );
  };
  return { run, isPending: collect.isPending, percent };
}
