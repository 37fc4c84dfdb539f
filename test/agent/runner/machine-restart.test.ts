import { describe, expect, test } from 'vitest';
import type { Restarter } from '../../../agent/platform/restart-machine.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { anOrder } from '../../builders/run-order.ts';
import { RunningAgent } from './running-agent.ts';

/** A machine that never goes down, and remembers what was asked of it. */
class StubbornMachine implements Restarter {
  readonly asked: string[] = [];
  refusal: string | null = null;
  #heard: () => void = () => undefined;

  request(): Promise<string | null> {
    return this.#hear('restart', this.refusal);
  }

  callOff(): Promise<void> {
    return this.#hear('call off', undefined);
  }

  async until(asked: readonly string[]): Promise<void> {
    while (this.asked.join() !== asked.join()) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  #hear<Answer>(what: string, answer: Answer): Promise<Answer> {
    this.asked.push(what);
    this.#heard();
    return Promise.resolve(answer);
  }
}

/** An agent whose first order waits for a restart, with everything it has to tell stored. */
async function anAgentThatWaits(machine: StubbornMachine) {
  const agent = await RunningAgent.start({ restarter: machine });
  const file = aTemporaryPath('restarted');
  const order = anOrder({ steps: [{ script: [`test -e ${file} && exit 0`, `touch ${file}`, 'exit 194'] }, { script: 'true' }] });
  agent.accept(order);
  await agent.until(() => agent.story(order).includes('step 0.1 SuccessAndReboot'));
  const { stderr } = agent.reportsOf(order).find((report) => report.kind === 'step-finished') ?? {};
  const told = agent.reports();
  agent.store.reportsStored(agent.store.outbox.lastSequence());
  return { agent, order, told, stderr };
}

describe('an agent that may restart its machine', () => {
  test('does so once the report that it waits is stored by the controller, and begins nothing meanwhile', async () => {
    const machine = new StubbornMachine();
    const agent = await RunningAgent.start({ restarter: machine });
    const [order, other] = [anOrder({ script: 'exit 194' }), anOrder()];
    agent.accept(order);
    await agent.until(() => agent.story(order).includes('step 0.1 SuccessAndReboot'));
    agent.accept(other);
    expect(machine.asked).toEqual([]);
    expect(agent.reportsOf(order).at(-1)).toMatchObject({ stderr: { head: expect.stringContaining('The agent restarts it now') } });
    agent.store.reportsStored(agent.store.outbox.lastSequence());
    await machine.until(['restart']);
    expect(agent.story(other)).toEqual([]);
    await agent.stop();
    const restarted = await RunningAgent.start({ folder: agent.folder, signer: agent.signer, bootId: 'boot-2', restarter: machine });
    await restarted.until(() => restarted.story(order).includes('step 0.2 SuccessAndReboot'));
    expect(restarted.story(order)).toEqual(['step 0.2 started', 'step 0.2 SuccessAndReboot']);
  });

  test('restarts it also when the controller is away', async () => {
    const machine = new StubbornMachine();
    const agent = await RunningAgent.start({ restarter: machine });
    const order = anOrder({ script: 'exit 194' });
    agent.accept(order);
    await agent.log.logged('machine is to restart');
    agent.clock.advance(5);
    await machine.until(['restart']);
  });

  test('says why the machine could not be restarted, goes on with what else there is, and lets the step wait', async () => {
    const machine = new StubbornMachine();
    machine.refusal = 'shutdown ended with 1: Must be root.';
    const { agent, order } = await anAgentThatWaits(machine);
    const other = anOrder();
    agent.accept(other);
    await agent.finished(other);
    expect(agent.reportsOf(order)).toMatchObject([
      { stepIndex: 0, attempt: 1, result: { status: 'SuccessAndReboot', notRestarted: expect.stringContaining('Must be root') } },
    ]);
    expect(machine.asked).toEqual(['restart']);
    const file = { folder: agent.folder, signer: agent.signer };
    await agent.stop();
    const restarted = await RunningAgent.start({ ...file, bootId: 'boot-2', restarter: machine });
    await restarted.finished(order);
    expect(restarted.story(order).slice(-5)).toEqual([
      'step 0.2 started',
      'step 0.2 Success',
      'step 1.1 started',
      'step 1.1 Success',
      'Success',
    ]);
  });

  test('says after ten minutes that the machine did not go down, and asks once more when the agent starts again', async () => {
    const machine = new StubbornMachine();
    const { agent, order } = await anAgentThatWaits(machine);
    await machine.until(['restart']);
    agent.clock.advance(600);
    await agent.until(() => agent.reportsOf(order).length > 0);
    expect(agent.reportsOf(order)).toMatchObject([{ result: { notRestarted: expect.stringContaining('still up after 10 minutes') } }]);
    await agent.stop();
    const again = await RunningAgent.start({ folder: agent.folder, signer: agent.signer, restarter: machine });
    again.clock.advance(5);
    await machine.until(['restart', 'restart']);
  });

  test('calls it off when the last one that waits for it is cancelled', async () => {
    const machine = new StubbornMachine();
    const { agent, order } = await anAgentThatWaits(machine);
    await machine.until(['restart']);
    agent.runner.cancel(order.executionId, 'no restart this week');
    await machine.until(['restart', 'call off']);
    expect(agent.story(order)).toEqual(['step 0.2 Cancelled', 'step 1.1 Skipped', 'Cancelled']);
    const other = anOrder();
    agent.accept(other);
    await agent.finished(other);
  });
});
