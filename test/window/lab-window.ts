import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';
import { findChromium } from '../../build/bootstrap/chromium.mjs';
import { projectPath } from '../project-root.ts';
import { ServedApp } from '../system/served-app.ts';

export type ColorScheme = 'light' | 'dark';

/** The app in serve mode as a process, with sample nodes, and its window in a real browser. */
export class LabWindow {
  readonly app: ServedApp;
  readonly page: Page;
  /** What the page complained of, and whatever it asked for that is not on this computer. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #context: BrowserContext;

  private constructor(app: ServedApp, opened: { browser: Browser; context: BrowserContext; page: Page }) {
    this.app = app;
    this.#browser = opened.browser;
    this.#context = opened.context;
    this.page = opened.page;
    this.#listen(opened.page);
  }

  static async open(settings: { sampleNodes: number; colorScheme?: ColorScheme; width?: number }): Promise<LabWindow> {
    const app = await ServedApp.start({ args: ['--hub-port', '0', '--sample-lab', String(settings.sampleNodes)] });
    const executablePath = findChromium();
    if (executablePath === null) throw new Error('There is no Chromium: npm test says how to install it.');
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const viewport = { width: settings.width ?? 1280, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme: settings.colorScheme ?? 'light', acceptDownloads: true });
    context.setDefaultTimeout(20_000);
    const lab = new LabWindow(app, { browser, context, page: await context.newPage() });
    await lab.page.goto(await app.link());
    await lab.page.getByRole('heading', { level: 1 }).waitFor();
    return lab;
  }

  /** Goes to a page by its address, as a link in the page does. */
  async go(hash: string): Promise<void> {
    await this.page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Waits until this many nodes are shown as connected. */
  async nodesOnline(count: number): Promise<void> {
    await this.go('#/nodes');
    await this.page
      .getByRole('row')
      .filter({ hasText: 'Connected' })
      .nth(count - 1)
      .waitFor();
  }

  /** Waits until nothing on the page is still loading or moving, as a person would before looking. */
  async settled(): Promise<void> {
    await this.page.locator('[aria-busy="true"], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await this.#atRest();
  }

  /** A second window without the session of the first. */
  stranger(): Promise<Page> {
    return this.#browser.newContext().then((context) => context.newPage());
  }

  /** Faults of accessibility that axe finds on the page as it is. */
  async accessibilityFaults(): Promise<string[]> {
    await this.#atRest();
    // By the developer tools' own way, which the page's content policy does not reach.
    const session = await this.#context.newCDPSession(this.page);
    await session.send('Runtime.evaluate', { expression: axeSource });
    const expression = `axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).slice(0, 5).join(' | '))))`;
    const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    await session.detach();
    const faults: unknown = JSON.parse(String(result.value));
    if (!Array.isArray(faults)) throw new Error('axe gave no list');
    return faults.map(String);
  }

  /** At rest, with a picture of it kept for a person to look at, and with nothing wrong by axe. */
  async looksRight(name: string): Promise<void> {
    await this.settled();
    const colorScheme = await this.page.locator('html').getAttribute('data-mantine-color-scheme');
    const picture = `${name}-${colorScheme}`;
    await this.page.screenshot({ path: projectPath(`dist/pictures/${picture}.png`) });
    expect(await this.accessibilityFaults(), picture).toEqual([]);
  }

  /** Until nothing fades in or moves any more: half-faded text has no contrast. What turns for ever is not waited for. */
  async #atRest(): Promise<void> {
    await this.page.evaluate(async () => {
      for (;;) {
        // What was put on the page a moment ago begins to move with the next frame.
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        const passing = document
          .getAnimations()
          .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
        if (passing.length === 0) return;
        await Promise.allSettled(passing.map((animation) => animation.finished));
      }
    });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.app.remove();
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (hostname !== '127.0.0.1' && protocol !== 'data:' && protocol !== 'blob:') this.complaints.push(`asked for ${request.url()}`);
    });
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
