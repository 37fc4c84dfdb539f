import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { configurePackage } from '../../../agent/actions/configure-package.ts';
import { ConfigurePackageInputs } from '../../../agent/document/configure-package-inputs.ts';
import { PackageRecord } from '../../../agent/packages/package-record.ts';
import type { ActionOutcome } from '../../../agent/steps/action.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aScriptContext, type TestContext } from '../steps/script-context.ts';
import { PackageDesk } from './package-desk.ts';

/** Packages of one script each, which write down what they do, run for real. */

let folder: string;
let diary: string;
let desk: PackageDesk;

beforeEach(() => {
  folder = aTemporaryPath();
  diary = join(folder, 'diary');
  desk = new PackageDesk();
  put('1.0');
});

const wrote = (line: string, exitCode = 0): string => `echo "${line}" >> '${diary}'\nexit ${exitCode}\n`;

/** A version whose scripts write down that they ran, and end with these codes. */
function put(version: string, codes: { install?: number; update?: number; uninstall?: number } = {}): void {
  desk.put(version, {
    'install.sh': wrote(`install ${version}`, codes.install),
    'uninstall.sh': wrote(`uninstall ${version}`, codes.uninstall),
    ...(codes.update === undefined ? {} : { 'update.sh': wrote(`update to ${version}`, codes.update) }),
  });
}

const lines = (): string[] => (existsSync(diary) ? readFileSync(diary, 'utf8').trim().split('\n') : []);
const installed = (): string | null => new PackageRecord(join(folder, 'state'), 'Tool').read().installed?.version ?? null;

function aContext(): TestContext {
  return aScriptContext({ stateFolder: join(folder, 'state'), controller: desk });
}

type Wanted = Partial<Record<keyof ConfigurePackageInputs, unknown>>;
const inputs = (wanted: Wanted): ConfigurePackageInputs => ConfigurePackageInputs.parse({ name: 'Tool', action: 'Install', ...wanted });

async function configure(wanted: Wanted = {}, context = aContext()): Promise<ActionOutcome & { said: string }> {
  const outcome = await configurePackage.run(inputs(wanted), context);
  return { ...outcome, said: context.stdout.text };
}

const versionChange = (before: string | null, after: string | null) => [{ resource: 'package Tool', property: 'version', before, after }];

describe('a package that is installed', () => {
  test('runs its install script in the folder of its content, and says what changed', async () => {
    desk.put('2.0', { 'install.sh': `cat payload/data.txt > '${diary}'`, 'payload/data.txt': 'from the package' });
    expect(await configure()).toMatchObject({ kind: 'exited', exitCode: 0, changes: versionChange(null, '2.0') });
    expect(lines()).toEqual(['from the package']);
    expect(installed()).toBe('2.0');
  });

  test('is not installed again', async () => {
    await configure();
    const again = await configure();
    expect(again).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(again).not.toHaveProperty('changes');
    expect(again.said).toContain('is installed already');
    expect(lines()).toEqual(['install 1.0']);
    expect(desk.fetched).toBe(1);
  });

  test('has its arguments and what the SSM agent tells of the machine in the environment of its scripts', async () => {
    desk.put('2.0', { 'install.sh': `printf '%s|%s|%s|%s' "$SSM_PORT" "$SSM_NOTE" "$BWS_ACTION_NAME" "$BWS_ARCHITECTURE" > '${diary}'` });
    await configure({ additionalArguments: { SSM_PORT: 8080, SSM_NOTE: '$(id) "quoted"' } });
    expect(lines()[0]).toMatch(/^8080\|\$\(id\) "quoted"\|install\|\w+$/);
  });

  test('that fails with nothing before it says so, with the exit code of its script', async () => {
    put('2.0', { install: 7 });
    expect(await configure()).toMatchObject({
      kind: 'failed',
      exitCode: 7,
      reason: 'install.sh of Tool 2.0 ended with exit code 7. Nothing was installed before, so there is nothing to go back to.',
    });
    expect(installed()).toBeNull();
  });

  test('asks for a file of this machine by the names that manifests have', async () => {
    await configure({ version: '1.0' });
    expect(desk.asked).toMatchObject([{ ask: 'package', name: 'Tool', version: '1.0', machine: { architecture: expect.any(String) } }]);
  });

  test('with an archive that leads out of its folder is refused before anything is run', async () => {
    desk.put('2.0', { 'install.sh': wrote('install'), '../evil.sh': 'echo' });
    await expect(configure()).rejects.toMatchObject({ code: 'E-ARCHIVE' });
    expect(lines()).toEqual([]);
    expect(installed()).toBeNull();
  });
});

