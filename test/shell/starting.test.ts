import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clickClose, isWindowVisible, trayShows, windowIsShown } from './in-main.ts';
import { describeOnEachBackEnd, type LaunchedApp, Launcher } from './launch-app.ts';
import { buildWithStandIn } from './stand-in/build.ts';

async function argumentsOfController(app: LaunchedApp): Promise<string[]> {
  const page = await app.page();
  await page.getByText('port 1: answered').waitFor();
  return page.evaluate(async () => (await Reflect.get(window, 'controller').whoAreYou()).argumentsGiven);
}

describeOnEachBackEnd('starting', (backEnd) => {
  const launcher = new Launcher(backEnd);
  let app: string;

  beforeAll(async () => {
    app = await buildWithStandIn(launcher.newFolder());
  });
  afterEach(() => launcher.endApps());
  afterAll(() => launcher.end());

  test('a second start on the same data folder shows the first window and ends', async () => {
    const first = await launcher.launchApp({ app });
    await first.inMain(trayShows, 'connected');
    await first.inMain(windowIsShown);
    await first.inMain(clickClose);
    expect(await first.inMain(isWindowVisible)).toBe(false);

    const second = await launcher.runToEnd({ app, dataFolder: first.dataFolder });
    expect(second.code).toBe(0);
    expect(second.output).toContain(`Holdfast is running already on ${first.dataFolder}`);
    await first.inMain(windowIsShown);
  });

  test('two data folders are two apps', async () => {
    const [first, second] = [await launcher.launchApp({ app }), await launcher.launchApp({ app })];
    await first.inMain(trayShows, 'connected');
    await second.inMain(trayShows, 'connected');
    expect(first.pid).not.toBe(second.pid);
  });

  test('the controller is told the data folder and the options, and nothing that was not ours', async () => {
    const running = await launcher.launchApp({ app, options: ['--hub-port', '0', '--sample-lab', '3', '--port', '9', 'rm'] });
    const told = await argumentsOfController(running);
    expect(told).toEqual(['--data', running.dataFolder, '--hub-port', '0', '--sample-lab', '3', '--vault', expect.any(String)]);
  });

  test('Electron’s own files lie in the data folder, for this user alone', async () => {
    const running = await launcher.launchApp({ app });
    await running.inMain(trayShows, 'connected');
    const folder = join(running.dataFolder, 'window');
    expect(await running.inMain(({ electron }) => electron.app.getPath('userData'))).toBe(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('an option without a sensible value is refused before anything is started', async () => {
    const ending = await launcher.runToEnd({ app, dataFolder: launcher.newFolder(), options: ['--hub-port', 'ninety'] });
    expect(ending.code).toBe(2);
    expect(ending.output).toContain('--hub-port cannot be ninety');
  });

  test('a data folder that cannot be made is told with its remedy', async () => {
    const dataFolder = join(launcher.newFolder(), 'a-file');
    writeFileSync(dataFolder, '');
    const ending = await launcher.runToEnd({ app, dataFolder });
    expect(ending.code).toBe(1);
    expect(ending.output).toContain('[error box]');
    expect(ending.output).toContain(dataFolder);
    expect(ending.output).toContain('E-DATA-FOLDER');
  });
});
