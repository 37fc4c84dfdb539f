import { type BrowserWindow, dialog } from 'electron';
import type { Notices } from './notices.ts';

export type ClosingRule = {
  notices: Notices;
  /** Whether a tray shows Holdfast's icon, from which a hidden window comes back. */
  hasTray: () => boolean;
  isQuitting: () => boolean;
  quit: () => void;
};

/** The window's close button: hides it where there is a tray, quits where there is none, and says once which of the two. */
export function ruleClosing(window: BrowserWindow, rule: ClosingRule): void {
  let isAsking = false;
  window.on('close', (event) => {
    if (rule.isQuitting()) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void (rule.hasTray() ? hide(window, rule) : quit(window, rule)).finally(() => {
      isAsking = false;
    });
  });
}

async function hide(window: BrowserWindow, { notices }: ClosingRule): Promise<void> {
  if (!notices.wasSeen('closing-hides')) {
    notices.remember('closing-hides');
    await dialog.showMessageBox(window, {
      type: 'info',
      message: 'Holdfast goes on running',
      detail: 'Schedules run and machines report as before. Open the window again, or quit, from Holdfast’s icon in the tray.',
      buttons: ['OK'],
      noLink: true,
    });
  }
  window.hide();
}

async function quit(window: BrowserWindow, rule: ClosingRule): Promise<void> {
  if (!rule.notices.wasSeen('closing-quits')) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'Closing this window quits Holdfast',
      detail:
        'This desktop has no tray in which Holdfast could go on running. Schedules stop on this computer until you open Holdfast again.',
      buttons: ['Keep open', 'Quit'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response !== 1) return;
    rule.notices.remember('closing-quits');
  }
  rule.quit();
}
