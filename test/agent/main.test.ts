import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Report } from '../../agent/protocol/reports.ts';
import { dataFolderAt, prepareDataFolder } from '../../agent/storage/data-folder.ts';
import { readIdentity, saveIdentity } from '../../agent/storage/identity-file.ts';
import { aTemporaryPath } from '../builders/agent-folder.ts';
import { isRunning, processesWith } from '../builders/living-processes.ts';
import { A_NODE, anOrder } from '../builders/run-order.ts';
import { A_CODE, type HubSession, TestHub } from '../fakes/test-hub.ts';
import { projectPath } from '../project-root.ts';
import { agent, RunningProcess } from './agent-process.ts';

const AN_ACTIVATION = '0192a1b2-0000-7000-8000-000000000001';

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(() => hub.close());

function enrollArguments(folder: string): string[] {
  const address = `127.0.0.1:${hub.port}`;
  const fingerprint = `sha256:${hub.authority.fingerprint}`;
  return ['enroll', '--data', folder, '--controller', address, '--activation-id', AN_ACTIVATION, '--ca-fingerprint', fingerprint];
}

/** The data folder of a node that is enrolled at the hub. */
async function anEnrolledFolder(): Promise<string> {
  const folder = dataFolderAt(aTemporaryPath());
  prepareDataFolder(folder);
  saveIdentity(folder, await hub.identity());
  return folder.path;
}

/** A running agent, welcome at the hub. */
async function aRunningAgent(folder: string, storedSequence = 0): Promise<{ process: RunningProcess; session: HubSession }> {
  const process = new RunningProcess(folder);
  const session = await hub.nextSession();
  await session.welcome({ storedSequence });
  return { process, session };
}

function kinds(reports: Iterable<Report>): string[] {
  return [...reports].map((report) => (report.kind === 'step-finished' ? `step-finished ${report.attempt}` : report.kind));
}

function isFinished(session: HubSession): boolean {
  return [...session.reports.values()].some(({ kind }) => kind === 'execution-finished');
}

