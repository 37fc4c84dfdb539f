import { once } from 'node:events';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { isRunning } from '../builders/living-processes.ts';
import { projectRoot } from '../project-root.ts';
import { clickTray, controllerPid, trayShows } from './in-main.ts';
import { describeOnEachBackEnd, type LaunchedApp, Launcher } from './launch-app.ts';

const quitLine = 'Quit (schedules stop on this computer)';
const localAgentIsThere = '1 of 1 machine connected';
const programs = [
  'electron/main.js',
  'electron/preload.cjs',
  'electron/controller-process.js',
  'agent/holdfast-agent.mjs',
  'renderer/index.html',
];

/** A port that nothing listens on, so that no Holdfast of this computer is in the way; the same at each start, as agents expect. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

const agentPids = ({ dataFolder }: LaunchedApp): number[] =>
  globSync('**/agent.pid', { cwd: dataFolder }).map((file) => JSON.parse(readFileSync(join(dataFolder, file), 'utf8')).pid);

/** A test leaves no process behind, whatever it finds. */
function killAfterTest(pids: readonly number[]): void {
  onTestFinished(() => {
    for (const pid of pids.filter(isRunning)) process.kill(pid, 'SIGKILL');
  });
}

const keyFile = ({ dataFolder }: LaunchedApp) => JSON.parse(readFileSync(join(dataFolder, 'keys/site-keys.json'), 'utf8'));

/** The window, once it shows what the controller knows: this computer, as the site's first node. */
async function pageWithLocalNode(app: LaunchedApp): Promise<Page> {
  const page = await app.page();
  await page.evaluate(() => {
    location.hash = '#/nodes';
  });
  await page.getByRole('row', { name: 'This computer' }).getByText('Connected').waitFor();
  return page;
}

