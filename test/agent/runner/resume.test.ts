import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MAX_RESUMES } from '../../../agent/runner/performer.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { isRunning } from '../../builders/living-processes.ts';
import { anOrder } from '../../builders/run-order.ts';
import { RunningAgent } from './running-agent.ts';

/** The same machine's agent, started once more. */
async function restart(agent: RunningAgent, bootId = 'boot-1'): Promise<RunningAgent> {
  await agent.stop();
  return RunningAgent.start({ folder: agent.folder, signer: agent.signer, bootId });
}

describe('an agent that is stopped', () => {
  test('leaves nothing of the running step, and runs it again from its start when it is back', async () => {
    const first = await RunningAgent.start();
    const file = aTemporaryPath('runs');
    const order = anOrder({
      steps: [
        { script: `echo one >> ${file}` },
        { script: [`echo two >> ${file}`, 'echo $$', 'echo ready', `test $(grep -c two ${file}) -gt 1 || sleep 1000`] },
      ],
    });
    first.accept(order);
    await first.said('ready');
    const stream = first.store.spool.find({ executionId: order.executionId, stepIndex: 1, attempt: 1, stream: 'stdout' });
    const pid = Number(first.store.spool.read(stream!, 0, 100).toString().split('\n')[0]);
    const second = await restart(first);
    expect(isRunning(pid)).toBe(false);
    await second.finished(order);
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\ntwo\n');
    expect(second.story(order)).toEqual([
      'started',
      'step 0.1 started',
      'step 0.1 Success',
      'step 1.1 started',
      'step 1.2 started',
      'step 1.2 Success',
      'Success',
    ]);
  });

  test('goes on with the orders that waited', async () => {
    const first = await RunningAgent.start();
    const [running, waiting] = [anOrder({ script: 'sleep 1000' }), anOrder()];
    first.accept(running);
    first.accept(waiting);
    const second = await restart(first);
    second.runner.cancel(running.executionId, 'not needed');
    await second.finished(waiting);
    expect(second.story(waiting)).toEqual(['started', 'step 0.1 started', 'step 0.1 Success', 'Success']);
  });

  test('takes nothing more', async () => {
    const agent = await RunningAgent.start();
    await agent.runner.stop();
    const order = anOrder();
    agent.accept(order);
    expect(agent.story(order)).toEqual([]);
  });

  test('again and again gives up on the step, and not on those after it', async () => {
    let agent = await RunningAgent.start();
    const order = anOrder({ steps: [{ script: 'sleep 1000' }, { script: 'true' }] });
    agent.accept(order);
    for (let restarts = 0; restarts <= MAX_RESUMES; restarts += 1) agent = await restart(agent);
    await agent.finished(order);
    expect(agent.story(order).slice(-5)).toEqual([
      `step 0.${MAX_RESUMES + 1} started`,
      `step 0.${MAX_RESUMES + 1} Failed`,
      'step 1.1 started',
      'step 1.1 Success',
      'Failed',
    ]);
  });
});

describe('a step that asks for a restart of the machine', () => {
  const script = (file: string) => [`test -e ${file} && exit 0`, `touch ${file}`, 'exit 194'];

  test('runs again after it, and the steps after it then', async () => {
    const file = aTemporaryPath('restarted');
    const first = await RunningAgent.start();
    const order = anOrder({ steps: [{ script: script(file) }, { script: 'true' }] });
    first.accept(order);
    await first.until(() => first.story(order).includes('step 0.1 SuccessAndReboot'));
    expect(first.story(order)).toEqual(['started', 'step 0.1 started', 'step 0.1 SuccessAndReboot']);
    const second = await restart(first, 'boot-2');
    await second.finished(order);
    expect(second.story(order).slice(3)).toEqual([
      'step 0.2 started',
      'step 0.2 Success',
      'step 1.1 started',
      'step 1.1 Success',
      'Success',
    ]);
  });

  test('says where its agent does not restart the machine by itself', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ script: 'exit 194' });
    agent.accept(order);
    await agent.until(() => agent.story(order).includes('step 0.1 SuccessAndReboot'));
    expect(agent.reportsOf(order).at(-1)).toMatchObject({
      stderr: { head: expect.stringContaining('This agent was not started with --restart-machine') },
    });
  });

  test('does not run again when only the agent was restarted, and does not hold up others', async () => {
    const first = await RunningAgent.start();
    const [order, other] = [anOrder({ script: 'exit 194' }), anOrder()];
    first.accept(order);
    await first.until(() => first.story(order).includes('step 0.1 SuccessAndReboot'));
    const second = await restart(first);
    second.accept(other);
    await second.finished(other);
    expect(second.story(order)).toEqual(['started', 'step 0.1 started', 'step 0.1 SuccessAndReboot']);
  });

  test('can be cancelled while it waits', async () => {
    const agent = await RunningAgent.start();
    const order = anOrder({ steps: [{ script: 'exit 194' }, { script: 'true' }] });
    agent.accept(order);
    await agent.until(() => agent.story(order).includes('step 0.1 SuccessAndReboot'));
    agent.runner.cancel(order.executionId, 'no restart this week');
    expect(agent.story(order).slice(3)).toEqual(['step 0.2 Cancelled', 'step 1.1 Skipped', 'Cancelled']);
  });

  test('again and again has failed in the end', async () => {
    let agent = await RunningAgent.start();
    const order = anOrder({ script: 'exit 194' });
    agent.accept(order);
    for (let boots = 1; boots <= MAX_RESUMES; boots += 1) {
      const attempt = boots;
      await agent.until(() => agent.story(order).includes(`step 0.${attempt} SuccessAndReboot`));
      agent = await restart(agent, `boot-${boots + 1}`);
    }
    await agent.finished(order);
    expect(agent.story(order).slice(-3)).toEqual([`step 0.${MAX_RESUMES + 1} started`, `step 0.${MAX_RESUMES + 1} Failed`, 'Failed']);
  });
});
