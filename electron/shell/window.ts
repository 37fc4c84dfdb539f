import { BrowserWindow, nativeTheme } from 'electron';
import { PAGE_URL } from './page-protocol.ts';
import { reviveDeadPages } from './page-revival.ts';

/** The page's own background in each theme, so that nothing flashes before it is drawn. */
const background = { light: '#f5f4ef', dark: '#0e1517' };

/** The app's only window; shown when its page has been drawn for the first time. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Holdfast',
    width: 1280,
    height: 832,
    minWidth: 480,
    minHeight: 400,
    show: false,
    backgroundColor: currentBackground(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  const followTheme = () => window.setBackgroundColor(currentBackground());
  nativeTheme.on('updated', followTheme);
  window.once('closed', () => nativeTheme.off('updated', followTheme));
  reviveDeadPages(window);
  return window;
}

/** Resolves when the page is there; it is always the same page. */
export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(PAGE_URL);
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function currentBackground(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}
