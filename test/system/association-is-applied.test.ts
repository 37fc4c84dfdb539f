import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { finished, outcomeOf } from './outcome.ts';
import { TestSite } from './site.ts';

/**
 * The main story, on real parts: a controller with its database, three agent processes over mutual TLS, and a window's client.
 * Only the controller's clock is a test's.
 */
let site: TestSite;
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock(new Date());
  site = await TestSite.start({ clock });
});

afterEach(() => site.stop());

test('an association is applied by every matching node at once, again on its schedule, and shows in compliance', async () => {
  const lab = [{ key: 'lab', value: 'B12' }];
  const agents = [
    await site.addAgent({ name: 'lab-01', tags: lab }),
    await site.addAgent({ name: 'lab-02', tags: lab }),
    await site.addAgent({ name: 'lab-03', tags: lab }),
  ];
  await site.addAgent({ name: 'office-01' });

  const draft = anAssociation({
    associationName: 'Hello-Lab',
    script: ['echo "hello from $AWS_SSM_INSTANCE_ID"', 'echo "to standard error" >&2'],
    targets: [{ key: 'tag:lab', values: ['B12'] }],
    scheduleExpression: 'rate(30 minutes)',
    complianceSeverity: 'HIGH',
  });
  const preview = await site.client.associations.preview({ associationId: null, draft });
  expect(preview.matching.nodes.map((node) => node.name)).toEqual(['lab-01', 'lab-02', 'lab-03']);
  expect(preview).toMatchObject({ problems: [], runsOnSave: true });

  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const first = await finished(site, associationId, { trigger: 'Created' });
  expect(first.resourceCountByStatus).toBe('{Success=3}');
  for (const { nodeId } of agents) {
    const { target, steps } = await outcomeOf(site, first.executionId, nodeId);
    expect(target).toMatchObject({
      status: 'Success',
      executionSummary: expect.stringContaining('1 out of 1 plugin processed, 1 success'),
    });
    expect(steps[0]?.record).toMatchObject({
      status: 'Success',
      result: { exitCode: 0 },
      stdout: { head: `hello from ${nodeId}\n` },
      stderr: { head: 'to standard error\n' },
    });
  }

  const saved = await site.client.associations.get({ associationId });
  expect(saved).toMatchObject({ overview: { status: 'Success' }, compliance: { compliant: 3, nonCompliant: 0 } });
  // A jump, as when a laptop wakes in time: half an hour of heartbeats is not what this is about.
  clock.jump(saved.nextRunAt ?? clock.now());
  const second = await finished(site, associationId, { trigger: 'Schedule' });
  expect(second.resourceCountByStatus).toBe('{Success=3}');
  expect(second.executionId).not.toBe(first.executionId);

  const executions = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 10 });
  expect(executions.rows.map((row) => row.trigger)).toEqual(['Schedule', 'Created']);
});
