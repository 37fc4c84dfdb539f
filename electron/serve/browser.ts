import { spawn } from 'node:child_process';
import type { ServeLog } from './serve.ts';

/** The program that opens an address in the person's browser; null where there is no display to open it on. */
function opener(): { command: string; args: string[] } | null {
  switch (process.platform) {
    case 'darwin':
      return { command: 'open', args: [] };
    case 'win32':
      return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
    default:
      return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? { command: 'xdg-open', args: [] } : null;
  }
}

/** Opens the link where there is a display. The link is printed anyway, so a failure is only noted. */
export function openInBrowser(link: string, log: ServeLog): void {
  const program = process.env.CI ? null : opener();
  if (program === null) return;
  const child = spawn(program.command, [...program.args, link], { stdio: 'ignore', detached: true });
  child.once('error', (cause) => log.error('browser-not-opened', cause));
  child.unref();
}
