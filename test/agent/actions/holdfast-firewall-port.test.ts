import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { firewallPortAt } from '../../../agent/actions/holdfast-firewall-port.ts';
import { FirewallPortInputs } from '../../../agent/document/desired-firewall-port-inputs.ts';
import { testWith } from '../../programs.ts';
import { aScriptContext } from '../steps/script-context.ts';

const isRoot = process.getuid?.() === 0;

/** A network of this test's own: a process that keeps its namespace, and an nft that works in there. */
const node: { folder: string; holder: ChildProcess } = { folder: '', holder: spawn('true') };
const places = () => ({ tableFile: join(node.folder, 'nftables.d/holdfast.nft'), unitFile: join(node.folder, 'unit') });
const inNetwork = (...command: string[]) => execFileSync('nsenter', ['--net', '--target', String(node.holder.pid), ...command]).toString();

beforeAll(async () => {
  if (!isRoot || !existsSync('/usr/sbin/nft')) return;
  node.folder = mkdtempSync(join(tmpdir(), 'holdfast-network-'));
  node.holder = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up 2>/dev/null; echo ready; exec sleep 1000'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (node.holder.stdout !== null) await once(node.holder.stdout, 'data');
  mkdirSync(join(node.folder, 'bin'));
  writeFileSync(join(node.folder, 'bin/nft'), `#!/bin/sh\nexec nsenter --net --target ${node.holder.pid} /usr/sbin/nft "$@"\n`);
  chmodSync(join(node.folder, 'bin/nft'), 0o755);
});
afterAll(() => {
  node.holder.kill();
  if (node.folder !== '') rmSync(node.folder, { recursive: true, force: true });
});

const aNode = () => aScriptContext({ environment: { PATH: `${join(node.folder, 'bin')}:/usr/bin:/bin`, LANG: 'C.UTF-8', HOME: '/' } });
const run = (inputs: Record<string, unknown>) => firewallPortAt(places()).run(FirewallPortInputs.parse(inputs), aNode());
const check = (inputs: Record<string, unknown>) => firewallPortAt(places()).check(FirewallPortInputs.parse(inputs), aNode());
const rules = () =>
  inNetwork('nft', 'list', 'ruleset')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes('comment'))
    .map((line) => line.replace(/ comment.*$/, ''));

