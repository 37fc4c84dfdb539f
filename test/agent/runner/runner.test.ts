import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { Failure } from '../../../agent/protocol/failures.ts';
import type { Report } from '../../../agent/protocol/reports.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { isRunning } from '../../builders/living-processes.ts';
import { anOrder, TestSigner } from '../../builders/run-order.ts';
import { RunningAgent } from './running-agent.ts';

type StepFinished = Extract<Report, { kind: 'step-finished' }>;

function finishedSteps(reports: readonly Report[]): StepFinished[] {
  return reports.filter((report): report is StepFinished => report.kind === 'step-finished');
}

describe('an order', () => {
  test('is run and reported, with what it printed', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ script: ['echo hello', 'echo trouble >&2'] });
    agent.accept(order);
    const [step] = finishedSteps(await agent.finished(order));
    expect(agent.story(order)).toEqual(['started', 'step 0.1 started', 'step 0.1 Success', 'Success']);
    expect(step).toMatchObject({
      result: { status: 'Success', exitCode: 0 },
      stdout: { bytes: 6, droppedBytes: 0, head: 'hello\n' },
      stderr: { bytes: 8, droppedBytes: 0, head: 'trouble\n' },
    });
  });

  test('of several steps goes on after a failed one and ends failed', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ steps: [{ script: 'exit 3' }, { script: 'true' }] });
    agent.accept(order);
    const [first] = finishedSteps(await agent.finished(order));
    expect(first?.result).toEqual({ status: 'Failed', exitCode: 3, reason: 'The step ended with exit code 3.' });
    expect(agent.story(order)).toEqual([
      'started',
      'step 0.1 started',
      'step 0.1 Failed',
      'step 1.1 started',
      'step 1.1 Success',
      'Failed',
    ]);
  });

  test('skips what is not for this platform, and is a success with nothing to do', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ steps: [{ precondition: { StringEquals: ['platformType', 'Windows'] } }] });
    agent.accept(order);
    await agent.finished(order);
    expect(agent.story(order)).toEqual(['started', 'step 0.1 Skipped', 'Success']);
  });

  test('finds node, site, execution and association in its environment', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ script: 'echo "$AWS_SSM_INSTANCE_ID $AWS_SSM_REGION_NAME $SSM_COMMAND_ID"' });
    agent.accept(order);
    await agent.finished(order);
    expect(agent.outputOf(order)).toBe(`${order.nodeId} Lab ${order.executionId}\n`);
  });

  test('with a parameter for the environment runs no word of it', async () => {
    const agent = await RunningAgent.start();
    const planted = aTemporaryPath('planted');
    const value = `"; touch ${planted}; $(touch ${planted}) '`;
    const order = anOrder({
      script: `printf '%s' "{{ Text }}"`,
      parameters: { Text: { type: 'String', interpolationType: 'ENV_VAR' } },
      values: { Text: [value] },
    });
    agent.accept(order);
    await agent.finished(order);
    expect(agent.outputOf(order)).toBe(value);
    expect(existsSync(planted)).toBe(false);
  });

  test('costs two flushes of the disk when its one step ends at once', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder();
    const transactions = vi.spyOn(agent.store, 'transaction');
    agent.accept(order);
    await agent.finished(order);
    expect(transactions).toHaveBeenCalledTimes(2);
  });

  test('leaves no scripts behind', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ script: 'pwd' });
    agent.accept(order);
    await agent.finished(order);
    await agent.runner.stop();
    expect(readdirSync(agent.folder.work)).toEqual([]);
  });

  test('that prints 300 MB keeps its first part and counts the rest', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ script: 'head -c 300000000 /dev/zero', streamCapBytes: 5_000_000 });
    agent.accept(order);
    const [step] = finishedSteps(await agent.finished(order));
    expect(step?.stdout).toMatchObject({ bytes: 300_000_000, droppedBytes: 295_000_000 });
  });
});

