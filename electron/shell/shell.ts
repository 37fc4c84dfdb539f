import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import type { Refusal } from '../api/host-messages.ts';
import { Fault } from '../domain/faults.ts';
import { runDesktop } from './desktop.ts';
import { BadOption, readShellOptions, type ShellOptions } from './options.ts';
import { declarePageScheme } from './page-protocol.ts';
import { refusalOf } from './refusal.ts';

/** The programs and files that the shell starts and shows; it looks into none of them. */
export type ShellFiles = { controllerProgram: string; preload: string; pageFolder: string; defaultDataFolder: string };

/** Has to run while the app is starting: some of this Electron takes only before it is ready. */
export function startShell(files: ShellFiles): void {
  // Also the name under which the computer's key store keeps this app's key: never change it.
  app.setName('Holdfast');
  const options = optionsOrExit(files.defaultDataFolder);
  const ownFolder = options === null ? null : ownFolderOrExit(options.dataFolder);
  if (options === null || ownFolder === null) return;
  app.setPath('userData', ownFolder);
  app.enableSandbox();
  declarePageScheme(protocol);
  // One app per data folder: the lock lies in Electron's own folder, and the first is told that there was a second.
  if (!app.requestSingleInstanceLock()) {
    process.stdout.write(`Holdfast is running already on ${options.dataFolder}: its window has been brought to the front.\n`);
    app.exit(0);
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  void app.whenReady().then(() => runDesktop({ ...files, ownFolder, options, refuse: tellRefusal }));
}

/** In the terminal for who started it there, and in a box for everyone else. */
function tellRefusal({ code, title, remedy }: Refusal): void {
  process.stderr.write(`${title} ${remedy} (${code})\n`);
  dialog.showErrorBox(title, `${remedy}\n\n${code}`);
}

function optionsOrExit(defaultDataFolder: string): ShellOptions | null {
  try {
    return readShellOptions(process.argv, defaultDataFolder);
  } catch (error) {
    if (!(error instanceof BadOption)) throw error;
    process.stderr.write(`${error.message}\n`);
    app.exit(2);
    return null;
  }
}

/** Electron's own files lie below the data folder, so that all that Holdfast keeps on a computer is in one place. */
function ownFolderOrExit(dataFolder: string): string | null {
  const folder = join(dataFolder, 'window');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    tellRefusal(refusalOf(new Fault('E-DATA-FOLDER', { folder: dataFolder, cause }, { cause: error })));
    app.exit(1);
    return null;
  }
}
