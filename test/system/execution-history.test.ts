import { v4 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ExecutionId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { finished } from './outcome.ts';
import { refusal } from './refusal.ts';
import { TestSite } from './site.ts';

/** What is asked of executions that are over: which they were, what took their place, and where to try again. */
let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

test('running again on failed only leaves those alone where it succeeded, and the preview names the same nodes', async () => {
  const [good, bad] = await Promise.all([site.addAgent({ name: 'good' }), site.addAgent({ name: 'bad' })]);
  const script = `[ "$AWS_SSM_INSTANCE_ID" = ${good.nodeId} ] || exit 3`;
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script }) });
  const { executionId } = await finished(site, associationId, { trigger: 'Created' });
  const preview = await site.client.preview.change({ kind: 'run-failed', executionId });
  expect(preview.now.rows.map((row) => row.nodeId)).toEqual([bad.nodeId]);
  const again = await site.client.executions.runAgainOnFailed({ executionId });
  const second = await finished(site, associationId, { trigger: 'Manual' });
  expect(second.executionId).toBe(again.executionId);
  expect(second.resourceCountByStatus).toBe('{Failed=1}');
});

test('what is unknown cannot be run again, and what was deleted says so', async () => {
  const executionId = ExecutionId.parse(v4());
  expect((await refusal(site.client.executions.runAgainOnFailed({ executionId }))).code).toBe('AssociationExecutionDoesNotExist');
  await site.addAgent({ name: 'lab-01' });
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ script: 'exit 1' }) });
  const failed = await finished(site, associationId, { trigger: 'Created' });
  await site.client.associations.delete({ associationIds: [associationId] });
  expect((await site.client.executions.get({ executionId: failed.executionId })).canRunAgain).toBe(false);
  expect((await refusal(site.client.executions.runAgainOnFailed({ executionId: failed.executionId }))).code).toBe(
    'AssociationDoesNotExist',
  );
  expect((await site.client.preview.change({ kind: 'run-failed', executionId: failed.executionId })).now.runs).toBe(0);
});

test('executions are found by what began them, by their version and by the time, all at once', async () => {
  await site.addAgent({ name: 'lab-01' });
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation() });
  const created = await finished(site, associationId, { trigger: 'Created' });
  await site.client.associations.save({ edit: { associationId, associationVersion: 1 }, draft: anAssociation({ script: 'exit 1' }) });
  const edited = await finished(site, associationId, { trigger: 'Edited' });
  const all = { associationId, nodeId: null, status: null, offset: 0, limit: 10 };
  const found = async (filter: Partial<Parameters<typeof site.client.executions.list>[0]>) =>
    (await site.client.executions.list({ ...all, ...filter })).rows.map((row) => row.executionId);
  expect(await found({ trigger: 'Edited', status: 'Failed', associationVersion: 2 })).toEqual([edited.executionId]);
  expect(await found({ trigger: 'Edited', associationVersion: 1 })).toEqual([]);
  expect(await found({ createdBefore: edited.createdAt })).toEqual([created.executionId]);
  expect(await found({ createdAfter: created.createdAt })).toEqual([edited.executionId]);
  expect(await found({ createdAt: created.createdAt })).toEqual([created.executionId]);
  const versions = await site.client.associations.versions({ associationId });
  expect(versions.map(({ associationVersion, runs }) => [associationVersion, runs.executions, runs.failed])).toEqual([
    [2, 1, 1],
    [1, 1, 0],
  ]);
});
