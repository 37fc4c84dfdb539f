import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { holdfastPackage } from '../../../agent/actions/holdfast-package.ts';
import { PackageInputs } from '../../../agent/document/desired-package-inputs.ts';
import { LocalAptRepository, testWithApt } from '../../builders/local-apt-repository.ts';
import { aScriptContext, type TestContext } from '../steps/script-context.ts';

let repository: LocalAptRepository;

beforeAll(async () => {
  repository = await LocalAptRepository.open([
    { name: 'hf-library', version: '1.0' },
    { name: 'hf-tool', version: '1.0', fields: { Depends: 'hf-library' }, files: { 'opt/hf/tool': 'tool 1.0' } },
    { name: 'hf-tool', version: '1.1', fields: { Depends: 'hf-library' } },
    { name: 'hf-other', version: '1.0' },
    { name: 'hf-held', version: '1.0' },
    { name: 'hf-held', version: '1.1' },
    { name: 'hf-rival', version: '1.0', fields: { Conflicts: 'hf-other' } },
    { name: 'hf-broken', version: '1.0', scripts: { postinst: 'echo it cannot be configured >&2; exit 1' } },
  ]);
});
afterAll(() => repository.close());

const aNode = (): TestContext => aScriptContext({ environment: repository.environment });
const run = (inputs: Record<string, unknown>, context = aNode()) => holdfastPackage.run(PackageInputs.parse(inputs), context);
const check = (inputs: Record<string, unknown>, context = aNode()) => holdfastPackage.check(PackageInputs.parse(inputs), context);
const failure = (reason: string) => ({ kind: 'failed', reason: expect.stringContaining(reason) });

describe('holdfast:package with a real apt', () => {
  testWithApt('checks what would be installed, with what comes along, and leaves every byte as it was', async () => {
    const before = repository.fingerprint();
    expect(await check({ name: 'hf-tool' })).toEqual({
      kind: 'checked',
      drift: [
        { resource: 'package hf-tool', property: 'version', before: null, after: '1.1' },
        { resource: 'package hf-library', property: 'version', before: null, after: '1.0' },
      ],
    });
    expect(repository.fingerprint()).toBe(before);
  });

  testWithApt('installs a version, is done the second time, and goes to another when asked', async () => {
    const context = aNode();
    expect(await run({ name: 'hf-tool', version: '1.0' }, context)).toMatchObject({
      kind: 'exited',
      changes: [{ resource: 'package hf-tool', before: null, after: '1.0' }, { resource: 'package hf-library' }],
    });
    expect(await run({ name: 'hf-tool', version: '1.0' })).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await run({ name: 'hf-tool' })).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await run({ name: ['hf-tool', 'hf-library'], ensure: 'latest' })).toMatchObject({
      changes: [{ resource: 'package hf-tool', before: '1.0', after: '1.1' }],
    });
    expect(await run({ name: 'hf-tool', version: '1.0' })).toMatchObject(
      failure('E-PACKAGE-DOWNGRADE: hf-tool would go back from 1.1 to 1.0'),
    );
    expect(await run({ name: 'hf-tool', version: '1.0', allowDowngrade: true })).toMatchObject({
      changes: [{ before: '1.1', after: '1.0' }],
    });
    expect(await repository.installedVersion('hf-tool')).toBe('1.0');
  });

  testWithApt('finds what was published a moment ago, as it fetches the lists first', async () => {
    await repository.publish([{ name: 'hf-new', version: '3.0' }]);
    expect(await run({ name: 'hf-new', updateCache: false })).toMatchObject(failure('E-PACKAGE-UNKNOWN: apt has no package hf-new'));
    expect(await run({ name: 'hf-new' })).toMatchObject({ changes: [{ after: '3.0' }] });
  });

  testWithApt('removes a package, and refuses to take others with it unasked', async () => {
    await repository.install('hf-tool');
    expect(await run({ name: 'hf-library', ensure: 'absent' })).toMatchObject(failure('E-PACKAGE-REMOVALS: It would also remove hf-tool'));
    expect(await run({ name: 'hf-library', ensure: 'absent', allowRemovals: true })).toMatchObject({
      changes: [
        { resource: 'package hf-library', after: null },
        { resource: 'package hf-tool', after: null },
      ],
    });
    expect(await run({ name: 'hf-library', ensure: 'absent' })).toEqual({ kind: 'exited', exitCode: 0 });
  });

  testWithApt('installs nothing for which another package would have to go, unless that is allowed', async () => {
    await repository.install('hf-other');
    expect(await run({ name: 'hf-rival' })).toMatchObject(
      failure('E-PACKAGE-REMOVALS: It would also remove hf-other, so nothing was done.'),
    );
    expect(await repository.installedVersion('hf-other')).toBe('1.0');
    await run({ name: 'hf-rival', allowRemovals: true });
    expect(await repository.installedVersion('hf-other')).toBeNull();
  });

  testWithApt('leaves a package on hold as it is, and says so', async () => {
    await repository.install('hf-held=1.0');
    await repository.run('apt-mark', ['hold', 'hf-held']);
    expect(await check({ name: 'hf-held', ensure: 'latest' })).toMatchObject(
      failure('E-PACKAGE-HELD: The package hf-held is on hold at 1.0'),
    );
    expect(await run({ name: 'hf-held', ensure: 'latest', changeHeld: true })).toMatchObject({
      changes: [{ before: '1.0', after: '1.1' }],
    });
  });

  testWithApt('fails with what the package itself said, and tells what was changed all the same', async () => {
    expect(await run({ name: ['hf-broken', 'hf-tool'] })).toMatchObject({
      ...failure('E-PROGRAM-FAILED'),
      changes: expect.arrayContaining([expect.objectContaining({ resource: 'package hf-tool' })]),
    });
    await repository.run('dpkg', [`--root=${repository.root}`, '--purge', '--force-all', 'hf-broken']);
  });

  testWithApt('waits for whoever holds the lock, and gives up when its patience is over', async () => {
    const held = spawn('python3', ['-c', holder(join(repository.root, 'var/lib/dpkg/lock-frontend'))], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(held.stdout, 'data');
    expect(await run({ name: 'hf-other', lockTimeoutSeconds: 0, allowRemovals: true })).toMatchObject(failure('E-PACKAGE-LOCKED'));
    const context = aNode();
    const waiting = run({ name: 'hf-other', allowRemovals: true }, context);
    await context.stdout.said('the step waits for it');
    held.stdin.end();
    await once(held, 'exit');
    expect(await waiting).toMatchObject({ kind: 'exited' });
  });
});

/** Holds a lock as dpkg does, until its input ends. */
const holder = (file: string) =>
  `import fcntl, sys\nf = open(${JSON.stringify(file)}, 'w')\nfcntl.lockf(f, fcntl.LOCK_EX)\nprint('held', flush=True)\nsys.stdin.read()`;
