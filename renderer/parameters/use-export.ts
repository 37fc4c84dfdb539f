import { useState } from 'react';
import type { ParameterType } from '../../electron/domain/parameter.ts';
import { everyRow } from '../client/every-row.ts';
import { useAction } from '../client/use-action.ts';
import { countText, plural } from '../ui/moment.ts';
import { saveFile } from '../ui/save-file.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';
import type { ExportFormat } from './parameter-export.ts';
import { parameterFile, parameterFileName } from './parameter-export.ts';
import type { ParameterSort } from './parameter-sort.ts';

export interface ParameterFilter {
  search: string;
  path: string | null;
  type: ParameterType | null;
  sort: ParameterSort;
  order: 'ascending' | 'descending';
}

/** Saves what the filter shows as a file, all of it; the values of secrets are not among it. */
export function useExport(filter: ParameterFilter) {
  const [percent, setPercent] = useState(0);
  const collect = useAction((client, wanted: ParameterFilter) =>
    everyRow({
      read: (page) => client.parameters.list({ ...page, ...wanted, recursive: true }),
      keyOf: (row) => row.name,
      onProgress: (read, total) => setPercent(total === 0 ? 100 : Math.floor((100 * read) / total)),
    }),
  );
  const run = async (format: ExportFormat): Promise<void> => {
    setPercent(0);
    const outcome = await collect.run(filter);
    if (!outcome.ok) return tellFault(outcome.fault);
    const { rows, total } = outcome.answer;
    saveFile(parameterFileName(format, new Date()), parameterFile(format, rows));
    const what =
      rows.length < total ? `The first ${countText(rows.length)} of ${countText(total)} parameters` : plural(rows.length, 'parameter');
    tellDone(`${what} saved, without the values of secrets.`);
  };
  return { run, isPending: collect.isPending, percent };
}
