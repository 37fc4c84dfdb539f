import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../agent/platform/clock.ts';
import { processStart } from '../../../agent/platform/process-identity.ts';
import { killLeftover, killTree } from '../../../agent/platform/process-tree.ts';
import { isRunning } from '../../builders/living-processes.ts';

const plan = { clock: systemClock, graceMilliseconds: 300 };

interface Tree {
  readonly pid: number;
  readonly marker: string;
  /** The processes that the script says it started. */
  readonly children: number[];
  readonly leader: ChildProcess;
}

/** A script in a group of its own that prints the number of each process it starts, then `ready`. */
async function aTree(script: string): Promise<Tree> {
  const value = `test-${process.pid}-${performance.now()}`;
  const leader = spawn('/bin/sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TREE: value },
  });
  const pid = leader.pid ?? 0;
  let said = '';
  leader.stdout.setEncoding('utf8');
  while (!said.includes('ready')) said += String((await once(leader.stdout, 'data'))[0]);
  const children = said
    .split('\n')
    .map(Number)
    .filter((number) => number > 0);
  onTestFinished(() => {
    for (const target of [-pid, ...children]) if (isRunning(target)) process.kill(target, 'SIGKILL');
  });
  return { pid, marker: `TREE=${value}`, children, leader };
}

describe.skipIf(process.platform === 'win32')('a process tree', () => {
  test('ends with its grandchildren', async () => {
    const tree = await aTree('sleep 1000 & echo $!; (sleep 1000 & echo $!; wait) & echo $!; sleep 0.2; echo ready; wait');
    expect(tree.children).toHaveLength(3);
    await killTree(tree, plan);
    expect(tree.children.filter(isRunning)).toEqual([]);
  });

  test('is given a moment to end by itself', async () => {
    const tree = await aTree(`trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.05; done`);
    const said = once(tree.leader.stdout!, 'data');
    await killTree(tree, { ...plan, graceMilliseconds: 2000 });
    expect(String((await said)[0])).toContain('cleaned');
  });

  test('that ignores being asked is ended', async () => {
    const tree = await aTree(`trap '' TERM; sleep 1000 & echo $!; echo ready; while :; do sleep 1; done`);
    await killTree(tree, plan);
    expect([tree.pid, ...tree.children].filter(isRunning)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('ends also where a process left the group', async () => {
    const tree = await aTree('setsid sleep 1000 & echo $!; sleep 0.2; echo ready; wait');
    await killTree(tree, plan);
    expect(tree.children.filter(isRunning)).toEqual([]);
  });

  test('that is gone already is no trouble', async () => {
    const tree = await aTree('echo ready');
    if (tree.leader.exitCode === null) await once(tree.leader, 'exit');
    await killTree(tree, plan);
  });
});

describe.skipIf(process.platform === 'win32')('what a killed agent left', () => {
  test('is ended when it is the process of the journal', async () => {
    const tree = await aTree('sleep 1000 & echo $!; echo ready; wait');
    await killLeftover({ pid: tree.pid, startedAs: await processStart(tree.pid), marker: 'NONE=1' }, plan);
    expect([tree.pid, ...tree.children].filter(isRunning)).toEqual([]);
  });

  test('is left alone when another process has its number now', async () => {
    const tree = await aTree('sleep 1000 & echo $!; echo ready; wait');
    await killLeftover({ pid: tree.pid, startedAs: 'another time', marker: 'NONE=1' }, plan);
    expect([tree.pid, ...tree.children].filter(isRunning)).toEqual([tree.pid, ...tree.children]);
  });

  test.skipIf(process.platform !== 'linux')('is found by its marker when the first process is gone', async () => {
    const tree = await aTree('sleep 1000 & echo $!; echo ready');
    if (tree.leader.exitCode === null) await once(tree.leader, 'exit');
    expect(tree.children.filter(isRunning)).toHaveLength(1);
    await killLeftover({ pid: tree.pid, startedAs: 'long ago', marker: tree.marker }, plan);
    expect(tree.children.filter(isRunning)).toEqual([]);
  });
});

test('a process has a start of its own, and none when there is no such process', async () => {
  expect(await processStart(process.pid)).not.toBeNull();
  expect(await processStart(process.pid)).toBe(await processStart(process.pid));
  expect(await processStart(2 ** 30)).toBeNull();
});
