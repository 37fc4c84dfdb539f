import { schedule as cronJob } from 'node-cron';
import type { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { OutputCopy } from '../domain/output-copy.ts';
import type { Context } from './operations/context.ts';
import { copyOutput } from './operations/copy-output.ts';
import type { ChangeBroadcast } from './ports/change-feed.ts';

type CopierContext = Parameters<typeof copyOutput>[0] & Pick<Context, 'log'>;

/** Targets that are copied at the same time. */
const AT_ONCE = 4;
const TAKEN_AT_ONCE = 500;

type Target = { executionId: ExecutionId; nodeId: NodeId };
const keyOf = ({ executionId, nodeId }: Target): string => `${executionId} ${nodeId}`;

/**
 * Copies output to where associations want it, as soon as it is all here; what did not work is tried again later. The queue is in the
 * database, so what was under way as the controller ended is taken up by the next.
 */
export function startOutputCopier(context: CopierContext, changes: ChangeBroadcast): { stop(): Promise<void> } {
  const { stores, clock, log } = context;
  /** Those whose run is over and whose output was not all here. */
  const incomplete = new Set<string>();
  const queue = new Map<string, OutputCopy>();
  const running = new Map<string, Promise<void>>();
  let isStopping = false;

  function take(copy: OutputCopy | null): void {
    if (copy?.status !== 'Waiting' || running.has(keyOf(copy))) return;
    queue.set(keyOf(copy), copy);
    next();
  }
  function next(): void {
    while (!isStopping && running.size < AT_ONCE) {
      const [first] = queue;
      if (first === undefined) return;
      const [key, copy] = first;
      queue.delete(key);
      running.set(key, one(key, copy));
    }
  }
  async function one(key: string, copy: OutputCopy): Promise<void> {
    try {
      const after = await copyOutput(context, copy);
      if (after.status === 'Waiting' && after.tries === copy.tries) incomplete.add(key);
      else incomplete.delete(key);
      if (after.problem !== null)
        log.info('output-not-copied', { executionId: copy.executionId, nodeId: copy.nodeId, because: after.problem });
    } catch (cause) {
      log.error('output-copy-failed', cause, { executionId: copy.executionId, nodeId: copy.nodeId });
    }
    running.delete(key);
    next();
  }

  const takeDue = (): void => {
    for (const copy of stores.outputCopies.due(clock.now(), TAKEN_AT_ONCE)) take(copy);
  };
  const stopListening = changes.listen((change) => {
    if (change.kind === 'output' && incomplete.has(keyOf(change))) take(stores.outputCopies.find(change.executionId, change.nodeId));
    if (change.kind !== 'target' || running.has(keyOf(change))) return;
    const copy = stores.outputCopies.find(change.executionId, change.nodeId);
    if (copy !== null && copy.dueAt !== null && copy.dueAt <= clock.now()) take(copy);
  });
  const minutely = cronJob('* * * * *', takeDue, { suppressMissedWarning: true });
  takeDue();
  return {
    async stop() {
      isStopping = true;
      stopListening();
      await minutely.destroy();
      await Promise.all(running.values());
    },
  };
}