describe('the command line', () => {
  test('explains itself', async () => {
    const { code, stdout } = await agent(['--help']);
    expect(code).toBe(0);
    for (const command of ['enroll', 'run', 'status', 'unenroll']) expect(stdout).toContain(`holdfast-agent ${command}`);
  });

  test('knows its version, which is that of the app', async () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(projectPath('package.json'), 'utf8')));
    expect(await agent(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([['fly'], ['run', 'away'], ['run', '--loudly'], ['enroll'], ['enroll', '--activation-id', 'x']])(
    'says what is wrong with %s %s',
    async (...words) => {
      const { code, stdout, stderr } = await agent(words.filter((word) => word !== undefined));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('E-ARGUMENTS');
    },
  );

  test.each(['run', 'status', 'unenroll'])('says for %s when the machine is not enrolled, and makes no folder', async (command) => {
    const folder = aTemporaryPath();
    const { code, stderr } = await agent([command, '--data', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain('E-NOT-ENROLLED');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('enroll', () => {
  test.each(['on the command line', 'by standard input', 'by the environment'])('takes the code %s', async (way) => {
    const folder = aTemporaryPath();
    const args = enrollArguments(folder);
    const ways = new Map([
      ['on the command line', () => agent([...args, '--activation-code', A_CODE])],
      ['by standard input', () => agent([...args, '--activation-code-stdin'], { input: `${A_CODE}\n` })],
      ['by the environment', () => agent(args, { env: { HOLDFAST_ACTIVATION_CODE: A_CODE } })],
    ]);
    const ended = await ways.get(way)!();
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(A_NODE) });
    expect(readIdentity(dataFolderAt(folder))?.nodeId).toBe(A_NODE);
    expect(statSync(join(folder, 'identity.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('refuses a machine that is enrolled, unless it is forced', async () => {
    const folder = await anEnrolledFolder();
    const before = readIdentity(dataFolderAt(folder));
    const refused = await agent([...enrollArguments(folder), '--activation-code', A_CODE]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('E-ALREADY-ENROLLED') });
    expect(readIdentity(dataFolderAt(folder))).toEqual(before);
    expect((await agent([...enrollArguments(folder), '--activation-code', A_CODE, '--force'])).code).toBe(0);
    expect(readIdentity(dataFolderAt(folder))?.key).not.toBe(before?.key);
  });

  test('that is refused leaves no identity, and says nothing of the code', async () => {
    const folder = aTemporaryPath();
    const code = 'another-code-that-is-long-enough';
    const ended = await agent([...enrollArguments(folder), '--activation-code-stdin'], { input: code });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('The activation code is wrong.') });
    expect(ended.stdout + ended.stderr).not.toContain(code);
    expect(readIdentity(dataFolderAt(folder))).toBeNull();
  });
});

describe('run', () => {
  test('does what it is told and reports it', async () => {
    const { process, session } = await aRunningAgent(await anEnrolledFolder());
    session.storeEverything();
    const order = anOrder({ script: 'echo hello' });
    session.send({ type: 'run', ...hub.signer.sign(order) });
    await session.until(() => isFinished(session) && session.outputOf('0-1-stdout').length > 0);
    expect(kinds(session.reports.values())).toEqual(['execution-started', 'step-started', 'step-finished 1', 'execution-finished']);
    expect(session.outputOf('0-1-stdout').toString()).toBe('hello\n');
    expect(await process.end('SIGTERM')).toBe(0);
  });

  test('sends the end of a step and of its execution in one frame', async () => {
    const { session } = await aRunningAgent(await anEnrolledFolder());
    session.send({ type: 'run', ...hub.signer.sign(anOrder()) });
    await session.until(() => isFinished(session));
    const frames = session.received.flatMap((message) =>
      message.type === 'report' ? [message.reports.map(({ report }) => report.kind)] : [],
    );
    expect(frames.flat()).toEqual(['execution-started', 'step-started', 'step-finished', 'execution-finished']);
    expect(frames.at(-1)?.slice(-2)).toEqual(['step-finished', 'execution-finished']);
  });

  test('has one agent on a data folder', async () => {
    const folder = await anEnrolledFolder();
    await aRunningAgent(folder);
    const second = await agent(['run', '--data', folder]);
    expect(second).toMatchObject({ code: 75, stderr: expect.stringContaining('E-ALREADY-RUNNING') });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends on %s within 3 s with nothing of a running step left', async (signal) => {
    const { process, session } = await aRunningAgent(await anEnrolledFolder());
    const order = anOrder({ script: [`trap '' TERM`, 'echo $$', 'echo ready', 'while :; do sleep 1; done'] });
    session.send({ type: 'run', ...hub.signer.sign(order) });
    await session.until(() => session.outputOf('0-1-stdout').includes('ready'));
    const pid = Number(session.outputOf('0-1-stdout').toString().split('\n')[0]);
    const askedAt = performance.now();
    expect(await process.end(signal)).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(3000);
    expect(isRunning(pid)).toBe(false);
    expect((await session.end()).code).toBe(1000);
  });

  test.skipIf(process.platform === 'win32')('restarts the machine that it was told to restart when a step asks for that', async () => {
    const bin = aTemporaryPath('bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'shutdown'), '#!/bin/sh\necho "nobody restarts this machine: $1 $2" >&2\nexit 1\n', { mode: 0o755 });
    // No other programs: whatever went wrong here, the machine's own would not be found.
    const agent = new RunningProcess(await anEnrolledFolder(), { args: ['--restart-machine'], env: { PATH: bin } });
    const session = await hub.nextSession();
    await session.welcome();
    session.send({ type: 'run', ...hub.signer.sign(anOrder({ script: 'exit 194' })) });
    const refusal = () => [...session.reports.values()].find((report) => JSON.stringify(report).includes('notRestarted'));
    await session.until(() => refusal() !== undefined);
    expect(JSON.stringify(refusal())).toContain('nobody restarts this machine: -r +1');
    expect(agent.log).toContain('machine not restarted');
  });

  test('ends with a database that is damaged, and says what to do', async () => {
    const folder = await anEnrolledFolder();
    writeFileSync(join(folder, 'agent.db'), 'not a database at all, but long enough to be looked at as one');
    expect(await agent(['run', '--data', folder])).toMatchObject({ code: 1, stderr: expect.stringContaining('E-AGENT-DATABASE') });
  });

  test('survives a controller that sends nonsense', async () => {
    const { process, session } = await aRunningAgent(await anEnrolledFolder());
    session.sendText('x'.repeat(100));
    await session.end();
    await (await hub.nextSession()).welcome();
    expect(process.child.exitCode).toBeNull();
  });
});

describe.skipIf(process.platform !== 'linux')('an agent that is killed', () => {
  test('in the middle of a step leaves nothing when it is back, runs the step once more, and has one result', async () => {
    const folder = await anEnrolledFolder();
    const runs = aTemporaryPath('runs');
    const sleeper = `sleep 98${process.pid}`;
    const first = await aRunningAgent(folder);
    const order = anOrder({
      script: [`echo run >> ${runs}`, 'echo ready', `test $(grep -c run ${runs}) -gt 1 || { ${sleeper} & ${sleeper}; }`],
    });
    first.session.send({ type: 'run', ...hub.signer.sign(order) });
    await first.session.until(() => first.session.outputOf('0-1-stdout').includes('ready'));
    await first.process.end('SIGKILL');
    expect(processesWith(sleeper).length).toBeGreaterThan(0);

    const second = await aRunningAgent(folder);
    await second.session.until(() => isFinished(second.session));
    expect(processesWith(sleeper)).toEqual([]);
    expect(readFileSync(runs, 'utf8')).toBe('run\nrun\n');
    const told = [...second.session.reports.values()].filter(({ kind }) => kind === 'step-finished' || kind === 'execution-finished');
    expect(kinds(told)).toEqual(['step-finished 2', 'execution-finished']);
  });

  test('before its reports were stored still has them, with their numbers', async () => {
    const folder = await anEnrolledFolder();
    const first = await aRunningAgent(folder);
    first.session.send({ type: 'run', ...hub.signer.sign(anOrder()) });
    await first.session.until(() => isFinished(first.session));
    await first.process.end('SIGKILL');
    const second = await aRunningAgent(folder);
    await second.session.until(() => isFinished(second.session));
    expect([...second.session.reports]).toEqual([...first.session.reports]);
    await second.process.end('SIGKILL');
    const third = await aRunningAgent(folder, 4);
    third.session.send({ type: 'run', ...hub.signer.sign(anOrder()) });
    await third.session.until(() => isFinished(third.session));
    expect([...third.session.reports.keys()]).toEqual([5, 6, 7, 8]);
  });
});

describe('status', () => {
  test('says who this is, whether it runs, and what it has to report', async () => {
    const folder = await anEnrolledFolder();
    const { process, session } = await aRunningAgent(folder);
    session.send({ type: 'run', ...hub.signer.sign(anOrder()) });
    await session.until(() => isFinished(session));
    const { stdout } = await agent(['status', '--json', '--data', folder]);
    const status = { enrolled: true, nodeId: A_NODE, controller: `127.0.0.1:${hub.port}`, outboxDepth: 4, running: true };
    expect(JSON.parse(stdout)).toMatchObject(status);
    await process.end('SIGTERM');
    const words = (await agent(['status', '--data', folder])).stdout;
    expect(words).toContain(A_NODE);
    expect(words).toContain('not running');
  });

  test('says as JSON when the machine is not enrolled', async () => {
    expect(await agent(['status', '--json', '--data', aTemporaryPath()])).toMatchObject({ code: 1, stdout: '{"enrolled":false}\n' });
  });
});

describe('unenroll', () => {
  test('removes identity and records', async () => {
    const folder = await anEnrolledFolder();
    const { process } = await aRunningAgent(folder);
    expect(await agent(['unenroll', '--data', folder])).toMatchObject({ code: 75, stderr: expect.stringContaining('E-ALREADY-RUNNING') });
    await process.end('SIGTERM');
    expect(await agent(['unenroll', '--data', folder])).toMatchObject({ code: 0, stdout: expect.stringContaining(A_NODE) });
    expect(existsSync(folder)).toBe(false);
  });
});
