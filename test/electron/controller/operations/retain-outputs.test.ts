import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SiteId } from '../../../../agent/protocol/ids.ts';
import type { FromController } from '../../../../agent/protocol/messages.ts';
import {
  askForStalled,
  forgetComplianceHistory,
  freeableOutputs,
  retainOutputs,
} from '../../../../electron/controller/operations/retain-outputs.ts';
import { openOutputStore } from '../../../../electron/controller/store/output-store.ts';
import type { Execution } from '../../../../electron/domain/execution.ts';
import { SMALLEST_QUOTA_BYTES } from '../../../../electron/domain/output-retention.ts';
import { NOW } from '../store/instants.ts';
import {
  aFinding,
  anExecution,
  aStoredAssociation,
  associationId,
  executionId,
  insertExecution,
  insertNodes,
  nodeId,
} from '../store/stored-things.ts';
import { temporaryFolder, temporaryStores } from '../store/temporary-database.ts';

const MEGABYTE = 1024 ** 2;
const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

function aSite({ quotaBytes = SMALLEST_QUOTA_BYTES, outputDays = 90 } = {}) {
  const stores = temporaryStores();
  stores.sites.insert({ siteId: SiteId.parse('0192a1b2-0000-7000-8000-0000000000ff'), siteName: 'Lab', createdAt: NOW });
  const outputs = openOutputStore({ folder: join(temporaryFolder(), 'output'), quotaBytes });
  onTestFinished(() => outputs.close());
  stores.retention.setSettings({ ...stores.retention.settings(), outputQuotaBytes: quotaBytes, outputDays });
  insertNodes(stores, 5);
  stores.associations.insert(aStoredAssociation(1));
  stores.associations.insert(aStoredAssociation(2));
  const sent: [string, FromController][] = [];
  const link = {
    isConnected: () => true,
    connectedNodes: () => [],
    publicKeyOf: () => null,
    close: () => undefined,
    send: (to: string, message: FromController) => {
      sent.push([to, message]);
      return true;
    },
  };
  const context = {
    stores,
    outputs,
    link,
    clock: { now: () => NOW, wakeAt: () => () => undefined },
    changes: { publish: () => undefined },
  };
  /** An execution with this much output of each of these nodes. */
  const ran = (number: number, settings: Partial<Execution>, bytes: Record<number, number>): void => {
    const execution = anExecution(number, { status: 'Success', ...settings });
    insertExecution(stores, execution, { nodes: Object.keys(bytes).map(Number), status: 'Success' });
    for (const [node, size] of Object.entries(bytes)) {
      const stream = {
        executionId: executionId(number),
        nodeId: nodeId(Number(node)),
        stepIndex: 0,
        attempt: 1,
        stream: 'stdout',
      } as const;
      outputs.append(stream, 0, Buffer.alloc(size));
    }
  };
  const left = async () => (await outputs.executions()).sort();
  return { context, stores, outputs, ran, left, sent };
}

describe('output that is kept too long', () => {
  test('goes, but never that of a run which goes on, nor of the newest of an association', async () => {
    const { context, stores, ran, left, outputs } = aSite();
    ran(1, { createdAt: daysAgo(200) }, { 1: 10, 2: 20 });
    ran(2, { createdAt: daysAgo(150), status: 'InProgress' }, { 1: 10 });
    ran(3, { createdAt: daysAgo(100) }, { 1: 10 });
    ran(4, { createdAt: daysAgo(300), associationId: associationId(2) }, { 1: 10 });
    expect(await freeableOutputs(context, 90)).toEqual({ executions: 1, bytes: 30 });
    expect(await retainOutputs(context)).toEqual({ executions: 1, bytes: 30 });
    expect(await left()).toEqual([2, 3, 4].map(executionId));
    expect(stores.retention.dropped(executionId(1), nodeId(2))).toEqual({ at: NOW, because: 'age', bytes: 30 });
    expect([stores.retention.dropped(executionId(3), nodeId(1)), outputs.usage()]).toEqual([null, 30]);
  });

  test('is gone when nothing is known of its execution', async () => {
    const { context, outputs, left } = aSite();
    outputs.append({ executionId: executionId(99), nodeId: nodeId(1), stepIndex: 0, attempt: 1, stream: 'stdout' }, 0, Buffer.from('x'));
    await retainOutputs(context);
    expect([await left(), outputs.usage()]).toEqual([[], 0]);
  });
});

describe('a full output store', () => {
  test('lets the oldest go until there is room, and asks the nodes that wait for what had none', async () => {
    const { context, stores, ran, left, outputs, sent } = aSite();
    for (const number of [1, 2, 3, 4]) ran(number, { createdAt: daysAgo(10 - number) }, { [number]: 15 * MEGABYTE });
    const stream = { executionId: executionId(4), nodeId: nodeId(5), stepIndex: 0, attempt: 1, stream: 'stderr' } as const;
    expect(outputs.append(stream, 0, Buffer.alloc(5 * MEGABYTE))).toBe(4 * MEGABYTE);
    await retainOutputs(context);
    expect(await left()).toEqual([2, 3, 4].map(executionId));
    expect(stores.retention.dropped(executionId(1), nodeId(1))?.because).toBe('quota');
    askForStalled(context);
    const { nodeId: to, ...ref } = stream;
    expect(sent).toEqual([[to, { type: 'credit', ...ref, storedTo: 4 * MEGABYTE, again: true }]]);
    expect(outputs.append(stream, 4 * MEGABYTE, Buffer.alloc(MEGABYTE))).toBe(5 * MEGABYTE);
  });

  test('takes from a node that has more than its quarter only what is its own', async () => {
    const { context, stores, ran, left, outputs } = aSite();
    ran(1, { createdAt: daysAgo(9) }, { 1: 100, 2: 8 * MEGABYTE });
    ran(2, { createdAt: daysAgo(8) }, { 2: 20 * MEGABYTE });
    expect(outputs.usageByNode().get(nodeId(2))).toBe(16 * MEGABYTE);
    await retainOutputs(context);
    expect(await left()).toEqual([1, 2].map(executionId));
    expect([stores.retention.dropped(executionId(1), nodeId(2))?.because, stores.retention.dropped(executionId(1), nodeId(1))]).toEqual([
      'node-share',
      null,
    ]);
  });
});

test('the history of compliance goes when it is older than the site keeps it', async () => {
  const { context, stores } = aSite();
  stores.retention.setSettings({ ...stores.retention.settings(), complianceDays: 30 });
  stores.compliance.put(aFinding(1), daysAgo(40));
  stores.compliance.put(aFinding(1, { status: 'NON_COMPLIANT' }), daysAgo(20));
  const of = { nodeId: nodeId(1), complianceType: 'Association' as const, itemId: associationId(1) };
  expect(stores.compliance.history(of, { offset: 0, limit: 10 }).total).toBe(2);
  await forgetComplianceHistory(context);
  expect(stores.compliance.history(of, { offset: 0, limit: 10 }).rows.map(({ at }) => at)).toEqual([daysAgo(20)]);
});
