import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { holdfastUser } from '../../../agent/actions/holdfast-user.ts';
import { UserInputs } from '../../../agent/document/desired-user-inputs.ts';
import { aScriptContext } from '../steps/script-context.ts';

const isPossible = process.getuid?.() === 0 && existsSync('/usr/sbin/useradd');
/** Of this run alone, and gone after it. */
const name = `hf-test-${process.pid}`;
const home = `/tmp/${name}`;
const HASH = '$6$saltsalt$1vLq5pkSfKYkCFOJWrS7n0Y2pLpTnWb0IHSAdLSBnRyXpIY7nBQcSSNBQAd1oRh0yq9dDO2jPs0QW8wbDxBzA0';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHlcmFuZG9tYnl0ZXNyYW5kb21ieXRlc3JhbmRvbWJ5 ada@desk';
const OTHER_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOtherotherotherotherotherotherotherotherother1 bob@desk';

const inputsOf = (inputs: Record<string, unknown>) => UserInputs.parse({ name, home, ...inputs });
const aNode = () => aScriptContext();
const run = (inputs: Record<string, unknown>, context = aNode()) => holdfastUser.run(inputsOf(inputs), context);
const accounts = () => ['passwd', 'shadow', 'group', 'gshadow'].map((file) => readFileSync(`/etc/${file}`, 'utf8'));
const entry = (database: string) => execFileSync('getent', [database, name]).toString().trim();

describe.skipIf(!isPossible)('holdfast:user', () => {
  afterAll(() => {
    if (accounts()[0]?.includes(`\n${name}:`)) execFileSync('userdel', [name]);
    rmSync(home, { recursive: true, force: true });
  });

  test('says what it would make, and touches no account', async () => {
    const before = accounts();
    const outcome = await holdfastUser.check(inputsOf({ shell: '/bin/sh', sshAuthorizedKeys: KEY }), aNode());
    expect(outcome).toMatchObject({
      kind: 'checked',
      drift: [
        { resource: `user ${name}`, property: 'presence', before: null, after: 'user' },
        { property: 'home', after: home },
        { property: 'shell', after: '/bin/sh' },
        { property: expect.stringContaining('authorized key ssh-ed25519'), after: 'there' },
      ],
    });
    expect(accounts()).toEqual(before);
    expect(existsSync(home)).toBe(false);
  });

  test('makes a user with home, groups, keys and password, and is done the second time', async () => {
    const wanted = { shell: '/bin/sh', comment: 'A test', groups: ['daemon'], sshAuthorizedKeys: [KEY], passwordHash: HASH };
    const context = aNode();
    expect(await run(wanted, context)).toMatchObject({ kind: 'exited' });
    expect(entry('passwd')).toMatch(new RegExp(`:A test:${home}:/bin/sh$`));
    expect(entry('shadow').split(':')[1]).toBe(HASH);
    expect(context.stdout.text).not.toContain(HASH);
    const keys = statSync(`${home}/.ssh/authorized_keys`);
    expect([readFileSync(`${home}/.ssh/authorized_keys`, 'utf8'), keys.uid, keys.mode & 0o777]).toEqual([
      `${KEY}\n`,
      statSync(home).uid,
      0o600,
    ]);
    expect(await run(wanted)).toEqual({ kind: 'exited', exitCode: 0 });
  });

  test('changes what differs alone, and takes nothing away that it was not asked to', async () => {
    expect(await run({ shell: '/bin/false', groups: ['bin'], sshAuthorizedKeys: [OTHER_KEY], locked: true })).toMatchObject({
      changes: [
        { property: 'groups', before: 'daemon', after: 'daemon, bin' },
        { property: 'shell', before: '/bin/sh', after: '/bin/false' },
        { property: 'locked', before: 'false', after: 'true' },
        { property: expect.stringContaining('bob@desk'), after: 'there' },
      ],
    });
    expect(readFileSync(`${home}/.ssh/authorized_keys`, 'utf8')).toBe(`${KEY}\n${OTHER_KEY}\n`);
    expect(
      await run({ groups: ['bin'], exclusiveGroups: true, sshAuthorizedKeys: [OTHER_KEY], exclusiveKeys: true, locked: false }),
    ).toMatchObject({
      changes: [
        { property: 'groups', before: 'daemon, bin', after: 'bin' },
        { property: 'locked', after: 'false' },
        { property: expect.stringContaining('ada@desk'), after: null },
      ],
    });
    expect(entry('shadow').split(':')[1]).toBe(HASH);
  });

  test('writes keys through no link that the user has made', async () => {
    rmSync(`${home}/.ssh`, { recursive: true });
    execFileSync('setpriv', ['--reuid', name, '--clear-groups', 'ln', '-s', '/etc', `${home}/.ssh`]);
    expect(await run({ sshAuthorizedKeys: [KEY] })).toMatchObject({ kind: 'failed', reason: expect.stringContaining('E-PATH-LINK') });
    expect(existsSync('/etc/authorized_keys')).toBe(false);
    rmSync(`${home}/.ssh`);
  });

  test('removes a user, with its home when that is asked for', async () => {
    expect(await run({ ensure: 'absent', removeHome: true })).toMatchObject({ changes: [{ property: 'presence', after: null }] });
    expect(existsSync(home)).toBe(false);
    expect(await run({ ensure: 'absent' })).toEqual({ kind: 'exited', exitCode: 0 });
  });

  test('takes neither root nor the agent itself away', async () => {
    for (const inputs of [{ ensure: 'absent' }, { locked: true }, { uid: 7 }]) {
      const outcome = await holdfastUser.run(UserInputs.parse({ name: 'root', ...inputs }), aNode());
      expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('E-USER-PROTECTED') });
    }
  });

  test('fails for a group that there is not, with what the system says', async () => {
    expect(await run({ groups: ['no-such-group'] })).toMatchObject({ kind: 'failed', reason: expect.stringContaining('no-such-group') });
  });
});

test.each(['-r', 'a:b', 'a b', '../a', ''])('takes no user name such as %j', (bad) => {
  expect(UserInputs.safeParse({ name: bad }).success).toBe(false);
});

test.each(['a\nroot', 'a:0:0'])('takes no comment that would become another account, such as %j', (comment) => {
  expect(UserInputs.safeParse({ name: 'a', comment }).success).toBe(false);
});
