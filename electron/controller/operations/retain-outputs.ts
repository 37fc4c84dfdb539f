import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import { isOver } from '../../domain/execution.ts';
import type { DropReason, KeptOutput } from '../../domain/output-retention.ts';
import { bytesAfterDropping, droppable, nodeShareBytes, overShare } from '../../domain/output-retention.ts';
import type { Context } from './context.ts';

type RetainContext = Pick<Context, 'stores' | 'outputs' | 'clock' | 'changes' | 'link'>;

export type Freed = { executions: number; bytes: number };
const NOTHING: Freed = { executions: 0, bytes: 0 };

const DAY_MS = 86_400_000;
/** Other work gets its turn after so many executions are looked up. */
const LOOKED_UP_AT_ONCE = 200;
const FORGOTTEN_AT_ONCE = 2000;

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Executions of which there is output. What belongs to none, because the database is from an older copy, goes at once. */
async function keptOutputs({ stores, outputs }: RetainContext): Promise<KeptOutput[]> {
  const kept: KeptOutput[] = [];
  for (const [position, executionId] of (await outputs.executions()).entries()) {
    const execution = stores.executions.find(executionId);
    if (execution === null) await outputs.remove(executionId, null);
    else
      kept.push({ executionId, associationId: execution.associationId, createdAt: execution.createdAt, isOver: isOver(execution.status) });
    if (position % LOOKED_UP_AT_ONCE === 0) await breath();
  }
  return kept;
}

/** What is let go is on record before it is gone, so that nothing which comes late is taken for its beginning. */
async function drop(context: RetainContext, executionId: ExecutionId, { nodeId, because }: { nodeId: NodeId | null; because: DropReason }) {
  const { stores, outputs, clock, changes } = context;
  const usage = await outputs.usageOf(executionId);
  const bytes = nodeId === null ? [...usage.values()].reduce((sum, part) => sum + part, 0) : (usage.get(nodeId) ?? 0);
  stores.retention.putDropped(executionId, nodeId, { at: clock.now(), because, bytes });
  await outputs.remove(executionId, nodeId);
  for (const ofNode of nodeId === null ? usage.keys() : [nodeId]) changes.publish({ kind: 'target', executionId, nodeId: ofNode });
  return bytes;
}

type Dropping = { kept: readonly KeptOutput[]; because: DropReason; isEnough?: () => boolean };

async function dropEach(context: RetainContext, { kept, because, isEnough = () => false }: Dropping): Promise<Freed> {
  const freed = { ...NOTHING };
  for (const { executionId } of kept) {
    if (isEnough()) break;
    freed.bytes += await drop(context, executionId, { nodeId: null, because });
    freed.executions += 1;
  }
  return freed;
}

/** A node that has its part of the room and wants more loses its own oldest output, and nobody else's. */
async function dropOfGreedyNodes(context: RetainContext, kept: readonly KeptOutput[], quotaBytes: number): Promise<Freed> {
  const { outputs } = context;
  const freed = { ...NOTHING };
  const enough = bytesAfterDropping(nodeShareBytes(quotaBytes));
  const waiting = outputs.stalledNodes();
  for (const nodeId of overShare(outputs.usageByNode(), quotaBytes).filter((node) => waiting.has(node))) {
    for (const { executionId } of kept) {
      if ((outputs.usageByNode().get(nodeId) ?? 0) <= enough) break;
      if (!(await outputs.usageOf(executionId)).has(nodeId)) continue;
      freed.bytes += await drop(context, executionId, { nodeId, because: 'node-share' });
      freed.executions += 1;
    }
  }
  return freed;
}

/** Lets go of output that is too old, of that of nodes which have too much, and of the oldest when there is no room left. */
export async function retainOutputs(context: RetainContext): Promise<Freed> {
  const { stores, outputs, clock } = context;
  await outputs.counted;
  const { outputQuotaBytes, outputDays } = stores.retention.settings();
  const kept = await keptOutputs(context);
  const { byAge, forRoom } = droppable(kept, new Date(clock.now().getTime() - outputDays * DAY_MS));
  const old = await dropEach(context, { kept: byAge, because: 'age' });
  const greedy = await dropOfGreedyNodes(context, forRoom, outputQuotaBytes);
  const room = bytesAfterDropping(outputQuotaBytes);
  const isFull = outputs.usage() > (outputQuotaBytes + room) / 2;
  const oldest = isFull ? await dropEach(context, { kept: forRoom, because: 'quota', isEnough: () => outputs.usage() <= room }) : NOTHING;
  return [old, greedy, oldest].reduce((sum, one) => ({ executions: sum.executions + one.executions, bytes: sum.bytes + one.bytes }));
}

/** What `freeOutputs` would let go. */
export async function freeableOutputs(context: RetainContext, olderThanDays: number): Promise<Freed> {
  const { byAge } = droppable(await keptOutputs(context), new Date(context.clock.now().getTime() - olderThanDays * DAY_MS));
  const freed = { ...NOTHING, executions: byAge.length };
  for (const { executionId } of byAge) for (const bytes of (await context.outputs.usageOf(executionId)).values()) freed.bytes += bytes;
  return freed;
}

/** Asked for by a person: all that is older, with the newest of each association kept. */
export async function freeOutputs(context: RetainContext, olderThanDays: number): Promise<Freed> {
  const { byAge } = droppable(await keptOutputs(context), new Date(context.clock.now().getTime() - olderThanDays * DAY_MS));
  const freed = await dropEach(context, { kept: byAge, because: 'asked' });
  askForStalled(context);
  return freed;
}

/** Nodes whose output had no room are asked for it again. */
export function askForStalled({ outputs, link }: Pick<Context, 'outputs' | 'link'>): void {
  for (const stream of outputs.takeStalled()) {
    const { nodeId, ...ref } = stream;
    link.send(nodeId, { type: 'credit', ...ref, storedTo: outputs.size(stream), again: true });
  }
}

/** The history of compliance that is older than the site keeps it; in parts, so that nothing has to wait. */
export async function forgetComplianceHistory({ stores, clock }: Pick<Context, 'stores' | 'clock'>): Promise<void> {
  const before = new Date(clock.now().getTime() - stores.retention.settings().complianceDays * DAY_MS);
  while (stores.compliance.forgetHistory(before, FORGOTTEN_AT_ONCE) > 0) await breath();
}
