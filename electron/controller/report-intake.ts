import { CloseCode } from '../../agent/protocol/close-codes.ts';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { SequencedReport } from '../../agent/protocol/reports.ts';
import type { Context } from './operations/context.ts';
import { recordReports } from './operations/record-reports.ts';

/** Reports in one commit. */
const BATCH = 2000;

export type ReportIntake = { add(nodeId: NodeId, reports: readonly SequencedReport[]): void; flush(): void };

/**
 * Group commit: what arrives in one turn of the event loop is stored in one transaction, and only then acknowledged. When the disk
 * refuses, nothing is acknowledged and the sessions are closed: the agents keep their reports and bring them again.
 */
export function createReportIntake(context: Context): ReportIntake {
  const waiting: { nodeId: NodeId; reports: readonly SequencedReport[] }[] = [];
  let isScheduled = false;

  function flush(): void {
    isScheduled = false;
    while (waiting.length > 0) {
      let size = 0;
      let taken = 0;
      while (taken < waiting.length && size < BATCH) size += waiting[taken++]?.reports.length ?? 0;
      const batch = waiting.splice(0, taken);
      try {
        recordReports(context, batch);
      } catch (cause) {
        context.log.error('reports-not-stored', cause, { nodes: batch.length });
        for (const { nodeId } of batch)
          context.link.close(nodeId, { code: CloseCode.CannotStore, reason: 'the controller cannot store now' });
      }
    }
  }

  return {
    flush,
    add(nodeId, reports) {
      waiting.push({ nodeId, reports });
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(flush);
    },
  };
}
