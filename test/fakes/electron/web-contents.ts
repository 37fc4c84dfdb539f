import type { BrowserContext, Page, Request as PageRequest } from 'playwright-core';
import { app } from './app.ts';
import { ModelledEvents, preventable } from './modelled.ts';
import { PageBridge } from './page-bridge.ts';
import { answerWishes } from './page-wishes.ts';
import type { MessagePortMain } from './ports.ts';
import { defaultSession, inBrowser, inMain } from './session.ts';

const contentsEvents = [
  'dom-ready',
  'render-process-gone',
  'will-attach-webview',
  'will-frame-navigate',
  'will-redirect',
  'did-finish-load',
];

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** A window's page: a tab of Chromium, with the preload in a world of its own. */
export class WebContents extends ModelledEvents {
  readonly session = defaultSession;
  private readonly preferences: object;
  private readonly shown: Promise<{ page: Page; bridge: PageBridge }>;
  private bridge: PageBridge | null = null;
  private page: Page | null = null;
  private url = '';
  private ownNavigations = 0;
  private openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(browser: BrowserContext, preferences: { preload?: string }) {
    super(contentsEvents);
    this.preferences = preferences;
    this.shown = this.openPage(browser, preferences.preload ?? '');
    app.emit('web-contents-created', {}, this);
  }

  getURL(): string {
    return this.url;
  }

  getLastWebPreferences(): object {
    return this.preferences;
  }

  isDestroyed(): boolean {
    return this.page?.isClosed() ?? false;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  postMessage(channel: string, message: unknown, ports: readonly MessagePortMain[] = []): void {
    if (this.bridge === null) throw new Error('the double of electron posts only to a page that is there');
    this.bridge.post(channel, message, ports);
  }

  async loadURL(url: string): Promise<void> {
    const { page } = await this.shown;
    this.ownNavigations += 1;
    await page.goto(inBrowser(url));
  }

  isShownIn(page: Page): boolean {
    return page === this.page;
  }

  /** Whether the app lets a page go where it wants to; what the app itself opens is not asked about. */
  mayNavigate(request: PageRequest): boolean {
    const isMainFrame = request.frame() === this.page?.mainFrame();
    if (isMainFrame && this.ownNavigations > 0) {
      this.ownNavigations -= 1;
      return true;
    }
    const event = preventable({ url: inMain(request.url()), isMainFrame, isSameDocument: false });
    this.emit(request.redirectedFrom() === null ? 'will-frame-navigate' : 'will-redirect', event);
    return !event.defaultPrevented;
  }

  /** A window that the page wants is asked for and never shown: only a refusal is modelled. */
  refuseWindow(url: string): void {
    const { action } = this.openHandler({ url: inMain(url) });
    if (action !== 'deny') throw new Error(`the double of electron cannot open a window for ${url}`);
  }

  private async openPage(browser: BrowserContext, preload: string): Promise<{ page: Page; bridge: PageBridge }> {
    const page = await browser.newPage();
    this.page = page;
    const bridge = await PageBridge.open(browser, page, preload);
    this.bridge = bridge;
    await answerWishes(page, this);
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.url = inMain(frame.url());
    });
    page.on('domcontentloaded', () => this.emit('dom-ready'));
    page.on('load', () => this.emit('did-finish-load'));
    page.on('download', (download) => {
      const event = preventable({});
      this.session.emit('will-download', event, { getURL: () => inMain(download.url()) }, this);
      if (event.defaultPrevented) void download.cancel();
    });
    return { page, bridge };
  }
}
