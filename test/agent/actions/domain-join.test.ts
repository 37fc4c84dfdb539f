import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { domainJoin } from '../../../agent/actions/domain-join.ts';
import { joinCommand, realmDomains } from '../../../agent/actions/linux-domain-join.ts';
import { joinEnvironment, printedDomain } from '../../../agent/actions/windows-domain-join.ts';
import { parseActionInputs } from '../../../agent/document/action-inputs.ts';
import type { DomainJoinInputs } from '../../../agent/document/domain-join-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aScriptContext } from '../steps/script-context.ts';

const PASSWORD = 'p4ss "w$rd"';
const credential = { username: 'Administrator', password: PASSWORD };

function inputsOf(inputs: object = {}): DomainJoinInputs {
  const parsed = parseActionInputs('aws:domainJoin', { directoryName: 'lab.example', credential, ...inputs });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.inputs;
}

/** A machine with these programs, each of which writes down its arguments and its input. */
function aMachine(programs: Readonly<Record<string, string>>) {
  const bin = aTemporaryPath('bin');
  mkdirSync(bin, { recursive: true });
  const record = join(bin, 'record');
  for (const [name, script] of Object.entries(programs)) {
    const text = `#!/bin/sh\nprintf '%s ' ${name} "$@" >> ${record}\nprintf '<%s>\\n' "$(/bin/cat)" >> ${record}\n${script}\n`;
    writeFileSync(join(bin, name), text, { mode: 0o755 });
  }
  const context = aScriptContext({ platform: 'Linux', environment: { PATH: bin }, secrets: { 'ssm-secure:join': PASSWORD } });
  return { context, record: () => readFileSync(record, 'utf8').trim().split('\n') };
}

