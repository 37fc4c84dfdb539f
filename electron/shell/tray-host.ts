import { execFile } from 'node:child_process';

const question = [
  'call',
  '--session',
  '--dest=org.freedesktop.DBus',
  '--object-path=/org/freedesktop/DBus',
  '--method=org.freedesktop.DBus.NameHasOwner',
  'org.kde.StatusNotifierWatcher',
];
const answerWithinMilliseconds = 2000;

/**
 * Whether somebody would see a tray icon. Electron cannot tell on Linux, where some desktops (GNOME without an extension) show none:
 * there the session's bus knows. Without an answer there is none, because a window hidden in a tray that does not exist is lost.
 */
export function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  return new Promise((resolve) => {
    execFile('gdbus', question, { timeout: answerWithinMilliseconds }, (error, stdout) => {
      resolve(error === null && stdout.trim() === '(true,)');
    });
  });
}
