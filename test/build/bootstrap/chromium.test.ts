import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../project-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const module = pathToFileURL(join(projectRoot, 'build/bootstrap/chromium.mjs')).href;
const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');

/** Looks for the browser on a computer whose only commands are these. */
async function prepare(commands: Readonly<Record<string, string>>, chosen = '') {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script.replaceAll('$FOLDER', folder)}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const script = `import { prepareChromium } from '${module}'; import { runCommand } from '${module.replace('chromium.mjs', 'command.mjs')}';
    await runCommand(async () => { console.log(await prepareChromium()); return 0; });`;
  const env = { PATH: folder, HOLDFAST_CHROMIUM: chosen };
  const { stdout, stderr, exitCode } = await execa(process.execPath, ['--input-type=module', '-e', script], {
    env,
    extendEnv: false,
    reject: false,
  });
  return { lines: stdout.replaceAll(folder, '$FOLDER').split('\n'), stderr, exitCode };
}

describe("the browser for the window's tests", () => {
  test('is the first on the path that answers', async () => {
    const { lines } = await prepare({ chromium: 'exit 1', 'google-chrome': 'echo Chrome 150' });
    expect(lines).toEqual(['$FOLDER/google-chrome']);
  });

  test('can be chosen', async () => {
    const { lines } = await prepare({ chromium: 'echo Chromium 150' }, '/opt/other-chromium');
    expect(lines).toEqual(['/opt/other-chromium']);
  });

  test.runIf(isRootOnDebian)('is installed where that is possible, which is said, with the time', async () => {
    const install = `case "$1" in install) printf '#!/bin/sh\\n' > $FOLDER/chromium; /bin/chmod 755 $FOLDER/chromium;; esac`;
    const { lines } = await prepare({ 'apt-get': install });
    expect(lines).toEqual([
      "Installing Chromium from Debian's packages, for the window's tests. This takes about a minute …",
      expect.stringMatching(/^Chromium installed in .* s\.$/),
      '$FOLDER/chromium',
    ]);
  });

  test.runIf(isRootOnDebian)('is asked for with what to do, when it cannot be installed', async () => {
    const { stderr, exitCode } = await prepare({ 'apt-get': 'exit 100' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('apt-get update ended with 100');
    expect(stderr).toContain('Run: sudo apt-get install chromium.');
  });
});
