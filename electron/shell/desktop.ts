import { app, type BrowserWindow, dialog, protocol, safeStorage, session, shell } from 'electron';
import type { OfferedVault, Refusal } from '../api/host-messages.ts';
import { ruleClosing } from './closing.ts';
import { type ControllerPlan, linkController } from './controller-link.ts';
import { setApplicationMenu } from './menu.ts';
import { confineSession, keepPagesAtHome } from './navigation.ts';
import { noticesIn } from './notices.ts';
import type { ShellOptions } from './options.ts';
import { servePage } from './page-protocol.ts';
import { ruleQuitting } from './quitting.ts';
import { ownFault } from './refusal.ts';
import { createTray, type StatusTray, type TrayStatus } from './tray.ts';
import { hasTrayHost } from './tray-host.ts';
import { findVault } from './vault.ts';
import { bringToFront, loadPage, openWindow } from './window.ts';

export type DesktopPlan = {
  controllerProgram: string;
  preload: string;
  pageFolder: string;
  /** Electron's own folder below the data folder. */
  ownFolder: string;
  options: ShellOptions;
  /** Tells the person why Holdfast cannot run; it quits after that. */
  refuse: (refusal: Refusal) => void;
};

/** The window, the tray and the controller's process, from the moment the app is ready until it is gone. */
export async function runDesktop(plan: DesktopPlan): Promise<void> {
  const window = openConfinedWindow(plan);
  const icon = trayIcon({ open: () => bringToFront(window), quit: () => app.quit() });
  const refused = (refusal: Refusal) => {
    icon.show({ kind: 'not-reachable', sentence: refusal.title });
    plan.refuse(refusal);
    quitting.fail();
  };
  const link = linkController({
    started: () => link.introduce(window.webContents),
    status: (status) => icon.show({ kind: 'reachable', status }),
    lost: (seconds) =>
      icon.show({ kind: 'not-reachable', sentence: `The controller stopped unexpectedly; starting it again in ${seconds} s` }),
    refused,
  });
  const quitting = ruleQuitting(app, () => {
    window.hide();
    icon.show({ kind: 'stopping' });
    return link.stop();
  });
  ruleClosing(window, {
    notices: noticesIn(plan.ownFolder),
    hasTray: icon.isShown,
    isQuitting: quitting.hasBegun,
    quit: () => app.quit(),
  });
  window.webContents.on('dom-ready', () => link.introduce(window.webContents));
  app.on('activate', () => bringToFront(window));
  app.on('second-instance', () => bringToFront(window));
  const page = loadPage(window).catch((cause: unknown) => {
    // Quitting cuts off a page that is still loading.
    if (!quitting.hasBegun()) refused(ownFault(`the page was not loaded: ${String(cause)}`));
  });
  await Promise.all([page, icon.appear(), controllerPlan(plan).then((controller) => link.start(controller))]);
}

/** Everything that keeps pages inside is in place before there is a page. */
function openConfinedWindow({ pageFolder, preload }: DesktopPlan): BrowserWindow {
  setApplicationMenu(process.platform);
  confineSession(session.defaultSession);
  servePage(protocol, pageFolder);
  keepPagesAtHome(app, (url) => void openOutside(url));
  return openWindow(preload);
}

async function openOutside(url: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Open this page in your web browser?',
    detail: url,
    buttons: ['Cancel', 'Open'],
    defaultId: 1,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openExternal(url);
}

async function controllerPlan({ controllerProgram, options }: DesktopPlan): Promise<ControllerPlan> {
  const vault = await findVault(safeStorage, process.platform);
  const offered: OfferedVault = vault.kind === 'found' ? 'safe-storage' : 'none';
  const reason = vault.kind === 'found' ? [] : ['--no-vault-because', vault.because];
  return {
    program: controllerProgram,
    args: ['--data', options.dataFolder, ...options.forController, '--vault', offered, ...reason],
    vault,
  };
}

/** The tray's icon appears as soon as it is known that somebody would see it. */
function trayIcon(actions: Parameters<typeof createTray>[0]): {
  isShown(): boolean;
  show(status: TrayStatus): void;
  appear(): Promise<void>;
} {
  let tray: StatusTray | null = null;
  let latest: TrayStatus = { kind: 'starting' };
  return {
    isShown: () => tray !== null,
    show(status) {
      latest = status;
      tray?.show(status);
    },
    async appear() {
      if (!(await hasTrayHost(process.platform))) return;
      tray = createTray(actions);
      tray.show(latest);
    },
  };
}