describe('orders', () => {
  test('wait for each other in the order of their arrival', async () => {
    const agent = await RunningAgent.start();
    const file = aTemporaryPath('order');
    const orders = ['one', 'two', 'three'].map((word) => anOrder({ script: [`echo ${word} >> ${file}`, 'sleep 0.05'] }));
    for (const order of orders) agent.accept(order);
    for (const order of orders) await agent.finished(order);
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\nthree\n');
  });

  test('that come twice run once', async () => {
    const agent = await RunningAgent.start();
    const file = aTemporaryPath('runs');
    const order = anOrder({ script: `echo ran >> ${file}` });
    agent.accept(order);
    agent.accept(order);
    await agent.finished(order);
    agent.accept(order);
    await agent.runner.stop();
    expect(readFileSync(file, 'utf8')).toBe('ran\n');
    expect(agent.story(order)).toEqual(['started', 'step 0.1 started', 'step 0.1 Success', 'Success']);
  });

  test('that come again after everything was stored are answered with what is known', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ script: 'exit 5' });
    agent.accept(order);
    const [step] = finishedSteps(await agent.finished(order));
    agent.store.reportsStored(agent.store.outbox.lastSequence());
    expect(agent.reports()).toEqual([]);
    agent.accept(order);
    expect(agent.story(order)).toEqual(['started', 'step 0.1 Failed', 'Failed']);
    expect(finishedSteps(agent.reportsOf(order))).toEqual([step]);
  });

  test('of another node are refused, and this node’s own order for the execution still runs', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder();
    agent.accept({ ...order, nodeId: anOrder({ nodeId: 'mi-ffffffffffffffff0' }).nodeId });
    expect(agent.story(order)).toEqual(['refused E-ORDER-OTHER-NODE']);
    agent.accept(order);
    await agent.until(() => agent.story(order).includes('Success'));
  });

  test('with a bad signature are logged and nothing else', async () => {
    const agent = await RunningAgent.start();
    agent.runner.accept(new TestSigner().sign(anOrder()));
    await agent.runner.stop();
    expect(agent.reports()).toEqual([]);
    expect(agent.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', facts: expect.objectContaining({ code: 'E-SIGNATURE' }) }),
    );
  });

  test('that have expired are refused, for good', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ expiresAt: '2026-03-01T01:59:59Z' });
    agent.accept(order);
    agent.accept({ ...order, expiresAt: '2030-01-01T00:00:00Z' });
    expect(agent.story(order)).toEqual(['refused E-ORDER-EXPIRED']);
  });

  test('with a parameter that the document does not take are refused before any step', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ values: { Unknown: ['x'] } });
    agent.accept(order);
    expect(agent.story(order)).toEqual(['refused InvalidParameters']);
  });

  test('wait while the disk is full, and run when there is room', async () => {
    const agent = await RunningAgent.start();
    const disk = vi.spyOn(agent.store, 'transaction').mockImplementation(() => {
      throw new Failure('E-DISK', { cause: 'database or disk is full' });
    });
    const [first, second] = [anOrder(), anOrder()];
    agent.accept(first);
    agent.accept(second);
    expect(agent.reports()).toEqual([]);
    disk.mockRestore();
    agent.clock.advance(5);
    await agent.finished(first);
    await agent.finished(second);
    expect(agent.log.lines.filter(({ facts }) => facts.code === 'E-DISK').length).toBeGreaterThan(0);
  });
});

describe('a cancel', () => {
  test('ends the running step with everything that it started, and skips the rest', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ steps: [{ script: ['sleep 1000 & echo $!', 'echo ready', 'wait'] }, { script: 'true' }] });
    agent.accept(order);
    await agent.said('ready');
    const background = Number(agent.outputOf(order).split('\n')[0]);
    expect(isRunning(background)).toBe(true);
    agent.runner.cancel(order.executionId, 'stopped by an administrator');
    const [first] = finishedSteps(await agent.finished(order));
    expect(first?.result).toEqual({ status: 'Cancelled', reason: 'stopped by an administrator' });
    expect(agent.story(order)).toEqual(['started', 'step 0.1 started', 'step 0.1 Cancelled', 'step 1.1 Skipped', 'Cancelled']);
    expect(isRunning(background)).toBe(false);
  });

  test('of an order that waits ends it without running it', async () => {
    const agent = await RunningAgent.start();
    const [running, waiting] = [anOrder({ script: ['echo ready', 'sleep 1000'] }), anOrder()];
    agent.accept(running);
    agent.accept(waiting);
    agent.runner.cancel(waiting.executionId, 'not needed');
    expect(agent.story(waiting)).toEqual(['Cancelled']);
    agent.runner.cancel(running.executionId, 'not needed');
    await agent.finished(running);
    expect(agent.story(waiting)).toEqual(['Cancelled']);
  });

  test('that comes before its order is remembered', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder();
    agent.runner.cancel(order.executionId, 'not needed');
    agent.accept(order);
    await agent.runner.stop();
    expect(agent.story(order)).toEqual(['Cancelled']);
  });

  test('that comes after the end changes nothing', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder();
    agent.accept(order);
    const reports = await agent.finished(order);
    agent.runner.cancel(order.executionId, 'too late');
    expect(agent.reportsOf(order)).toEqual(reports);
  });
});
