import { mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { aTemporaryPath } from '../builders/agent-folder.ts';
import { anAssociation } from '../builders/association.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { anObjectStore } from '../fakes/object-store.ts';
import { finished } from './outcome.ts';
import { TestSite } from './site.ts';

const copied = (site: TestSite, ref: { executionId: ExecutionId; nodeId: NodeId }, status: 'Copied' | 'Waiting' = 'Copied') =>
  site.until(`the copy is ${status}`, async () => {
    const { outputCopy } = await site.client.executions.target(ref);
    return outputCopy?.status === status && (status === 'Copied' || outputCopy.problem !== null) ? outputCopy : null;
  });

function saved(site: TestSite, bucket: string, script: string[]) {
  const outputLocation = { outputS3BucketName: bucket, outputS3KeyPrefix: 'lab/checks', outputS3Region: null };
  const draft = anAssociation({ script, outputLocation });
  return site.client.associations.save({ edit: null, draft });
}

test('output goes to the store and the folder that associations name, under AWS’s keys; what is wrong with a store fails no step', async () => {
  const store = await anObjectStore('lab-output');
  const share = aTemporaryPath('share');
  const site = await TestSite.start();
  try {
    const { nodeId } = await site.addAgent({ name: 'talker' });
    await expect(saved(site, 'lab-output', ['echo hello'])).rejects.toMatchObject({ data: { code: 'InvalidOutputLocation' } });
    const destination = {
      kind: 'S3',
      name: 'lab-output',
      endpoint: store.endpoint,
      region: 'us-east-1',
      pathStyle: true,
      accessKeyId: store.accessKeyId,
      authority: null,
    } as const;
    const wrong = { destination, secretAccessKey: 'not the secret' };
    await expect(site.client.outputs.testDestination(wrong)).rejects.toMatchObject({ data: { code: 'E-OUTPUT-STORE' } });
    await site.client.outputs.testDestination({ destination, secretAccessKey: store.secretAccessKey });
    await site.client.outputs.putDestination({ destination, secretAccessKey: store.secretAccessKey });

    const { associationId } = await saved(site, 'lab-output', ['echo hello']);
    const { executionId, createdAt } = await finished(site, associationId, { trigger: 'Created' });
    const { outputUrl } = await copied(site, { executionId, nodeId });
    const key = `lab/checks/${nodeId}/${associationId}/${createdAt.toISOString().replaceAll(':', '-')}/awsrunShellScript`;
    expect(outputUrl).toBe(`${store.endpoint}/lab-output/${key.slice(0, key.lastIndexOf('/'))}`);
    const { steps } = await site.client.executions.target({ executionId, nodeId });
    const step = steps[0]?.name ?? '';
    expect(await store.read('lab-output', `${key}/${step}/stdout`)).toBe('hello\n');
    expect(await store.read('lab-output', `${key}/${step}/stderr`)).toBeNull();
    const answer = await site.client.ssm.call({
      operation: 'GetCommandInvocation',
      request: { CommandId: executionId, InstanceId: nodeId },
    });
    expect(answer).toMatchObject({ StandardOutputUrl: `${outputUrl}/awsrunShellScript/${step}/stdout`, StandardErrorUrl: '' });

    await site.client.outputs.putDestination({ destination: { kind: 'folder', name: 'share', folder: share }, secretAccessKey: null });
    const second = await saved(site, 'share', ['echo out', 'echo trouble >&2', 'exit 3']);
    const failed = await finished(site, second.associationId, { trigger: 'Created' });
    const ref = { executionId: failed.executionId, nodeId };
    expect((await copied(site, ref, 'Waiting')).problem).toContain('ENOENT');
    mkdirSync(share);
    await site.client.outputs.testDestination({ destination: { kind: 'folder', name: 'share', folder: share }, secretAccessKey: null });
    const third = await saved(site, 'share', ['echo out', 'echo trouble >&2']);
    const again = await finished(site, third.associationId, { trigger: 'Created' });
    const copy = await copied(site, { executionId: again.executionId, nodeId });
    const folder = fileURLToPath(copy.outputUrl ?? '');
    expect(folder.startsWith(join(share, 'lab/checks', nodeId, third.associationId))).toBe(true);
    expect(readdirSync(join(folder, 'awsrunShellScript', step)).sort()).toEqual(['stderr', 'stdout']);
    expect(readFileSync(join(folder, 'awsrunShellScript', step, 'stderr'), 'utf8')).toBe('trouble\n');
    await expect(site.client.outputs.deleteDestination({ name: 'share' })).rejects.toMatchObject({ data: { code: 'E-OUTPUT-STORE-USED' } });
  } finally {
    await site.stop();
  }
});

test('what is not copied yet when the controller ends is copied by the one that starts after it', async () => {
  const share = aTemporaryPath('share');
  let site = await TestSite.start();
  try {
    const { nodeId } = await site.addAgent({ name: 'talker' });
    mkdirSync(share);
    await site.client.outputs.putDestination({ destination: { kind: 'folder', name: 'share', folder: share }, secretAccessKey: null });
    rmdirSync(share);
    const { associationId } = await saved(site, 'share', ['echo kept']);
    const { executionId } = await finished(site, associationId, { trigger: 'Created' });
    const ref = { executionId, nodeId };
    expect(await copied(site, ref, 'Waiting')).toMatchObject({ outputUrl: null });

    mkdirSync(share);
    const clock = new FakeClock(new Date(Date.now() + 3_600_000));
    site = await site.restart({ clock });
    const { outputUrl } = await copied(site, ref);
    const { steps } = await site.client.executions.target(ref);
    const file = join(fileURLToPath(outputUrl ?? ''), 'awsrunShellScript', steps[0]?.name ?? '', 'stdout');
    expect(readFileSync(file, 'utf8')).toBe('kept\n');
  } finally {
    await site.stop();
  }
});

test('output that a person lets go is gone, says so where it was, and keeps its beginning and the newest of each association', async () => {
  const site = await TestSite.start();
  try {
    const { nodeId } = await site.addAgent({ name: 'talker' });
    const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script: 'seq 1 1000' }) });
    const first = await finished(site, associationId, { trigger: 'Created' });
    await site.client.associations.startOnce({ associationIds: [associationId] });
    const second = await finished(site, associationId, { trigger: 'Manual' });
    const ofTarget = ({ executionId }: { executionId: ExecutionId }) => ({ executionId, nodeId });
    await site.until('both are stored', async () => ((await site.client.outputs.retention()).usedBytes === 2 * 3893 ? true : null));
    const freed = { executions: 1, bytes: 3893 };
    expect(await site.client.outputs.freeable({ olderThanDays: 0 })).toEqual(freed);
    expect(await site.client.outputs.free({ olderThanDays: 0 })).toEqual(freed);
    const gone = await site.client.executions.target(ofTarget(first));
    expect(gone.droppedOutput).toMatchObject({ because: 'asked', bytes: 3893 });
    expect(gone.steps[0]?.record?.stdout?.head).toHaveLength(3893);
    expect((await site.client.executions.target(ofTarget(second))).droppedOutput).toBeNull();
    expect((await site.client.outputs.retention()).usedBytes).toBe(3893);
    const { settings } = await site.client.outputs.retention();
    await expect(site.client.outputs.setRetention({ ...settings, outputDays: 0 })).rejects.toMatchObject({
      data: { code: 'ValidationException', places: [{ field: 'outputDays' }] },
    });
  } finally {
    await site.stop();
  }
});
