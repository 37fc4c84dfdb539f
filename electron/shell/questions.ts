import { type BrowserWindow, dialog } from 'electron';

/** Closing hides the window, which could be taken for the end of Holdfast. */
export async function explainHiding(window: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'info',
    message: 'Holdfast goes on running',
    detail: 'Schedules and connected machines are served as before. Open the window again, or quit, from Holdfast’s icon in the tray.',
    buttons: ['OK'],
    noLink: true,
  });
}

/** Where no tray shows icons, a hidden window would be lost: closing it quits. */
export async function confirmClosingQuits(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'Closing this window quits Holdfast',
    detail:
      'This desktop has no tray in which Holdfast could go on running. When you quit, schedules stop on this computer until you open Holdfast again. This is said only once.',
    buttons: ['Keep open', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

export async function confirmOpeningOutside(window: BrowserWindow, url: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Open this page in your web browser?',
    detail: url,
    buttons: ['Cancel', 'Open'],
    defaultId: 1,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
