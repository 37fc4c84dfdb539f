import type { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { ExecutionRow, TargetDetail } from '../../electron/api/executions.ts';
import type { Trigger } from '../../electron/domain/execution.ts';
import type { TestSite } from './site.ts';

const isOver = (execution: ExecutionRow): boolean => execution.status !== 'Pending' && execution.status !== 'InProgress';

/** The newest execution that this trigger began, once all its targets are final. */
export function finished(site: TestSite, associationId: AssociationId, { trigger }: { trigger: Trigger }): Promise<ExecutionRow> {
  return site.until(`an execution begun by ${trigger} is over`, async () => {
    const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 20 });
    return rows.find((row) => row.trigger === trigger && isOver(row)) ?? null;
  });
}

/** What came of an execution on one node. */
export const outcomeOf = (site: TestSite, executionId: ExecutionId, nodeId: NodeId): Promise<TargetDetail> =>
  site.client.executions.target({ executionId, nodeId });

/** Both streams of a step whole, once the controller has as many bytes as the node said there are. */
export async function wholeOutput(site: TestSite, ref: { executionId: ExecutionId; nodeId: NodeId; stepIndex?: number }): Promise<string> {
  const { executionId, nodeId, stepIndex = 0 } = ref;
  return site.until(`the output of ${nodeId} is complete`, async () => {
    const { steps } = await outcomeOf(site, executionId, nodeId);
    const record = steps[stepIndex]?.record;
    if (!record?.stdout) return null;
    const wanted = record.stdout.bytes - record.stdout.droppedBytes;
    let text = '';
    for (let offset = 0; offset < wanted; ) {
      const page = await site.client.executions.output({
        executionId,
        nodeId,
        stepIndex,
        attempt: record.attempt,
        stream: 'stdout',
        offset,
      });
      if (page.storedBytes < wanted) return null;
      text += page.text;
      offset = page.nextOffset;
    }
    return text;
  });
}
