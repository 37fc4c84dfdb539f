import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../project-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const module = pathToFileURL(join(projectRoot, 'build/bootstrap/debian-packages.mjs')).href;
const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');

/** Prepares a computer whose path has these commands and no others; programs that the computer has for root alone count as well. */
async function prepare(commands: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script.replaceAll('$FOLDER', folder)}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const script = `import { prepareDebianPackages } from '${module}'; await prepareDebianPackages();`;
  const { stdout, exitCode } = await execa(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: folder },
    extendEnv: false,
    reject: false,
  });
  return { lines: stdout.split('\n').filter((line) => line !== ''), exitCode };
}

const rest = { nft: '', ip: '' };

describe('the programs that tests use', () => {
  test('are left alone where they are', async () => {
    expect(await prepare({ 'ansible-playbook': '', ...rest })).toEqual({ lines: [], exitCode: 0 });
  });

  test.runIf(isRootOnDebian)('are installed at once where that is possible, which is said, with the time', async () => {
    const install = `case "$1" in install) case "$*" in *"--no-install-recommends ansible-core "*)
      echo > $FOLDER/ansible-playbook;; esac;; esac`;
    const { lines } = await prepare({ 'apt-get': install, ...rest });
    expect(lines).toEqual([
      "Installing ansible-core from Debian's packages, for tests. This takes about a quarter of a minute …",
      expect.stringMatching(/^Installed in .* s\.$/),
    ]);
  });

  test.runIf(isRootOnDebian)('are named, with why, when they cannot be installed; that is no failure', async () => {
    const { lines, exitCode } = await prepare({ 'apt-get': 'exit 100', ...rest });
    expect(lines.at(-1)).toBe('Not on this computer, so tests that need it are skipped: ansible-playbook. apt-get update ended with 100.');
    expect(exitCode).toBe(0);
  });
});
