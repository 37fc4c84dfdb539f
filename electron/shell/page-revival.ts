import type { BrowserWindow } from 'electron';

/** A page that dies more often than this in one window has a reason that another try will not mend. */
const mostRevivals = 3;

/** A page's process can die, for want of memory or by a fault of Chromium; the window then loads the page again. */
export function reviveDeadPages(window: Pick<BrowserWindow, 'webContents' | 'isDestroyed'>): void {
  let revivals = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || revivals === mostRevivals) return;
    revivals += 1;
    window.webContents.reload();
  });
}
