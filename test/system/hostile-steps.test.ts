import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { finished, outcomeOf, wholeOutput } from './outcome.ts';
import { TestSite } from './site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await TestSite.start();
});

afterAll(() => site.stop());

const residentMegabytes = (pid: number): number => {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};

function bytesBelow(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.reduce((sum, name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    return sum + (found?.isFile() ? found.size : 0);
  }, 0);
}

const CAP_BYTES = 1024 * 1024;

test.skipIf(process.platform !== 'linux')(
  'a step that prints gigabytes takes neither memory nor disk, and holds up nobody else',
  async () => {
    const flood = await site.addAgent({ name: 'flood' });
    const other = await site.addAgent({ name: 'other' });
    const { settings } = await site.client.outputs.retention();
    await site.client.outputs.setRetention({ ...settings, streamCapBytes: CAP_BYTES });
    const only = ({ nodeId }: { nodeId: string }) => [{ key: 'InstanceIds', values: [nodeId] }];
    const script = 'timeout 5 cat /dev/zero; true';
    const flooding = await site.client.associations.save({ edit: null, draft: anAssociation({ script, targets: only(flood) }) });
    const before = process.memoryUsage().rss / 1024 ** 2;
    const beside = await site.client.associations.save({
      edit: null,
      draft: anAssociation({ script: 'seq 1 50000', targets: only(other) }),
    });
    const quick = await finished(site, beside.associationId, { trigger: 'Created' });
    const stillRuns = await site.client.executions.list({
      associationId: flooding.associationId,
      nodeId: null,
      status: 'InProgress',
      offset: 0,
      limit: 1,
    });
    expect(stillRuns.total, 'the flood goes on while the other node is done').toBe(1);
    expect((await wholeOutput(site, { executionId: quick.executionId, nodeId: other.nodeId })).split('\n')).toHaveLength(50_001);
    const agentDuring = residentMegabytes(flood.pid);
    const { executionId } = await finished(site, flooding.associationId, { trigger: 'Created' });
    const agentAfter = residentMegabytes(flood.pid);
    const { target, steps } = await outcomeOf(site, executionId, flood.nodeId);
    expect(target.status).toBe('Success');
    const { bytes = 0, droppedBytes = 0 } = steps[0]?.record?.stdout ?? {};
    expect([bytes > 500_000_000, bytes - droppedBytes]).toEqual([true, CAP_BYTES]);
    expect(Math.max(agentDuring, agentAfter), 'the agent, in MB').toBeLessThan(200);
    expect(process.memoryUsage().rss / 1024 ** 2 - before, 'the controller, in MB more').toBeLessThan(200);
    expect(bytesBelow(join(site.dataFolder, 'output'))).toBeLessThan(3 * CAP_BYTES);
    expect(bytesBelow(flood.folder)).toBeLessThan(20 * CAP_BYTES);
  },
);
