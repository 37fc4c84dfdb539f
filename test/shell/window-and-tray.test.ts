import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clickClose, clickTray, isWindowVisible, questionsAsked, trayLabels, trayShows, windowIsShown } from './in-main.ts';
import { describeOnEachBackEnd, Launcher } from './launch-app.ts';
import { buildWithStandIn } from './stand-in/build.ts';

const goesOn = 'Holdfast goes on running';
const closingQuits = 'Closing this window quits Holdfast';
const quitLine = 'Quit (schedules stop on this computer)';

describeOnEachBackEnd('window and tray', (backEnd) => {
  const launcher = new Launcher(backEnd);
  let app: string;

  beforeAll(async () => {
    app = await buildWithStandIn(launcher.newFolder());
  });
  afterEach(() => launcher.endApps());
  afterAll(() => launcher.end());

  test('the window is shown when its page has been drawn', async () => {
    const { inMain } = await launcher.launchApp({ app });
    await inMain(windowIsShown);
    expect(await inMain(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe('app://holdfast/');
  });

  test('the tray tells how the fleet is, and that quitting stops schedules', async () => {
    const { inMain } = await launcher.launchApp({ app });
    await inMain(trayShows, '2 of 3 machines connected');
    expect(await inMain(trayLabels)).toEqual(['2 of 3 machines connected', 'Open Holdfast', quitLine]);
    expect(await inMain(({ native }) => native.trays[0]?.image?.isEmpty())).toBe(false);
  });

  test('closing the window hides it in the tray, and says once that Holdfast goes on running', async () => {
    const { inMain } = await launcher.launchApp({ app });
    await inMain(trayShows, 'connected');
    await inMain(windowIsShown);
    await inMain(clickClose);
    expect(await inMain(isWindowVisible)).toBe(false);
    expect(await inMain(questionsAsked)).toEqual([goesOn]);
    await inMain(clickTray, 'Open Holdfast');
    expect(await inMain(isWindowVisible)).toBe(true);
    await inMain(clickClose);
    expect(await inMain(isWindowVisible)).toBe(false);
    expect(await inMain(questionsAsked)).toEqual([goesOn]);
  });

  test('what was said once is not said again by the next start', async () => {
    const dataFolder = launcher.newFolder();
    const first = await launcher.launchApp({ app, dataFolder });
    await first.inMain(trayShows, 'connected');
    await first.inMain(windowIsShown);
    await first.inMain(clickClose);
    await first.inMain(clickTray, quitLine);
    await first.ended;
    const second = await launcher.launchApp({ app, dataFolder });
    await second.inMain(trayShows, 'connected');
    await second.inMain(windowIsShown);
    await second.inMain(clickClose);
    expect(await second.inMain(isWindowVisible)).toBe(false);
    expect(await second.inMain(questionsAsked)).toEqual([]);
  });

  test('where no tray shows icons, closing the window quits, and says so once', async () => {
    const dataFolder = launcher.newFolder();
    const first = await launcher.launchApp({ app, dataFolder, tray: false });
    await first.inMain(windowIsShown);
    await first.inMain(clickClose);
    expect(await first.inMain(questionsAsked)).toEqual([closingQuits]);
    expect(await first.inMain(isWindowVisible)).toBe(true);
    await first.inMain(({ native }) => void native.answers.push('Quit'));
    await first.inMain(clickClose);
    expect(await first.ended).toEqual({ code: 0, signal: null });

    const second = await launcher.launchApp({ app, dataFolder, tray: false });
    await second.inMain(windowIsShown);
    await second.inMain(clickClose);
    expect(await second.ended).toEqual({ code: 0, signal: null });
  });
});
