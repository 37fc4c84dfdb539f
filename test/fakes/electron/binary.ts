import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/**
 * Stands in for Electron's binary: `node binary.ts [-r module | switch of Chromium]… <folder of the app> [arguments]`. Started with a channel to a test,
 * it tells where its browser can be reached and runs in main what the test asks for, as Playwright does with the real binary.
 */

const electronUrl = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const isElectron = specifier === 'electron' || specifier === 'electron/main';
    return isElectron ? { url: electronUrl, shortCircuit: true } : next(specifier, context);
  },
});

type Asked = { id: number; text: string; argument: unknown };

const { requires, app: folder, rest } = readCommandLine(process.argv.slice(2));
process.argv = [process.execPath, folder, ...rest];
for (const file of requires) createRequire(import.meta.url)(resolve(file));

const { app } = await import('./app.ts');
const { superviseBrowser } = await import('./browser-window.ts');
const { lifecycle } = await import('./lifecycle.ts');

const profile = mkdtempSync(join(tmpdir(), 'holdfast-double-'));
process.on('exit', () => rmSync(profile, { recursive: true, force: true }));
process.on('disconnect', () => app.exit(1));
process.on('message', (asked) => void answer(asked as Asked));

const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
await import(pathToFileURL(join(folder, main)).href);
lifecycle.browser = await openBrowser();
app.becomeReady();
const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
process.send?.({ browser: `http://127.0.0.1:${port}` });

async function openBrowser() {
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.HOLDFAST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--remote-debugging-port=0', '--disable-component-update', '--no-first-run'],
    userAgent: 'Chrome Electron/45.4.1 (double)',
    viewport: { width: 1280, height: 832 },
    // The app ends its browser, on these signals too, after it has stopped the controller.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  await superviseBrowser(browser);
  return browser;
}

async function answer({ id, text, argument }: Asked): Promise<void> {
  try {
    const electron = await import('./electron.ts');
    const value: unknown = await Reflect.apply(Function(`return (${text});`)(), undefined, [electron, argument]);
    process.send?.({ id, value });
  } catch (error) {
    process.send?.({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function readCommandLine(words: readonly string[]): { requires: readonly string[]; app: string; rest: readonly string[] } {
  const requires: string[] = [];
  let position = 0;
  for (; words[position]?.startsWith('-'); position += 1) {
    if (words[position] !== '-r') continue;
    position += 1;
    requires.push(words[position] ?? '');
  }
  return { requires, app: resolve(words[position] ?? '.'), rest: words.slice(position + 1) };
}