describe('another version', () => {
  test('is installed after the one before it was uninstalled by its own script', async () => {
    await configure();
    put('2.0');
    expect(await configure()).toMatchObject({ kind: 'exited', changes: versionChange('1.0', '2.0') });
    expect(lines()).toEqual(['install 1.0', 'uninstall 1.0', 'install 2.0']);
  });

  test('takes the place of the one before in place, by its update script', async () => {
    await configure();
    put('2.0', { update: 0 });
    expect(await configure({ installationType: 'In-place update' })).toMatchObject({ changes: versionChange('1.0', '2.0') });
    expect(lines()).toEqual(['install 1.0', 'update to 2.0']);
  });

  test('that cannot be updated in place changes nothing and says why', async () => {
    await configure();
    put('2.0');
    const outcome = await configure({ installationType: 'In-place update' });
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('has no update script') });
    expect(lines()).toEqual(['install 1.0']);
    expect(installed()).toBe('1.0');
  });

  test.each([
    ['Uninstall and reinstall', ['uninstall 1.0', 'install 2.0', 'uninstall 2.0', 'install 1.0']],
    ['In-place update', ['update to 2.0', 'uninstall 2.0', 'install 1.0']],
  ])('that fails (%s) is rolled back to the one before, and says so', async (installationType, after) => {
    await configure();
    put('2.0', { install: 3, update: 3 });
    const outcome = await configure({ installationType });
    expect(outcome).toMatchObject({
      kind: 'failed',
      exitCode: 3,
      reason: expect.stringMatching(/ended with exit code 3\. It was rolled back to 1\.0\.$/),
    });
    expect(outcome).not.toHaveProperty('changes');
    expect(lines()).toEqual(['install 1.0', ...after]);
    expect(installed()).toBe('1.0');
  });

  test('whose rollback fails too leaves nothing that counts as installed', async () => {
    await configure();
    const file = join(folder, 'is-broken');
    desk.forget('1.0');
    const record = new PackageRecord(join(folder, 'state'), 'Tool');
    const content = record.contentFolder({ sha256: record.read().installed?.sha256 ?? '' });
    writeFileSync(join(content, 'install.sh'), `touch '${file}'; exit 9`);
    put('2.0', { install: 3 });
    const outcome = await configure();
    expect(outcome).toMatchObject({
      kind: 'failed',
      changes: versionChange('1.0', null),
      reason: expect.stringContaining('The rollback to 1.0 failed too'),
    });
    expect(existsSync(file)).toBe(true);
    expect(installed()).toBeNull();
  });
});

describe('a package that is uninstalled', () => {
  test('runs the script of the version that is there, also when no store has it any more', async () => {
    await configure();
    desk.forget('1.0');
    expect(await configure({ action: 'Uninstall' })).toMatchObject({ kind: 'exited', changes: versionChange('1.0', null) });
    expect(lines()).toEqual(['install 1.0', 'uninstall 1.0']);
    expect(installed()).toBeNull();
  });

  test('is nothing to do where it is not there, or another version is', async () => {
    expect(await configure({ action: 'Uninstall' })).toMatchObject({ kind: 'exited', exitCode: 0 });
    await configure();
    expect((await configure({ action: 'Uninstall', version: '0.9' })).said).toContain('nothing was done');
    expect(installed()).toBe('1.0');
  });

  test('still counts as installed when its script fails', async () => {
    put('2.0', { uninstall: 5 });
    await configure();
    expect(await configure({ action: 'Uninstall' })).toMatchObject({ kind: 'failed', exitCode: 5 });
    expect(installed()).toBe('2.0');
  });
});

describe('a restart of the machine', () => {
  test('that the installation asks for comes before the package counts as installed, and its script is not run again', async () => {
    put('2.0', { install: 194 });
    expect(await configure()).toMatchObject({ kind: 'needs-restart' });
    expect(installed()).toBeNull();
    expect(await configure()).toMatchObject({ kind: 'exited', changes: versionChange(null, '2.0') });
    expect(lines()).toEqual(['install 2.0']);
  });

  test('that the removal of the version before asks for comes before the installation', async () => {
    put('1.5', { uninstall: 194 });
    await configure();
    put('2.0');
    expect(await configure()).toMatchObject({ kind: 'needs-restart' });
    expect(await configure()).toMatchObject({ kind: 'exited', changes: versionChange('1.5', '2.0') });
    expect(lines()).toEqual(['install 1.5', 'uninstall 1.5', 'install 2.0']);
  });
});

