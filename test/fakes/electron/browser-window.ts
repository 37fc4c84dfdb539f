import type { BrowserWindowConstructorOptions } from 'electron';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { lifecycle } from './lifecycle.ts';
import { ModelledEvents, preventable } from './modelled.ts';
import { answerRequest } from './session.ts';
import { WebContents } from './web-contents.ts';

const open = new Set<BrowserWindow>();

/** A window is what its page is; being shown, focused or minimized is only remembered. */
export class BrowserWindow extends ModelledEvents {
  readonly webContents: WebContents;
  private isShown: boolean;
  private readonly bounds: { width: number; height: number };

  constructor(options: BrowserWindowConstructorOptions) {
    super(['close', 'closed', 'hide', 'ready-to-show', 'show']);
    const browser = lifecycle.shownIn();
    const { width = 800, height = 600, show = true, webPreferences = {} } = options;
    this.bounds = { width, height };
    this.isShown = show;
    this.webContents = new WebContents(browser, webPreferences);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    open.add(this);
  }

  static getAllWindows(): readonly BrowserWindow[] {
    return [...open];
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.isShown = true;
    this.emit('show');
  }

  hide(): void {
    this.isShown = false;
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.isShown;
  }

  focus(): void {
    // Chromium without a screen has no focus to give.
  }

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return !open.has(this);
  }

  getBounds(): { width: number; height: number } {
    return this.bounds;
  }

  setBackgroundColor(colour: string): void {
    if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`the double of electron models colours as #rrggbb, not ${colour}`);
  }

  close(): void {
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return;
    open.delete(this);
    this.emit('closed');
  }
}

/** All that pages ask of the world goes through here: navigations, windows of their own, and files. */
export async function superviseBrowser(browser: BrowserContext): Promise<void> {
  browser.on('page', (page) => {
    // Time for the window that has asked for this page to say so; a page that no window shows was opened by a page.
    setImmediate(() => {
      if (contentsOf(page) === undefined) void page.close();
    });
  });
  await browser.route('**/*', async (route) => {
    const page = pageOf(route);
    const contents = page === null ? undefined : contentsOf(page);
    if (contents === undefined) return refuseWindow(route);
    if (route.request().isNavigationRequest() && !contents.mayNavigate(route.request())) return route.abort('aborted');
    return answerRequest(route);
  });
}

function contentsOf(page: Page): WebContents | undefined {
  return [...open].map(({ webContents }) => webContents).find((contents) => contents.isShownIn(page));
}

/** A new window's first request comes before its page is there. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    return null;
  }
}

async function refuseWindow(route: Route): Promise<void> {
  for (const { webContents } of open) webContents.refuseWindow(route.request().url());
  await route.abort('aborted');
}
