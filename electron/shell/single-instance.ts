import type { App } from 'electron';

/**
 * One app per data folder: the lock lies in Electron's own folder, which lies there. A second start asks the first to show itself;
 * of what the second was given, nothing is used.
 */
export function isFirstInstance(app: App, showWindow: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', showWindow);
  return true;
}
