import { Menu } from 'electron';

/**
 * macOS takes copy, paste and quit from a menu; elsewhere the keys work without one, and the page has commands of its own.
 * Electron's default menu would bring developer tools and links to the internet.
 */
export function setApplicationMenu(platform: NodeJS.Platform): void {
  const isNeeded = platform === 'darwin';
  Menu.setApplicationMenu(isNeeded ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null);
}