describe.skipIf(process.platform === 'win32')('a Linux machine', () => {
  test('joins by realm, to which the password goes by standard input, and then needs a restart', async () => {
    const { context, record } = aMachine({ realm: 'exit 0' });
    expect(await domainJoin.run(inputsOf({ directoryOU: 'OU=Lab,DC=lab,DC=example' }), context)).toEqual({
      kind: 'needs-restart',
      changes: [{ resource: 'machine', property: 'domain', before: null, after: 'lab.example' }],
    });
    expect(record()).toEqual([
      'realm list --name-only <>',
      `realm join --verbose --user=Administrator --computer-ou=OU=Lab,DC=lab,DC=example lab.example <${PASSWORD}>`,
    ]);
  });

  test('joins by adcli where there is no realm, by a new name when it shall have one', async () => {
    const { context, record } = aMachine({ adcli: '[ "$1" = join ]', hostnamectl: 'exit 0' });
    expect(await domainJoin.run(inputsOf({ hostName: 'lab-07' }), context)).toMatchObject({ kind: 'needs-restart' });
    expect(record()).toEqual([
      'adcli testjoin --domain=lab.example <>',
      'hostnamectl set-hostname lab-07 <>',
      `adcli join --verbose --stdin-password --login-user=Administrator --domain=lab.example --computer-name=lab-07 <${PASSWORD}>`,
    ]);
  });

  test('that is in the domain is left alone, whatever the case of its name', async () => {
    const { context, record } = aMachine({ realm: 'echo LAB.example' });
    expect(await domainJoin.run(inputsOf(), context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(record()).toHaveLength(1);
    expect(await domainJoin.check?.(inputsOf(), context)).toEqual({ kind: 'checked', drift: [] });
  });

  test('that is in another domain, or in none, is found to differ, and is not taken out of the other one', async () => {
    const other = aMachine({ realm: 'echo old.example' });
    expect(await domainJoin.check?.(inputsOf(), other.context)).toMatchObject({
      kind: 'checked',
      drift: [{ before: 'old.example', after: 'lab.example' }],
    });
    expect(await domainJoin.run(inputsOf(), other.context)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('old.example'),
    });
  });

  test('says what realm said when it failed, and does not join without a credential or with one in the open', async () => {
    const { context } = aMachine({ realm: '[ "$1" = list ] || { echo "realm: Couldn\'t join realm: no such user" >&2; exit 1; }' });
    expect(await domainJoin.run(inputsOf(), context)).toEqual({
      kind: 'failed',
      reason: "realm join ended with exit code 1: realm: Couldn't join realm: no such user.",
    });
    expect(await domainJoin.run(inputsOf({ credential: undefined }), context)).toMatchObject({
      reason: expect.stringContaining('{{ssm-secure:name}}'),
    });
    const open = await domainJoin.run(inputsOf({ credential: { ...credential, password: 'open' } }), context);
    expect(open).toMatchObject({ kind: 'failed', reason: expect.stringContaining('in the open') });
  });

  test('with neither realm nor adcli says so', async () => {
    const { context } = aMachine({});
    expect(await domainJoin.run(inputsOf(), context)).toMatchObject({ reason: expect.stringContaining('Neither realm nor adcli') });
  });
});

describe('what is asked of Windows', () => {
  const order = {
    directoryName: 'lab.example',
    directoryOU: '',
    dnsIpAddresses: ['10.0.0.2', '10.0.0.3'],
    computerName: 'LAB-07',
    ...credential,
  };

  test('goes by the environment, with a user of that domain', () => {
    expect(joinEnvironment(order)).toEqual({
      HOLDFAST_JOIN_DOMAIN: 'lab.example',
      HOLDFAST_JOIN_USER: 'Administrator@lab.example',
      HOLDFAST_JOIN_PASSWORD: PASSWORD,
      HOLDFAST_JOIN_OU: '',
      HOLDFAST_JOIN_DNS: '10.0.0.2,10.0.0.3',
      HOLDFAST_JOIN_NAME: 'LAB-07',
    });
    expect(joinEnvironment({ ...order, username: 'LAB\\joiner' }).HOLDFAST_JOIN_USER).toBe('LAB\\joiner');
  });

  test.each([
    ['{"partOfDomain":true,"domain":"lab.example"}\r\n', { domain: 'lab.example' }],
    ['{"domain":"WORKGROUP","partOfDomain":false}\r\n', { domain: null }],
    ['Access denied', null],
    ['', null],
  ])('is answered by %j', (printed, answer) => {
    expect(printedDomain(printed)).toEqual(answer);
  });

  test.skipIf(process.platform === 'win32')('has no value of the document in the list of processes', async () => {
    const root = aTemporaryPath('windows');
    const folder = join(root, 'System32', 'WindowsPowerShell', 'v1.0');
    mkdirSync(folder, { recursive: true });
    const script = [
      'printf "%s " "$@" >> $SystemRoot/arguments',
      '[ -n "$HOLDFAST_JOIN_DOMAIN" ] || { echo \'{"partOfDomain":false,"domain":"WORKGROUP"}\'; exit 0; }',
      'printf "%s" "$HOLDFAST_JOIN_PASSWORD" > $SystemRoot/password',
    ];
    writeFileSync(join(folder, 'powershell.exe'), `#!/bin/sh\n${script.join('\n')}\n`, { mode: 0o755 });
    const environment = { SystemRoot: root, PATH: '/bin:/usr/bin' };
    const context = aScriptContext({ platform: 'Windows', environment, secrets: { 'ssm-secure:join': PASSWORD } });
    expect(await domainJoin.run(inputsOf(), context)).toMatchObject({ kind: 'needs-restart' });
    expect(readFileSync(join(root, 'password'), 'utf8')).toBe(PASSWORD);
    const words = readFileSync(join(root, 'arguments'), 'utf8').split(' ');
    const scripts = words
      .filter((word) => /^[A-Za-z0-9+/=]{100,}$/.test(word))
      .map((word) => Buffer.from(word, 'base64').toString('utf16le'));
    expect(scripts).toHaveLength(2);
    expect([...words, ...scripts].join('\n')).not.toMatch(/p4ss|lab\.example|Administrator/);
  });
});

describe('the inputs', () => {
  test('of a program are never options', () => {
    const refused = [
      { directoryName: '--help' },
      { directoryName: 'a b' },
      { directoryOU: '-x' },
      { credential: { ...credential, username: '-U' } },
      { credential: { username: 'a', password: 'a\nb' } },
      { hostName: 'a.b' },
      { dnsIpAddresses: ['10.0.0.1; reboot'] },
    ];
    for (const inputs of refused)
      expect(parseActionInputs('aws:domainJoin', { directoryName: 'lab', credential, ...inputs }).ok, JSON.stringify(inputs)).toBe(false);
  });

  test('take addresses as a list or as text, and need no credential to be saved', () => {
    expect(inputsOf({ dnsIpAddresses: '10.0.0.2, 10.0.0.3', credential: undefined }).dnsIpAddresses).toEqual(['10.0.0.2', '10.0.0.3']);
    expect(inputsOf({ directoryId: 'd-1234567890', keepHostName: 'True' })).toMatchObject({ keepHostName: true });
  });
});

test('realm names the domains line by line', () => {
  expect(realmDomains('lab.example\nother.example\n')).toEqual(['lab.example', 'other.example']);
  expect(realmDomains('')).toEqual([]);
  expect(joinCommand('realm', { directoryName: 'a', directoryOU: '', dnsIpAddresses: [], username: 'u', computerName: 'n' })).toContain(
    '--computer-name=n',
  );
});