describeOnEachBackEnd('the whole app', (backEnd) => {
  const launcher = new Launcher(backEnd);
  let options: string[];
  const launch = (situation: { dataFolder?: string; keyStore?: boolean } = {}) =>
    launcher.launchApp({ app: projectRoot, options, keyStore: backEnd.hasKeyStore, ...situation });

  beforeAll(async () => {
    options = ['--hub-port', String(await freePort())];
    const missing = programs.filter((program) => !existsSync(join(projectRoot, 'dist', program)));
    if (missing.length > 0) throw new Error(`dist/${missing[0]} is missing: run npm run build first`);
  });
  afterEach(() => launcher.endApps());
  afterAll(() => launcher.end());

  test('the first start makes a site, adds this computer as its first node, and shows it', async () => {
    const app = await launch();
    const problems: string[] = [];
    const page = await app.page();
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await app.inMain(trayShows, localAgentIsThere);
    await pageWithLocalNode(app);
    expect(problems).toEqual([]);
  });

  test('the controller is killed, and the window goes on with the next one', async () => {
    const app = await launch();
    await app.inMain(trayShows, localAgentIsThere);
    const page = await pageWithLocalNode(app);
    const first = await app.inMain(controllerPid);
    killAfterTest(agentPids(app));
    process.kill(first, 'SIGKILL');
    await app.inMain(trayShows, 'The controller stopped unexpectedly');
    await app.inMain(trayShows, localAgentIsThere);
    expect(await app.inMain(controllerPid)).not.toBe(first);
    // Another page than before: what it shows can only come from the new controller.
    await page.evaluate(() => {
      location.hash = '#/documents';
    });
    await page.getByText('Holdfast-RunShellScript').first().waitFor();
  });

  test('an agent that outlived a killed controller is taken over, and ended with the app', async () => {
    const app = await launch();
    await app.inMain(trayShows, localAgentIsThere);
    const agents = agentPids(app);
    killAfterTest(agents);
    process.kill(await app.inMain(controllerPid), 'SIGKILL');
    await app.inMain(trayShows, 'The controller stopped unexpectedly');
    await app.inMain(trayShows, localAgentIsThere);
    await app.inMain(clickTray, quitLine);
    await app.ended;
    expect(agents.filter(isRunning)).toEqual([]);
  });

  test('quitting ends window, controller and agents within five seconds', async () => {
    const app = await launch();
    await app.inMain(trayShows, localAgentIsThere);
    const pids = [await app.inMain(controllerPid), ...agentPids(app)];
    expect(pids).toHaveLength(2);
    const asked = performance.now();
    await app.inMain(clickTray, quitLine);
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test.skipIf(!backEnd.hasKeyStore)(
    'the site’s keys are sealed by the computer’s key store, and open again at the next start',
    async () => {
      const first = await launch();
      await first.inMain(trayShows, localAgentIsThere);
      expect(keyFile(first).vault).toBe('safe-storage');
      expect(Buffer.from(keyFile(first).sealed, 'base64').toString('latin1')).not.toContain('PRIVATE KEY');
      await launcher.endApps();

      const second = await launch({ dataFolder: first.dataFolder });
      await second.inMain(trayShows, localAgentIsThere);
    },
  );

  test.skipIf(!backEnd.hasKeyStore)('keys that were sealed are not replaced where the key store is gone', async () => {
    const first = await launch();
    await first.inMain(trayShows, localAgentIsThere);
    const before = keyFile(first);
    await launcher.endApps();

    const { dataFolder } = first;
    const second = await launcher.runToEnd({ app: projectRoot, options, dataFolder, keyStore: false });
    expect(second.code).toBe(1);
    expect(second.output).toContain('E-KEYS-SEALED');
    expect(keyFile(first)).toEqual(before);
  });

  test('a port in use is told with its remedy, and the app ends', async () => {
    const other = createServer().listen(Number(options[1]));
    await once(other, 'listening');
    const ending = await launcher.runToEnd({ app: projectRoot, options, dataFolder: launcher.newFolder() });
    other.close();
    expect(ending.code).toBe(1);
    expect(ending.output).toContain(`[error box] Port ${options[1]} is in use`);
    expect(ending.output).toContain('--hub-port');
  });

  test('a damaged database is told with its remedy, and left as it is', async () => {
    const dataFolder = launcher.newFolder();
    const database = join(dataFolder, 'holdfast.db');
    writeFileSync(database, 'not a database, but long enough to be looked at as one: '.repeat(100));
    const ending = await launcher.runToEnd({ app: projectRoot, options, dataFolder });
    expect(ending.code).toBe(1);
    expect(ending.output).toContain('E-DATABASE-CORRUPT');
    expect(readFileSync(database, 'utf8')).toMatch(/^not a database/);
  });

  test('without a key store, the keys are protected by file modes, and the log says so', async () => {
    const app = await launch({ keyStore: false });
    await app.inMain(trayShows, localAgentIsThere);
    expect(keyFile(app).vault).toBe('file');
    expect(readFileSync(join(app.dataFolder, 'holdfast.log'), 'utf8')).toContain('"event":"keys-not-sealed"');
  });

  test('no private key reaches the page, whatever it is told', async () => {
    const app = await launch({ keyStore: false });
    await app.inMain(trayShows, localAgentIsThere);
    const page = await app.page();
    await page.addInitScript(() => {
      const heard: unknown[] = [];
      Reflect.set(window, 'heard', heard);
      window.addEventListener('message', ({ ports }) => {
        for (const port of ports) port.addEventListener('message', ({ data }) => heard.push(data));
      });
    });
    await page.reload();
    await pageWithLocalNode(app);
    const heard = (await page.evaluate<unknown[]>(() => Reflect.get(window, 'heard'))).map(String).join('\n');
    const { authorityKey, signingKey } = JSON.parse(Buffer.from(keyFile(app).sealed, 'base64').toString('utf8'));
    expect(heard).toContain('mi-');
    for (const pem of [authorityKey, signingKey]) {
      const [, firstLine] = String(pem).split('\n');
      expect(firstLine).toMatch(/^[A-Za-z0-9+/=]{40,}$/);
      expect(heard).not.toContain(firstLine);
    }
    expect(heard).not.toContain('PRIVATE KEY');
  });
});
