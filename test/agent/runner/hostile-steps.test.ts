import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import { RunOrder } from '../../../agent/protocol/run-order.ts';
import { anAgentFolder, anAgentStore } from '../../builders/agent-folder.ts';
import { anOrder } from '../../builders/run-order.ts';
import { RunningAgent } from './running-agent.ts';

/** Runs it, then an ordinary one: whatever the first did, the second has to go well. Answers the first one’s step. */
async function survived(script: string[], more: Parameters<typeof anOrder>[0] = {}) {
  const agent = await RunningAgent.start();
  const [hostile, ordinary] = [anOrder({ script, ...more }), anOrder({ script: 'echo fine' })];
  agent.accept(hostile);
  agent.accept(ordinary);
  const reports = await agent.finished(hostile);
  await agent.finished(ordinary);
  expect(agent.story(ordinary).at(-1)).toBe('Success');
  expect(agent.outputOf(ordinary)).toBe('fine\n');
  await agent.runner.stop();
  expect(readdirSync(agent.folder.work)).toEqual([]);
  const step = reports.find(({ kind }) => kind === 'step-finished');
  if (step?.kind !== 'step-finished') throw new Error('the step has no end');
  return { agent, hostile, step };
}

describe.skipIf(process.platform === 'win32')('a hostile step harms nothing but itself', () => {
  test('that closes its pipes goes on and ends as it says', async () => {
    const { step } = await survived(['exec >&- 2>&- </dev/null', 'sleep 0.05', 'exit 7']);
    expect(step.result).toMatchObject({ status: 'Failed', exitCode: 7 });
  });

  test('that prints a million lines’ worth without a line end, control codes, no UTF-8 and NUL is kept byte by byte', async () => {
    const script = ["printf '\\033[2J\\033]0;gone\\007\\377\\376\\000\\303('", "head -c 8000000 /dev/zero | tr '\\0' x"];
    const { agent, hostile, step } = await survived(script);
    expect(step.stdout).toMatchObject({ bytes: 8_000_018, droppedBytes: 0 });
    expect(step.stdout.head.slice(0, 4)).toBe('\u001b[2J');
    const stream = agent.store.spool.find({ executionId: hostile.executionId, stepIndex: 0, attempt: 1, stream: 'stdout' });
    const first = stream === null ? Buffer.alloc(0) : agent.store.spool.read(stream, 0, 18);
    expect(first.subarray(12)).toEqual(Buffer.from([0x07, 0xff, 0xfe, 0x00, 0xc3, 0x28]));
  });

  test('that makes 10,000 files where it works holds up nothing as they go', async () => {
    const { step } = await survived(['mkdir many', 'cd many', 'seq 1 10000 | xargs touch', 'mkdir -p deep/er/still', 'chmod 000 deep']);
    expect(step.result.status).toBe('Success');
  });

  test('that removes the folder it works in, and all that is around it, leaves the agent what it has', async () => {
    const { agent, step } = await survived(['rm -rf "$PWD" "$PWD/.." 2>/dev/null', 'exit 0']);
    expect(step.result.status).toBe('Success');
    expect(existsSync(agent.folder.database)).toBe(true);
  });

  test('finds nothing of the agent in its environment', async () => {
    const { agent, hostile } = await survived(['env']);
    const names = agent
      .outputOf(hostile)
      .split('\n')
      .map((line) => line.split('=')[0] ?? '')
      .filter((name) => name !== '' && name !== '_');
    expect(names.sort()).toEqual(
      [
        'AWS_SSM_INSTANCE_ID',
        'AWS_SSM_PLATFORM_NAME',
        'AWS_SSM_PLATFORM_VERSION',
        'AWS_SSM_REGION_NAME',
        'HOLDFAST_ASSOCIATION_ID',
        'HOLDFAST_STEP',
        'HOME',
        'LANG',
        'OLDPWD',
        'PATH',
        'PWD',
        'SSM_COMMAND_ID',
      ].filter((name) => names.includes(name) || name !== 'OLDPWD'),
    );
    for (const folder of [agent.folder.path, agent.folder.work, agent.folder.output]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});

describe('names never become paths', () => {
  const hostileName = fc.oneof(
    fc.constantFrom('../../escaped', '/etc/escaped', '..', '.', 'a\0b', 'C:\\escaped', 'con', '$(touch escaped)', '`id`', '%2e%2e/x', '‮'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  );

  test('not those of documents and steps: every file of a run is where its ids say', async () => {
    const agent = await RunningAgent.start();
    await fc.assert(
      fc.asyncProperty(hostileName, hostileName, async (documentName, stepName) => {
        const order = { ...anOrder({ script: 'true' }), documentName: documentName.slice(0, 128) || 'x' };
        const [step] = order.document.mainSteps;
        if (step === undefined) throw new Error('an order has a step');
        const named = { ...order, document: { ...order.document, mainSteps: [{ ...step, name: stepName }] } };
        if (!RunOrder.safeParse(named).success) return;
        agent.accept(named);
        await agent.finished(named);
        expect(readdirSync(agent.folder.path).filter((name) => !/^(agent\.|identity|output$|work$|state$)/.test(name))).toEqual([]);
        expect(readdirSync(agent.folder.output).filter((name) => !ExecutionId.safeParse(name).success)).toEqual([]);
      }),
      { numRuns: 25 },
    );
    await agent.stop();
  });

  test('and ids that are none are refused where they would', async () => {
    const folder = anAgentFolder();
    const store = await anAgentStore(folder);
    fc.assert(
      fc.property(hostileName, (name) => {
        const executionId = JSON.parse(JSON.stringify(name));
        if (ExecutionId.safeParse(executionId).success) return;
        expect(() => store.workFolder(executionId)).toThrow();
        expect(() => store.spool.open({ executionId, stepIndex: 0, attempt: 1, stream: 'stdout' })).toThrow();
      }),
    );
    expect([readdirSync(folder.work), readdirSync(folder.output)]).toEqual([[], []]);
  });

  test('what an earlier agent left in the work folder goes at the start, and nothing else does', async () => {
    const folder = anAgentFolder();
    mkdirSync(join(folder.work, 'left', 'over'), { recursive: true });
    writeFileSync(join(folder.state, 'kept'), '');
    const store = await anAgentStore(folder);
    store.tidy(new Date());
    await store.workRemoved();
    expect([readdirSync(folder.work), readdirSync(folder.state)]).toEqual([[], ['kept']]);
  });
});
