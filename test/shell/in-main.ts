import type { BrowserWindow } from 'electron';
import type { Main } from './running-app.ts';

/**
 * What tests do in main, as a person would with the mouse. Each travels there as text, so each stands on its own.
 */

export function clickClose({ electron }: Main): void {
  electron.BrowserWindow.getAllWindows()[0]?.close();
}

export function isWindowVisible({ electron }: Main): boolean {
  return electron.BrowserWindow.getAllWindows()[0]?.isVisible() ?? false;
}

export function windowIsShown({ electron }: Main): Promise<void> {
  return new Promise((resolve) => {
    const window: BrowserWindow | undefined = electron.BrowserWindow.getAllWindows()[0];
    if (window?.isVisible()) resolve();
    else window?.once('show', () => resolve());
  });
}

export function clickTray({ native }: Main, label: string): void {
  const item = native.trays[0]?.menu?.items.find((line) => line.label === label);
  if (item === undefined) throw new Error(`the tray's menu has no line ‘${label}’`);
  item.click();
}

export function trayLabels({ native }: Main): string[] {
  return native.trays[0]?.menu?.items.filter(({ type }) => type !== 'separator').map(({ label }) => label) ?? [];
}

export function trayShows({ native }: Main, text: string): Promise<void> {
  return native.when(() => native.trays[0]?.toolTip.includes(text) ?? false);
}

export function questionsAsked({ native }: Main): string[] {
  return native.questions.map(({ message }) => message);
}

export function controllerPid({ electron }: Main): number {
  return electron.app.getAppMetrics().find(({ name }) => name === 'Holdfast controller')?.pid ?? 0;
}
