import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { networkSettingAt } from '../../../agent/actions/holdfast-network-setting.ts';
import { rollBackAtStart } from '../../../agent/actions/network-rollback.ts';
import { pendingNetworkChange } from '../../../agent/actions/pending-network-change.ts';
import { NetworkSettingInputs } from '../../../agent/document/desired-network-setting-inputs.ts';
import type { ControllerDesk } from '../../../agent/steps/action.ts';
import { fingerprintOf } from '../../builders/local-apt-repository.ts';
import { aScriptContext, type TestContext } from '../steps/script-context.ts';

const isRoot = process.getuid?.() === 0;

/** A node's own /etc, and a host name of its own: a process keeps the namespace, and `hostname` and `uname` work in there. */
interface Node {
  readonly folder: string;
  readonly etc: string;
  readonly path: string;
  readonly holder: ChildProcess;
}
let node: Node;

async function aNode(): Promise<Node> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-network-'));
  const holder = spawn('unshare', ['--uts', 'sh', '-c', 'hostname lab-01; echo ready; exec sleep 1000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const etc = join(folder, 'etc');
  mkdirSync(join(etc, 'chrony/sources.d'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  program(folder, 'hostname', `exec nsenter --uts --target ${holder.pid} /bin/hostname "$@"`);
  program(folder, 'uname', `exec nsenter --uts --target ${holder.pid} /bin/uname "$@"`);
  program(folder, 'chronyc', `echo "$@" >> ${join(folder, 'chronyc.log')}`);
  writeFileSync(join(etc, 'hostname'), 'lab-01\n');
  writeFileSync(join(etc, 'hosts'), '127.0.0.1 localhost\n127.0.1.1 lab-01\n');
  writeFileSync(join(etc, 'resolv.conf'), '# by hand\nnameserver 192.0.2.1\noptions rotate\n');
  return { folder, etc, holder, path: `${join(folder, 'bin')}:/usr/bin:/bin` };
}

const program = (folder: string, name: string, script: string) =>
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
const hostname = () =>
  execFileSync('nsenter', ['--uts', '--target', String(node.holder.pid), 'hostname'])
    .toString()
    .trim();
const text = (file: string) => readFileSync(join(node.etc, file), 'utf8');

/** Answers in turn whether it is reachable; the last answer stays. */
const controller = (...answers: boolean[]): ControllerDesk => ({
  ask: () => Promise.resolve(null),
  fetchBlob: () => Promise.resolve(false),
  isReachable: () => Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? false),
});
const aContext = (desk: ControllerDesk | null = controller(true)): TestContext =>
  aScriptContext({
    controller: desk,
    stateFolder: join(node.folder, 'state'),
    environment: { PATH: node.path, LANG: 'C.UTF-8', HOME: '/' },
  });
const WANTED = {
  hostname: 'lab-07',
  dnsServers: ['192.0.2.7', '2001:db8::7'],
  dnsSearch: ['lab.example'],
  ntpServers: ['time.lab.example'],
};
const run = (inputs: Record<string, unknown>, context = aContext()) =>
  networkSettingAt(node.etc).run(NetworkSettingInputs.parse(inputs), context);
const quiet = { warn: () => undefined, error: () => undefined };

describe.skipIf(!isRoot || process.platform !== 'linux')('holdfast:networkSetting', () => {
  beforeEach(async () => {
    node = await aNode();
  });
  afterEach(() => {
    node.holder.kill();
    rmSync(node.folder, { recursive: true, force: true });
  });

  test('says what it would change, and changes neither a file nor the name', async () => {
    const before = fingerprintOf(node.folder);
    const outcome = await networkSettingAt(node.etc).check(NetworkSettingInputs.parse(WANTED), aContext());
    expect(outcome).toEqual({
      kind: 'checked',
      drift: [
        { resource: 'network', property: 'hostname', before: 'lab-01', after: 'lab-07' },
        { resource: 'network', property: 'time servers', before: null, after: 'time.lab.example' },
        { resource: 'network', property: 'DNS servers', before: '192.0.2.1', after: '192.0.2.7, 2001:db8::7' },
        { resource: 'network', property: 'DNS search', before: null, after: 'lab.example' },
      ],
    });
    expect([fingerprintOf(node.folder), hostname()]).toEqual([before, 'lab-01']);
  });

  test('sets names and servers, asks for the controller, and is done the second time', async () => {
    expect(await run(WANTED)).toMatchObject({ kind: 'exited', changes: [{}, {}, {}, {}] });
    expect(hostname()).toBe('lab-07');
    expect(text('hosts')).toContain('127.0.1.1 lab-07');
    expect(text('resolv.conf')).toBe('# by hand\noptions rotate\nsearch lab.example\nnameserver 192.0.2.7\nnameserver 2001:db8::7\n');
    expect(text('chrony/sources.d/holdfast.sources')).toBe('server time.lab.example iburst\n');
    expect(await run(WANTED)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(existsSync(pendingNetworkChange(join(node.folder, 'state')))).toBe(false);
  });

  test('takes everything back when the controller cannot be reached afterwards, and says so', async () => {
    const before = fingerprintOf(node.etc);
    const context = aContext(controller(true, false));
    const outcome = run({ ...WANTED, reachableWithinSeconds: 20 }, context);
    await context.stdout.said('The controller is asked for, for up to 20 seconds.');
    expect(hostname()).toBe('lab-07');
    context.clock.advance(20);
    expect(await outcome).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining(
        'E-NETWORK-ROLLED-BACK: The controller could not be reached within 20 seconds after the change, so it was taken back',
      ),
      changes: [],
    });
    expect([fingerprintOf(node.etc), hostname()]).toEqual([before, 'lab-01']);
  });

  test('waits for a controller that comes back in time', async () => {
    expect(await run(WANTED, aContext(controller(true, false, false, true)))).toMatchObject({ kind: 'exited' });
    expect(hostname()).toBe('lab-07');
  });

  test('changes nothing while the controller is away already', async () => {
    const before = fingerprintOf(node.etc);
    expect(await run(WANTED, aContext(controller(false)))).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('E-NETWORK-BEFORE'),
    });
    expect(fingerprintOf(node.etc)).toBe(before);
  });

  test('takes everything back when a part of it fails, and when it is stopped', async () => {
    const before = fingerprintOf(node.etc);
    const context = aContext(controller(true, false));
    const outcome = run(WANTED, context);
    await context.stdout.said('The controller is asked for');
    context.stopping.abort();
    expect(await outcome).toEqual({ kind: 'stopped' });
    program(node.folder, 'chronyc', 'echo it does not run >&2; [ -f "$0.ran" ] && exit 0; touch "$0.ran"; exit 1');
    expect(await run(WANTED)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('it does not run') });
    expect([fingerprintOf(node.etc), hostname()]).toEqual([before, 'lab-01']);
  });

  test.each(['when the agent starts', 'before the next attempt'])(
    'takes a change back in the middle of which the agent was killed, %s',
    async (moment) => {
      const before = fingerprintOf(node.etc);
      const script = join(import.meta.dirname, 'network-change-process.ts');
      const agent = spawn(process.execPath, [script, node.etc, node.folder, node.path, JSON.stringify(WANTED)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      for await (const line of agent.stdout) if (String(line).includes('The controller is asked for')) break;
      agent.kill('SIGKILL');
      expect(hostname()).toBe('lab-07');
      if (moment === 'when the agent starts') {
        await rollBackAtStart({ stateFolder: join(node.folder, 'state'), path: node.path }, quiet);
      } else {
        const context = aContext(controller(false));
        expect(await run(WANTED, context)).toMatchObject({ kind: 'failed' });
        expect(context.stdout.text).toContain(
          'An earlier change was never confirmed, so it was taken back first: network: hostname: lab-01 → lab-07',
        );
      }
      expect([fingerprintOf(node.etc), hostname()]).toEqual([before, 'lab-01']);
      expect(existsSync(pendingNetworkChange(join(node.folder, 'state')))).toBe(false);
    },
  );

  test('keeps in mind what could not be taken back, and tries again', async () => {
    program(node.folder, 'chronyc', 'exit 1');
    expect(await run(WANTED)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('E-NETWORK-NOT-RESTORED') });
    program(node.folder, 'chronyc', 'exit 0');
    await rollBackAtStart({ stateFolder: join(node.folder, 'state'), path: node.path }, quiet);
    expect([hostname(), existsSync(pendingNetworkChange(join(node.folder, 'state')))]).toEqual(['lab-01', false]);
  });

  test('refuses what nothing on the node can keep', async () => {
    expect(await run({ interface: 'eth0', address: '192.0.2.20/24' })).toMatchObject({
      reason: expect.stringContaining(
        'E-NO-BACKEND: This node has nothing that can manage static addresses; one of NetworkManager, netplan is needed.',
      ),
    });
    rmSync(join(node.etc, 'resolv.conf'));
    symlinkSync('/run/other/resolv.conf', join(node.etc, 'resolv.conf'));
    expect(await run({ dnsServers: '192.0.2.7' })).toMatchObject({ reason: expect.stringContaining('E-NO-BACKEND') });
  });

  test('asks nobody when the document is run by hand', async () => {
    const context = aContext(null);
    expect(await run({ hostname: 'lab-09' }, context)).toMatchObject({ kind: 'exited' });
    expect(context.stdout.text).toContain('run by hand');
  });
});

test.each([
  {},
  { hostname: '-x' },
  { hostname: 'a b' },
  { dnsServers: 'ns' },
  { address: '192.0.2.1' },
  { address: '192.0.2.1/24' },
  { dnsServers: '192.0.2.1\noptions x' },
])('takes nothing such as %j', (inputs) => {
  expect(NetworkSettingInputs.safeParse(inputs).success).toBe(false);
});
