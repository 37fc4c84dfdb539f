import { createServer } from 'node:net';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectPath } from '../project-root.ts';
import { listening } from './listening.ts';
import { clientByLink, ServedApp } from './served-app.ts';

let app: ServedApp;

beforeEach(async () => {
  app = await ServedApp.start();
});

afterEach(() => app.remove());

const secondStart = (args: string[]) =>
  execa(process.execPath, [projectPath('dist/electron/serve-main.js'), ...args], { reject: false, env: { CI: 'true' } });

test('it prints one link, which opens one window, and Ctrl-C ends everything within five seconds', async () => {
  const link = await app.link();
  const client = await clientByLink(link);
  expect((await client.site.facts()).dataFolder).toBe(app.dataFolder);
  await expect(clientByLink(link)).rejects.toThrow();
  const { exitCode, tookMs } = await app.interrupt();
  expect(exitCode).toBe(0);
  expect(tookMs).toBeLessThan(5000);
});

test('a second start on the same data folder says that one is running already, and where', async () => {
  const first = new URL(await app.link());
  const second = await secondStart(['--data', app.dataFolder, '--hub-port', '0', '--sample-lab', '2']);
  expect(second.exitCode).not.toBe(0);
  expect(second.stdout).toMatch(/Not applied.*: --hub-port 0, --sample-lab 2\./);
  const link = /already.*: (http\S+)/.exec(second.stdout)?.[1] ?? '';
  expect(new URL(link).origin).toBe(first.origin);
  expect((await (await clientByLink(link)).site.facts()).dataFolder).toBe(app.dataFolder);
});

test('a window port that is in use is named with its option, and nothing is left running', async () => {
  await app.link();
  const other = await listening(createServer(), '127.0.0.1');
  const args = ['--data', `${app.dataFolder}-other`, '--hub-port', '0', '--port', String(other.port)];
  const refused = await secondStart(args);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`Port ${other.port} is in use`) });
  expect(refused.stderr).toContain('--port');
  await other.close();
});
