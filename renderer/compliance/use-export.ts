import { useState } from 'react';
import { everyRow } from '../client/every-row.ts';
import { useAction } from '../client/use-action.ts';
import { csvFileName } from '../ui/csv.ts';
import { countText, plural } from '../ui/moment.ts';
import { saveFile } from '../ui/save-file.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';
import { complianceCsv } from './compliance-csv.ts';
import type { ComplianceFilter } from './compliance-view.ts';

/** Saves what the filter shows as a CSV file, all of it and not only what is on screen. */
export function useExport(filter: ComplianceFilter) {
  const [percent, setPercent] = useState(0);
  const collect = useAction((client, wanted: ComplianceFilter) =>
    everyRow({
      read: (page) => client.compliance.items({ ...page, ...wanted }),
      keyOf: (row) => `${row.complianceType} ${row.itemId} ${row.nodeId}`,
      onProgress: (read, total) => setPercent(total === 0 ? 100 : Math.floor((100 * read) / total)),
    }),
  );
  const run = async (): Promise<void> => {
    setPercent(0);
    const outcome = await collect.run(filter);
    if (!outcome.ok) return tellFault(outcome.fault);
    const { rows, total } = outcome.answer;
    saveFile(csvFileName(['compliance', filter.status ?? ''], new Date()), complianceCsv(rows));
    tellDone(
      rows.length < total
        ? `The first ${countText(rows.length)} of ${countText(total)} items are saved.`
        : `${plural(rows.length, 'item')} saved.`,
    );
  };
  return { run, isPending: collect.isPending, percent };
}
