import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runShellScript } from '../../../agent/actions/run-shell-script.ts';
import { groupMembers } from '../../../agent/platform/step-group.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { isRunning } from '../../builders/living-processes.ts';
import { aScriptContext, scriptInputs } from '../steps/script-context.ts';

/** Roots of the hierarchies in which this user may make groups: version 2, and the one of version 1 that counts processes. */
const roots = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified', '/sys/fs/cgroup/pids'].filter((root) => {
  const probe = join(root, `holdfast-test-probe-${process.pid}`);
  try {
    mkdirSync(probe);
    const isGroup = existsSync(join(probe, 'cgroup.procs'));
    rmdirSync(probe);
    return isGroup;
  } catch {
    return false;
  }
});
const MOST_IN_TEST = 200;
const ours = roots.map((root) => join(root, `holdfast-test-${process.pid}`));

/** Like a service that systemd gives a group of its own. */
beforeAll(() => {
  for (const group of ours) {
    mkdirSync(group);
    if (existsSync(join(group, 'pids.max'))) writeFileSync(join(group, 'pids.max'), String(MOST_IN_TEST));
    writeFileSync(join(group, 'cgroup.procs'), String(process.pid));
  }
});

afterAll(() => {
  for (const [position, group] of ours.entries()) {
    writeFileSync(join(roots[position] ?? '', 'cgroup.procs'), String(process.pid));
    for (const name of readdirSync(group).filter((one) => one.startsWith('holdfast-'))) rmdirSync(join(group, name));
    rmdirSync(group);
  }
});

const started = (file: string): number[] => readFileSync(file, 'utf8').split('\n').map(Number).filter(Boolean);

describe.skipIf(roots.length === 0)('a step in a control group of its own', () => {
  test('is one that nothing leaves: not by a new session, a second fork, an empty environment and closed pipes together', async () => {
    const file = aTemporaryPath('daemons');
    const daemon = aTemporaryPath('daemon.sh');
    writeFileSync(daemon, `echo $$ >> ${file}\nexec /bin/sleep 1000\n`);
    const isThere = `while [ ! -s ${file} ]; do sleep 0.02; done; echo ready`;
    const script = [`setsid sh -c '(exec env -i /bin/sh ${daemon} </dev/null >/dev/null 2>&1) &'`, isThere, 'exec sleep 1000'];
    const context = aScriptContext();
    const running = runShellScript.run(scriptInputs(script), context);
    await context.stdout.said('ready');
    context.stopping.abort();
    expect(await running).toEqual({ kind: 'stopped' });
    const [daemonPid, ...others] = started(file);
    expect([daemonPid === undefined, others]).toEqual([false, []]);
    expect(isRunning(daemonPid ?? 0)).toBe(false);
    expect(groupMembers(context.marker)).toEqual([]);
  });

  test('may leave something on purpose when it ends by itself', async () => {
    const file = aTemporaryPath('daemon');
    const script = [`setsid sh -c 'echo $$ > ${file}; exec sleep 1000' >/dev/null 2>&1 &`, `while [ ! -s ${file} ]; do sleep 0.02; done`];
    const outcome = await runShellScript.run(scriptInputs(script), aScriptContext());
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    const [pid = 0] = started(file);
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  test.skipIf(!ours.some((group) => group.includes('/pids/')))('that forks for ever meets a limit, and is ended whole', async () => {
    const script = ['f() { f & f & sleep 1000; }', 'f'];
    const context = aScriptContext();
    const running = runShellScript.run(scriptInputs(script), context);
    await context.stderr.said('ork');
    context.stopping.abort();
    expect(await running).toEqual({ kind: 'stopped' });
    expect(groupMembers(context.marker)).toEqual([]);
  });

  test('has a limit of processes of its own, which leaves the rest to the machine', async () => {
    const context = aScriptContext();
    const line = `for root in ${roots.join(' ')}; do for group in "$root"/holdfast-test-${process.pid}/holdfast-*/pids.max; do cat "$group"; done; done 2>/dev/null; true`;
    await runShellScript.run(scriptInputs([line]), context);
    if (ours.some((group) => group.includes('/pids/'))) expect(context.stdout.text).toContain('4096');
  });
});
