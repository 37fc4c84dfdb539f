import type { BrowserWindowConstructorOptions } from 'electron';
import type { BrowserContext } from 'playwright-core';
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

/** All that pages ask of the network goes through here: navigations and files. */
export async function superviseBrowser(browser: BrowserContext): Promise<void> {
  await browser.route('**/*', async (route) => {
    const page = route.request().frame().page();
    const contents = [...open].map(({ webContents }) => webContents).find((shown) => shown.isShownIn(page));
    if (contents === undefined) throw new Error(`no window of the app shows the page that asks for ${route.request().url()}`);
    if (route.request().isNavigationRequest() && !contents.mayNavigate(route.request())) return route.abort('aborted');
    return answerRequest(route);
  });
}
