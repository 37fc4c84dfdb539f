import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnEachBackEnd, type LaunchedApp, Launcher } from './launch-app.ts';
import { buildWithStandIn } from './stand-in/build.ts';

describeOnEachBackEnd('the page is confined', (backEnd) => {
  const launcher = new Launcher(backEnd);
  let app: LaunchedApp;
  let page: Page;

  beforeAll(async () => {
    app = await launcher.launchApp({ app: await buildWithStandIn(launcher.newFolder()) });
    page = await app.page();
    await page.getByText('port 1: answered').waitFor();
  });
  afterAll(() => launcher.end());

  test('the window’s page is isolated from the preload, sandboxed and without Node', async () => {
    const preferences = await app.inMain(({ electron }) => {
      const contents = electron.BrowserWindow.getAllWindows()[0]?.webContents;
      // Electron keeps this method for itself, so its types do not have it.
      const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag, spellcheck, devTools } =
        contents === undefined ? {} : Reflect.get(contents, 'getLastWebPreferences').call(contents);
      return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag, spellcheck, devTools };
    });
    expect(preferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
  });

  test('the preload leaves nothing in the page but the port', async () => {
    const found = await page.evaluate(() => {
      const names = [
        'require',
        'module',
        'exports',
        'process',
        'global',
        'Buffer',
        'electron',
        'ipcRenderer',
        'holdfast',
        'sendToElectronDouble',
      ];
      return names.filter((name) => name in window);
    });
    expect(found).toEqual([]);
  });

  test('the page comes from the app’s own protocol', async () => {
    const url = await app.inMain(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.webContents.getURL());
    expect(url).toBe('app://holdfast/');
  });

  test('an inline script does not run', async () => {
    expect(await page.title()).toBe('Stand-in');
  });

  test('text is never run as code', async () => {
    // Later, because what a test evaluates is itself allowed to evaluate.
    const outcome = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      try {
        return String(Function('return "ran"')());
      } catch (error) {
        return error instanceof EvalError ? 'refused' : String(error);
      }
    });
    expect(outcome).toBe('refused');
  });

  test('the page reaches no network, not even its own origin’s', async () => {
    const refused = await page.evaluate(async () => {
      const refusalOf = (url: string) =>
        new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
          fetch(url).then(resolve, () => undefined);
        });
      const addresses = ['https://example.com/', 'http://127.0.0.1:8443/', `${location.origin}/page.js`];
      const refusals: unknown[] = [];
      for (const address of addresses) refusals.push(await refusalOf(address));
      return refusals;
    });
    expect(refused).toEqual(['connect-src', 'connect-src', 'connect-src']);
  });

  test('the page cannot leave for another address', async () => {
    const asked = app.inMain(({ electron }) => {
      const contents = electron.BrowserWindow.getAllWindows()[0]?.webContents;
      return new Promise<{ url: string; prevented: boolean }>((resolve) => {
        contents?.once('will-frame-navigate', (event) => resolve({ url: event.url, prevented: event.defaultPrevented }));
      });
    });
    await page.evaluate(() => {
      location.href = 'https://example.com/elsewhere';
    });
    expect(await asked).toEqual({ url: 'https://example.com/elsewhere', prevented: true });
    expect(await page.textContent('h1')).toBe('Stand-in');
  });

  test('no window opens; only an allowed address goes to the person’s browser, and only when they say so', async () => {
    await app.inMain(({ native }) => {
      native.answers.push('Cancel', 'Open');
    });
    for (const url of [
      'https://example.com/',
      'http://docs.aws.amazon.com/',
      'file:///etc/passwd',
      'https://docs.aws.amazon.com.example.com/',
    ]) {
      await page.evaluate((address) => void window.open(address), url);
    }
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://docs.aws.amazon.com/first', target: '_blank' });
      document.body.append(link);
      link.click();
    });
    await app.inMain(({ native }) => native.when(() => native.questions.length === 1));
    await page.evaluate(() => void window.open('https://docs.aws.amazon.com/second'));
    await app.inMain(({ native }) => native.when(() => native.opened.length === 1));
    expect(await app.inMain(({ native }) => native.opened)).toEqual(['https://docs.aws.amazon.com/second']);
    expect(await app.inMain(({ native }) => native.questions.map(({ detail }) => detail))).toEqual([
      'https://docs.aws.amazon.com/first',
      'https://docs.aws.amazon.com/second',
    ]);
    expect(await app.inMain(({ electron }) => electron.BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('the page gets no permission but to copy text', async () => {
    const states = await page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read', 'clipboard-write'];
      const asked = names.map(async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state]);
      return { ...Object.fromEntries(await Promise.all(asked)), asking: await Notification.requestPermission() };
    });
    expect(states).toEqual({
      notifications: 'denied',
      geolocation: 'denied',
      camera: 'denied',
      microphone: 'denied',
      'clipboard-read': 'denied',
      'clipboard-write': 'granted',
      asking: 'denied',
    });
  });

  test('the page may save a text that it made', async () => {
    const saving = app.inMain(({ electron }) => {
      return new Promise<{ from: string; prevented: boolean }>((resolve) => {
        electron.session.defaultSession.once('will-download', (event, item) => {
          resolve({ from: item.getURL().replace(/[^/]+$/, ''), prevented: event.defaultPrevented });
          // Nobody is here to say where to; the double has nothing to cancel.
          if ('cancel' in item) item.cancel();
        });
      });
    });
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['text']));
      link.download = 'holdfast-agent.mjs';
      link.click();
    });
    expect(await saving).toEqual({ from: 'blob:app://holdfast/', prevented: false });
  });

  test('the page may load itself again, and gets a new port', async () => {
    const loaded = page.waitForEvent('load');
    await page.evaluate(() => location.reload());
    await loaded;
    await page.getByText('port 1: answered').waitFor();
    expect(await page.getByText('answered').count()).toBe(1);
    expect(await page.getByText('closed').count()).toBe(0);
  });
});
