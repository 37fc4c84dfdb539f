import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isRunning } from '../builders/living-processes.ts';
import { clickTray, trayShows } from './in-main.ts';
import { describeOnEachBackEnd, type LaunchedApp, Launcher } from './launch-app.ts';
import { buildWithStandIn } from './stand-in/build.ts';

const quitLine = 'Quit (schedules stop on this computer)';

/** The process number that the page was answered with, over its nth port. */
async function controllerPid(app: LaunchedApp, port: number): Promise<number> {
  const page = await app.page();
  const line = page.getByText(`port ${port}: answered by`);
  await line.waitFor();
  return Number((await line.textContent())?.split(' ').at(-1));
}

describeOnEachBackEnd('the controller’s process', (backEnd) => {
  const launcher = new Launcher(backEnd);
  let app: string;

  beforeAll(async () => {
    app = await buildWithStandIn(launcher.newFolder());
  });
  afterEach(() => launcher.endApps());
  afterAll(() => launcher.end());

  test('a controller that crashes is started again, and the window goes on with a new port', async () => {
    const running = await launcher.launchApp({ app });
    const first = await controllerPid(running, 1);
    const toldInTray = running.inMain(trayShows, 'The controller stopped unexpectedly');
    const page = await running.page();
    await page.evaluate(() => {
      Reflect.get(window, 'controller').crash();
    });
    await page.getByText('port 1: closed').waitFor();
    await toldInTray;
    const second = await controllerPid(running, 2);
    expect(second).not.toBe(first);
    await running.inMain(trayShows, '2 of 3 machines connected');
  });

  test('a controller that is killed is started again', async () => {
    const running = await launcher.launchApp({ app });
    process.kill(await controllerPid(running, 1), 'SIGKILL');
    expect(isRunning(await controllerPid(running, 2))).toBe(true);
  });

  test.each([
    ['quitting from the tray', (running: LaunchedApp) => running.inMain(clickTray, quitLine)],
    ['Ctrl-C', async (running: LaunchedApp) => running.signal('SIGINT')],
    ['a request to terminate', async (running: LaunchedApp) => running.signal('SIGTERM')],
  ])('%s ends the app and the controller', async (_how, quit) => {
    const running = await launcher.launchApp({ app });
    await running.inMain(trayShows, 'connected');
    const pid = await controllerPid(running, 1);
    await quit(running);
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(isRunning(pid)).toBe(false);
  });

  test('a controller that does not stop when asked is ended within five seconds', async () => {
    const running = await launcher.launchApp({ app, env: { HOLDFAST_STAND_IN: 'hang' } });
    await running.inMain(trayShows, 'connected');
    const pid = await controllerPid(running, 1);
    const asked = performance.now();
    running.signal('SIGINT');
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(isRunning(pid)).toBe(false);
  });

  test('what keeps the controller from running is told with its remedy, and the app quits', async () => {
    const ending = await launcher.runToEnd({ app, dataFolder: launcher.newFolder(), env: { HOLDFAST_STAND_IN: 'refuse' } });
    expect(ending.code).toBe(1);
    expect(ending.output).toContain('[error box] The cellar is flooded. | Pump it dry.  E-TEST');
    expect(ending.output).toContain('The cellar is flooded. Pump it dry. (E-TEST)');
  });

  test('a controller that never gets ready is not started for ever', async () => {
    const ending = await launcher.runToEnd({ app, dataFolder: launcher.newFolder(), env: { HOLDFAST_STAND_IN: 'crash' } });
    expect(ending.code).toBe(1);
    expect(ending.output).toContain('the controller ended with code 3');
    expect(ending.output).toContain('E-INTERNAL');
  });
});
