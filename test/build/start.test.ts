import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../project-root.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The smallest sources that have every entry; serve mode's says how it was started. */
const sources: Readonly<Record<string, string>> = {
  'agent/main.ts': "import * as z from 'zod';\nconsole.log('agent', z.int().parse(1));",
  'electron/main.ts': "import { app } from 'electron';\nvoid app.whenReady();",
  'electron/controller-process.ts': "console.log('controller');",
  'electron/serve-main.ts': "console.log('serving', process.argv.slice(2).join(' '), process.version.split('.')[0]);\nprocess.exit(9);",
  'electron/shell/preload.ts': "import { contextBridge } from 'electron';\ncontextBridge.exposeInMainWorld('holdfast', {});",
  'electron/controller/store/migrations/0001-first.sql': 'create table site (name text);',
  'renderer/index.html':
    '<!doctype html><html lang="en"><head><title>Holdfast</title></head><body><script type="module" src="/main.tsx"></script></body></html>',
  'renderer/main.tsx': "void import('./page.tsx').then(({ page }) => document.body.append(page));",
  'renderer/page.tsx': "export const page = 'page';",
};

function aProject(): string {
  const root = temporaryFolder();
  for (const path of ['build', 'package.json', 'package-lock.json']) cpSync(join(projectRoot, path), join(root, path), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** What `npm start` runs, without npm. */
async function start(root: string, args: readonly string[]) {
  const env = { DISPLAY: '', WAYLAND_DISPLAY: '', npm_lifecycle_event: undefined };
  const { exitCode, stdout, stderr } = await execa(process.execPath, [join(root, 'build/start.mjs'), ...args], { env, reject: false });
  return { exitCode, lines: stdout.split('\n'), stderr };
}

describe('npm start', () => {
  test('builds at the first start, says so and how long it took, and starts serve mode with its options and its exit code', async () => {
    const root = aProject();
    const first = await start(root, ['--serve', '--port', '0', '--data', '/lab']);
    expect(first.lines).toEqual([
      'Building the agent, the controller and the window: nothing is built yet. This takes about ten seconds …',
      expect.stringMatching(/^Built in \d+(\.\d)? s\.$/),
      'serving --port 0 --data /lab v24',
    ]);
    expect(first.exitCode).toBe(9);

    const second = await start(root, ['--serve']);
    expect(second.lines).toEqual(['serving  v24']);

    writeFileSync(join(root, 'agent/main.ts'), "console.log('new');");
    const third = await start(root, ['--serve']);
    expect(third.lines[0]).toContain('agent/main.ts changed since the last build');
  });

  test.runIf(process.platform === 'linux')('says in one line why Electron cannot open, and starts serve mode', async () => {
    const { lines } = await start(aProject(), []);
    expect(lines.slice(2)).toEqual([
      "Electron's window cannot open (there is no display): starting serve mode, for a browser on this computer.",
      'serving  v24',
    ]);
  });

  test('keeps the last build when a source is broken, and says where', async () => {
    const root = aProject();
    await start(root, ['--serve']);
    const built = readFileSync(join(root, 'dist/agent/holdfast-agent.mjs'), 'utf8');
    writeFileSync(join(root, 'agent/main.ts'), 'console.log(;');
    const broken = await start(root, ['--serve']);
    expect(broken.exitCode).toBe(1);
    expect(broken.stderr).toContain('agent/main.ts:1:12');
    expect(broken.stderr).toContain('The build failed; the reason is above.');
    expect(readFileSync(join(root, 'dist/agent/holdfast-agent.mjs'), 'utf8')).toBe(built);
    expect(readdirSync(join(root, 'dist')).filter((name) => name.startsWith('.build'))).toEqual([]);
  });

  test('names the sources that are missing', async () => {
    const root = aProject();
    rmSync(join(root, 'renderer'), { recursive: true });
    const { exitCode, stderr } = await start(root, ['--serve']);
    expect(exitCode).toBe(1);
    expect(stderr.split('\n')[0]).toBe('Cannot build without renderer/index.html.');
  });

  test('shows its help without setting anything up', async () => {
    const root = aProject();
    const { exitCode, lines } = await start(root, ['--help']);
    expect(exitCode).toBe(0);
    expect(lines[0]).toBe('Usage: npm start -- [options]');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  test('refuses what it does not know in one line, with exit code 2', async () => {
    const { exitCode, stderr } = await start(aProject(), ['--sample-labs', '3']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(`Unknown option '--sample-labs'. "npm start -- --help" lists the options.`);
  });
});

describe('the build', () => {
  test('leaves programs that run by themselves, and a page that loads nothing but its own files', async () => {
    const root = aProject();
    await start(root, ['--serve']);
    rmSync(join(root, 'node_modules'));
    const agent = await execa(process.execPath, [join(root, 'dist/agent/holdfast-agent.mjs')]);
    expect(agent.stdout).toBe('agent 1');
    expect(readFileSync(join(root, 'dist/electron/main.js'), 'utf8')).toMatch(/from ["']electron["']/);
    expect(readFileSync(join(root, 'dist/electron/preload.cjs'), 'utf8')).toMatch(/require\(["']electron["']\)/);
    expect(readFileSync(join(root, 'dist/electron/migrations/0001-first.sql'), 'utf8')).toContain('create table');
    const page = readFileSync(join(root, 'dist/renderer/index.html'), 'utf8');
    expect(page).toMatch(/<script type="module" blocking="render" crossorigin src="\/assets\/[\w-]+\.js"><\/script>/);
    expect(page).not.toMatch(/<script[^>]*>[^<]/);
    expect(page).not.toMatch(/https?:/);
  });

  test('refuses a preload that needs what a sandboxed one does not have', async () => {
    const root = aProject();
    writeFileSync(join(root, 'electron/shell/preload.ts'), "import { readFileSync } from 'node:fs';\nreadFileSync('x');");
    const { exitCode, stderr } = await start(root, ['--serve']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('preload.ts');
  });
});