describe.skipIf(!isRoot)('holdfast:firewallPort by nftables', () => {
  beforeEach(() => {
    if (node.folder !== '') inNetwork('nft', 'flush', 'ruleset');
    rmSync(join(node.folder, 'nftables.d'), { recursive: true, force: true });
  });

  testWith('nft')('checks without touching rules or files', async () => {
    expect(await check({ ports: 23, state: 'closed' })).toMatchObject({
      kind: 'checked',
      drift: [
        { resource: 'port 23/tcp from everywhere', property: 'state', before: null, after: 'closed' },
        { resource: expect.stringContaining('file ') },
      ],
    });
    expect([inNetwork('nft', 'list', 'ruleset'), existsSync(places().tableFile)]).toEqual(['', false]);
  });

  testWith('nft')('closes ports, is done the second time, and keeps what loads by itself', async () => {
    const wanted = { ports: [23, '6000-6010'], state: 'closed', protocol: 'both' };
    expect(await run(wanted)).toMatchObject({ kind: 'exited', changes: [{}, {}, {}, {}, {}] });
    expect(rules()).toEqual(['tcp dport 23 drop', 'tcp dport 6000-6010 drop', 'udp dport 23 drop', 'udp dport 6000-6010 drop']);
    expect(await run(wanted)).toEqual({ kind: 'exited', exitCode: 0 });
    const loaded = inNetwork('nft', 'list', 'ruleset');
    inNetwork('nft', 'flush', 'ruleset');
    inNetwork('nft', '-f', places().tableFile);
    expect(inNetwork('nft', 'list', 'ruleset')).toBe(loaded);
  });

  testWith('nft')('lets exceptions for a source stand before the rule for everybody, in whichever order they come', async () => {
    await run({ ports: 22, state: 'closed' });
    await run({ ports: 22, state: 'open', source: ['10.0.0.0/8', 'fd00::/8'] });
    await run({ ports: 22, state: 'closed', source: '10.0.0.7' });
    expect(rules()).toEqual([
      'ip saddr 10.0.0.7 tcp dport 22 drop',
      'ip saddr 10.0.0.0/8 tcp dport 22 accept',
      'ip6 saddr fd00::/8 tcp dport 22 accept',
      'tcp dport 22 drop',
    ]);
    expect(await run({ ports: 22, state: 'closed' })).toEqual({ kind: 'exited', exitCode: 0 });
  });

  testWith('nft')('opens a part of a closed range', async () => {
    await run({ ports: '100-200', state: 'closed' });
    expect(await run({ ports: 150, state: 'open' })).toMatchObject({ changes: [{ before: 'closed', after: 'open' }, {}] });
    expect(rules()).toEqual(['tcp dport 100-149 drop', 'tcp dport 150 accept', 'tcp dport 151-200 drop']);
  });

  testWith('nft', 'ip')('holds back what comes in, and nothing that the node itself dials', async () => {
    await run({ ports: '1-65535', state: 'closed', protocol: 'both' });
    const table = inNetwork('nft', 'list', 'ruleset');
    expect(table.indexOf('ct state established,related accept')).toBeLessThan(table.indexOf('drop'));
    expect(table).not.toContain('hook output');
    const echo = `const s = require('net').createServer((c) => c.end('heard')).listen(8443, '127.0.0.1', () => require('net').connect(8443, '127.0.0.1').on('data', (d) => { console.log(String(d)); s.close(); }))`;
    expect(inNetwork(process.execPath, '-e', echo)).toBe('heard\n');
  });

  testWith('nft')('puts back what somebody has changed by hand', async () => {
    await run({ ports: 23, state: 'closed' });
    inNetwork('nft', 'insert', 'rule', 'inet', 'holdfast', 'input', 'tcp', 'dport', '23', 'accept');
    expect(await run({ ports: 23, state: 'closed' })).toMatchObject({
      changes: [{ resource: 'table inet holdfast', before: 'changed by others' }],
    });
    expect(inNetwork('nft', 'list', 'ruleset').match(/dport/g)).toHaveLength(1);
  });

  testWith('nft')('touches no table of others, and says when one of them keeps a port closed', async () => {
    const others = 'table inet filter { chain input { type filter hook input priority 0; policy drop; tcp dport { 22, 80 } accept; }; }';
    execFileSync('nsenter', ['--net', '--target', String(node.holder.pid), 'nft', '-f', '-'], { input: others });
    const before = inNetwork('nft', 'list', 'table', 'inet', 'filter');
    expect(await run({ ports: 443, state: 'open' })).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('E-PORT-CLOSED-ELSEWHERE: port 443/tcp from everywhere cannot be opened'),
    });
    expect(await run({ ports: 80, state: 'open' })).toMatchObject({ kind: 'exited' });
    expect(await run({ ports: 23, state: 'closed' })).toMatchObject({ kind: 'exited' });
    expect(inNetwork('nft', 'list', 'table', 'inet', 'filter')).toBe(before);
    expect(readFileSync(places().tableFile, 'utf8')).not.toContain('filter {');
  });
});

test('takes no more rules than a firewall should have', () => {
  const sources = Array.from({ length: 100 }, (_, number) => `10.0.${number}.0/24`);
  const parsed = FirewallPortInputs.safeParse({ ports: Array.from({ length: 11 }, (_, port) => port + 1), state: 'open', source: sources });
  expect(parsed.error?.issues[0]?.message).toBe('would be 1100 rules with their sources, and may be 1000');
});

test.each([
  { ports: 0 },
  { ports: 70_000 },
  { ports: '20-10' },
  { ports: '22; flush ruleset' },
  { ports: 22, source: '10.0.0.0/8 }' },
  { ports: [] },
])('takes nothing such as %j', (inputs) => {
  expect(FirewallPortInputs.safeParse({ state: 'open', ...inputs }).success).toBe(false);
});
