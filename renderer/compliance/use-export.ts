import { useState } from 'react';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { ComplianceStatus } from '../../electron/domain/compliance.ts';
import { useAction } from '../client/use-action.ts';
import { countText, plural } from '../ui/moment.ts';
import { saveFile } from '../ui/save-file.ts';
import { tellDone, tellFault } from '../ui/toast.tsx';
import { complianceCsv, csvFileName } from './compliance-csv.ts';
import { everyItem } from './every-item.ts';

export interface ComplianceFilter {
  status: ComplianceStatus | null;
  nodeId: NodeId | null;
  associationId: AssociationId | null;
}

/** Saves what the filter shows as a CSV file, all of it and not only what is on screen. */
export function useExport(filter: ComplianceFilter) {
  const [percent, setPercent] = useState(0);
  const collect = useAction((client, wanted: ComplianceFilter) =>
    everyItem(
      (page) => client.compliance.items({ ...page, ...wanted }),
      (read, total) => setPercent(total === 0 ? 100 : Math.floor((100 * read) / total)),
    ),
  );
  const run = async (): Promise<void> => {
    setPercent(0);
    const outcome = await collect.run(filter);
    if (!outcome.ok) return tellFault(outcome.fault);
    const { rows, total } = outcome.answer;
    saveFile(csvFileName(filter.status, new Date()), complianceCsv(rows));
    tellDone(
      rows.length < total
        ? `The first ${countText(rows.length)} of ${countText(total)} items are saved.`
        : `${plural(rows.length, 'item')} saved.`,
    );
  };
  return { run, isPending: collect.isPending, percent };
}