describe('a change that was interrupted', () => {
  /** Stops the step while this script of the version runs, as the end of the agent does. Run again, it comes to its end. */
  async function interrupt(version: string, script: 'install.sh' | 'uninstall.sh', wanted: Wanted): Promise<void> {
    const other = script === 'install.sh' ? 'uninstall.sh' : 'install.sh';
    const once = `if mkdir '${diary}-once' 2>/dev/null; then echo "half of ${script} ${version}" >> '${diary}'; echo begun; exec sleep 60; fi\n`;
    desk.put(version, {
      [script]: `${once}${wrote(`${script.replace('.sh', '')} ${version}`)}`,
      [other]: wrote(`${other.replace('.sh', '')} ${version}`),
    });
    if (script === 'uninstall.sh') await configure();
    const context = aContext();
    const run = configurePackage.run(inputs(wanted), context);
    await context.stdout.said('begun');
    context.stopping.abort();
    expect(await run).toEqual({ kind: 'stopped' });
  }

  test('is undone by the next step for the package, which then makes its own', async () => {
    await interrupt('2.0', 'install.sh', {});
    put('3.0');
    expect(await configure()).toMatchObject({ kind: 'exited', changes: versionChange(null, '3.0') });
    expect(lines()).toEqual(['half of install.sh 2.0', 'uninstall 2.0', 'install 3.0']);
  });

  test('is rolled back to the version before it', async () => {
    await configure();
    await interrupt('2.0', 'install.sh', {});
    const next = await configure({ version: '1.0' });
    expect(next.said).toContain('was interrupted');
    expect(lines()).toEqual(['install 1.0', 'uninstall 1.0', 'half of install.sh 2.0', 'uninstall 2.0', 'install 1.0']);
    expect(installed()).toBe('1.0');
  });

  test('of a removal is made again before anything else is installed', async () => {
    await interrupt('2.0', 'uninstall.sh', { action: 'Uninstall' });
    expect(await configure()).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(lines()).toEqual(['install 2.0', 'half of uninstall.sh 2.0', 'uninstall 2.0', 'install 2.0']);
    expect(installed()).toBe('2.0');
  });
});

describe('a check', () => {
  const drift = async (wanted: Wanted) => configurePackage.check?.(inputs(wanted), aContext());

  test('says what would change, and changes nothing', async () => {
    expect(await drift({})).toEqual({ kind: 'checked', drift: versionChange(null, '1.0') });
    expect(lines()).toEqual([]);
    await configure();
    expect(await drift({})).toEqual({ kind: 'checked', drift: [] });
    expect(await drift({ action: 'Uninstall' })).toEqual({ kind: 'checked', drift: versionChange('1.0', null) });
    put('2.0');
    expect(await drift({})).toEqual({ kind: 'checked', drift: versionChange('1.0', '2.0') });
    expect(lines()).toEqual(['install 1.0']);
  });
});

test('two steps for one package come one after the other', async () => {
  desk.put('1.0', { 'install.sh': `echo in >> '${diary}'\nsleep 0.2\necho out >> '${diary}'`, 'uninstall.sh': wrote('uninstall') });
  const [first, second] = await Promise.all([configure(), configure()]);
  expect([first.kind, second.kind]).toEqual(['exited', 'exited']);
  expect(lines()).toEqual(['in', 'out']);
});

test('a state that cannot be read stops the step before anything is changed', async () => {
  await configure();
  const record = new PackageRecord(join(folder, 'state'), 'Tool');
  writeFileSync(join(record.folder, 'state.json'), '{"installed": "everything"}');
  await expect(configure()).rejects.toMatchObject({ code: 'E-PACKAGE-STATE' });
  expect(lines()).toEqual(['install 1.0']);
});

describe('the inputs', () => {
  test.each([
    ['..', { name: '..' }],
    ['a path', { name: '../Tool' }],
    ['an argument without SSM_', { additionalArguments: { PATH: '/tmp' } }],
    ['too many arguments', { additionalArguments: { SSM_A: 'x'.repeat(4096) } }],
    ['a version with a blank', { version: '1 0' }],
    ['another action', { action: 'Repair' }],
  ])('are refused with %s', (_what, wanted) => {
    expect(ConfigurePackageInputs.safeParse({ name: 'Tool', action: 'Install', ...wanted }).success).toBe(false);
  });

  test('take the arguments as a map or as JSON text, and latest for no version', () => {
    expect(inputs({ additionalArguments: '{"SSM_A": "1"}', version: 'latest', installationType: '' })).toMatchObject({
      additionalArguments: { SSM_A: '1' },
      version: '',
      installationType: 'Uninstall and reinstall',
    });
  });
});
