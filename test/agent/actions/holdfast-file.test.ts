import { chmodSync, chownSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { holdfastFile } from '../../../agent/actions/holdfast-file.ts';
import { FileInputs } from '../../../agent/document/desired-file-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { fingerprintOf } from '../../builders/local-apt-repository.ts';
import { aScriptContext, type TestContext } from '../steps/script-context.ts';

const isRoot = process.getuid?.() === 0;
const A_STRANGER = 54_321;

function aFolder(): string {
  const folder = aTemporaryPath('node');
  mkdirSync(folder);
  return folder;
}

const run = (inputs: Record<string, unknown>, context: TestContext = aScriptContext()) =>
  holdfastFile.run(FileInputs.parse(inputs), context);
const check = (inputs: Record<string, unknown>, context: TestContext = aScriptContext()) =>
  holdfastFile.check(FileInputs.parse(inputs), context);
const modeOf = (file: string) => (statSync(file).mode & 0o7777).toString(8);

describe.skipIf(process.platform === 'win32')('holdfast:file', () => {
  test('makes a file with its content and mode, and does nothing the second time', async () => {
    const path = join(aFolder(), 'motd');
    const inputs = { path, content: 'welcome\n', mode: '0640' };
    expect(await run(inputs)).toEqual({
      kind: 'exited',
      exitCode: 0,
      changes: [
        { resource: `file ${path}`, property: 'content', before: null, after: 'welcome\n' },
        { resource: `file ${path}`, property: 'mode', before: null, after: '0640' },
      ],
    });
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['welcome\n', '640']);
    const again = aScriptContext();
    expect(await run(inputs, again)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(again.stdout.text).toContain('is as it should be; nothing was changed');
  });

  test('tells what differs, line by line, and keeps owner and mode where nothing is said of them', async () => {
    const path = join(aFolder(), 'conf');
    writeFileSync(path, 'a\nport 80\nz\n', { mode: 0o600 });
    const context = aScriptContext();
    expect(await run({ path, content: 'a\nport 443\nz\n' }, context)).toMatchObject({
      changes: [{ property: 'content', before: 'port 80', after: 'port 443' }],
    });
    expect(context.stdout.text).toContain('  a\n- port 80\n+ port 443\n  z\n');
    expect(modeOf(path)).toBe('600');
  });

  test('changes nothing when it checks, whatever differs', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'full/below'), { recursive: true });
    writeFileSync(join(folder, 'conf'), 'old');
    const before = fingerprintOf(folder);
    const drifts = [
      await check({ path: join(folder, 'conf'), content: 'new', mode: '0600', backup: true }),
      await check({ path: join(folder, 'deep/new'), content: 'new', makeParents: true }),
      await check({ path: join(folder, 'full'), ensure: 'absent', recursive: true }),
      await check({ path: join(folder, 'other'), ensure: 'directory' }),
    ];
    for (const drift of drifts)
      expect(drift).toMatchObject({
        kind: 'checked',
        drift: expect.arrayContaining([expect.objectContaining({ property: expect.any(String) })]),
      });
    expect(fingerprintOf(folder)).toBe(before);
    expect(await check({ path: join(folder, 'conf'), content: 'old' })).toEqual({ kind: 'checked', drift: [] });
  });

  test('keeps what was there before when that is asked for', async () => {
    const path = join(aFolder(), 'conf');
    writeFileSync(path, 'old');
    await run({ path, content: 'new', backup: true });
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.holdfast-backup`, 'utf8')]).toEqual(['new', 'old']);
  });

  test('removes files, and folders with what is in them only when that is asked for', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/a'), '');
    expect(await run({ path: join(folder, 'full'), ensure: 'absent' })).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('E-FOLDER-NOT-EMPTY'),
    });
    expect(await run({ path: join(folder, 'full/a'), ensure: 'absent' })).toMatchObject({
      changes: [{ property: 'presence', before: 'file', after: null }],
    });
    writeFileSync(join(folder, 'full/b'), '');
    await run({ path: join(folder, 'full'), ensure: 'absent', recursive: true });
    expect(readdirSync(folder)).toEqual([]);
    expect(await run({ path: join(folder, 'full'), ensure: 'absent' })).toEqual({ kind: 'exited', exitCode: 0 });
  });

  test('fills in a template that was downloaded, and says which names have no value', async () => {
    const context = aScriptContext();
    mkdirSync(context.downloads, { recursive: true });
    writeFileSync(join(context.downloads, 'site.conf'), 'host {{ host }}\nport {{port}}\n');
    const path = join(aFolder(), 'site.conf');
    expect(await run({ path, source: 'site.conf', values: { host: '{{port}}' } }, context)).toMatchObject({
      kind: 'failed',
      reason: 'E-TEMPLATE: The template site.conf has no value for port. Give each name that stands in {{ }} a value in values.',
    });
    await run({ path, source: 'site.conf', values: { host: '{{port}}', port: 80 } }, context);
    expect(readFileSync(path, 'utf8')).toBe('host {{port}}\nport 80\n');
  });

  test('copies a large file without holding it in memory, and sees that it is the same', async () => {
    const context = aScriptContext();
    mkdirSync(context.downloads, { recursive: true });
    writeFileSync(join(context.downloads, 'image'), Buffer.alloc(20_000_000, 7));
    const path = join(aFolder(), 'image');
    expect(await run({ path, source: 'image' }, context)).toMatchObject({ changes: [{ after: '20000000 bytes' }] });
    expect(await run({ path, source: 'image' }, context)).toEqual({ kind: 'exited', exitCode: 0 });
  });

  test('shows nothing of a secret that it writes, and lets nobody else read it', async () => {
    const context = aScriptContext();
    const path = join(aFolder(), 'token');
    const outcome = await run({ path, secretContent: 'hunter2hunter2' }, context);
    expect(outcome).toMatchObject({ changes: [{ before: null, after: '(not shown)' }] });
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['hunter2hunter2', '600']);
    writeFileSync(path, 'another');
    await run({ path, secretContent: 'hunter2hunter2' }, context);
    await run({ path, content: 'shown to nobody', showDifference: false }, context);
    expect(context.stdout.text).not.toMatch(/hunter2|another|nobody/);
  });

  test('compares what is not text by its bytes', async () => {
    const path = join(aFolder(), 'key');
    writeFileSync(path, Buffer.from([0, 255, 1]));
    const inputs = { path, content: 'AP8C', encoding: 'base64' };
    expect(await run(inputs)).toMatchObject({ changes: [{ before: '3 bytes', after: '3 bytes' }] });
    expect(readFileSync(path)).toEqual(Buffer.from([0, 255, 2]));
  });

  test('refuses what stands in its way, and says what to do', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'folder'));
    symlinkSync('/etc/passwd', join(folder, 'link'));
    const reasons = [
      [{ path: join(folder, 'folder'), content: '' }, 'E-PATH-KIND'],
      [{ path: join(folder, 'link'), content: '' }, `is a symbolic link to /etc/passwd, and a file is wanted there`],
      [{ path: join(folder, 'no/where'), content: '' }, 'E-PATH-PARENT'],
      [{ path: join(folder, 'a'), content: '', owner: 'no-such-user' }, 'E-NAME-UNKNOWN: There is no user no-such-user'],
      [{ path: join(folder, 'a'), source: 'gone' }, 'E-SOURCE'],
      [{ path: '/tmp', ensure: 'absent', recursive: true }, 'E-PATH-PROTECTED'],
    ] as const;
    for (const [inputs, reason] of reasons)
      expect(await run(inputs)).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
    const context = aScriptContext();
    const own = join(context.stateFolder, '..');
    expect(await run({ path: join(own), ensure: 'absent', recursive: true }, context)).toMatchObject({ kind: 'exited' });
    mkdirSync(context.stateFolder, { recursive: true });
    expect(await run({ path: join(own), ensure: 'absent', recursive: true }, context)).toMatchObject({
      reason: expect.stringContaining('the agent of this node works below it'),
    });
  });

  test.each(['etc/motd', '../etc/motd', '/etc/../motd', '', '/a\0b'])('takes no path such as %j', (path) => {
    expect(FileInputs.safeParse({ path }).success).toBe(false);
  });
});

describe.skipIf(!isRoot)('holdfast:file, as root', () => {
  test('gives a file to its owner and group', async () => {
    const path = join(aFolder(), 'a');
    await run({ path, content: '', owner: 'daemon', group: A_STRANGER });
    expect([statSync(path).uid, statSync(path).gid]).toEqual([1, A_STRANGER]);
  });

  test('goes through no link that another user has made', async () => {
    const folder = aFolder();
    const home = join(folder, 'home');
    mkdirSync(home);
    mkdirSync(join(folder, 'etc'));
    symlinkSync(join(folder, 'etc'), join(home, '.ssh'));
    chownSync(home, A_STRANGER, A_STRANGER);
    for (const ensure of ['present', 'absent', 'directory']) {
      expect(await run({ path: join(home, '.ssh/authorized_keys'), ensure })).toMatchObject({
        kind: 'failed',
        reason: expect.stringContaining(`${join(home, '.ssh')} is a symbolic link that somebody without root’s rights may have made`),
      });
    }
    expect(readdirSync(join(folder, 'etc'))).toEqual([]);
  });

  test('goes through links that the system has, as they cannot be exchanged', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'run'));
    symlinkSync('run', join(folder, 'var-run'));
    await run({ path: join(folder, 'var-run/a'), content: 'x' });
    expect(readFileSync(join(folder, 'run/a'), 'utf8')).toBe('x');
  });

  test('removes a link itself, and nothing that it leads to', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'kept'), 'kept');
    symlinkSync(join(folder, 'kept'), join(folder, 'link'));
    await run({ path: join(folder, 'link'), ensure: 'absent' });
    expect(readdirSync(folder)).toEqual(['kept']);
  });

  test('opens no file of the system to others through a second name in a folder of theirs', async () => {
    const folder = aFolder();
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(folder, 'shadow'), 'secret');
    chmodSync(join(folder, 'shadow'), 0o600);
    linkSync(join(folder, 'shadow'), join(home, 'mine'));
    chownSync(home, A_STRANGER, A_STRANGER);
    expect(await run({ path: join(home, 'mine'), mode: '0666' })).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('E-FILE-LINKED'),
    });
    expect(modeOf(join(folder, 'shadow'))).toBe('600');
  });
});
