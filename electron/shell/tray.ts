import { Menu, type NativeImage, nativeImage, Tray } from 'electron';
import type { ControllerStatus } from '../api/host-messages.ts';
import { drawTrayIcon, type TrayMark } from './tray-icon.ts';

export type TrayStatus =
  | { kind: 'starting' }
  | { kind: 'reachable'; status: ControllerStatus }
  | { kind: 'not-reachable'; sentence: string }
  | { kind: 'stopping' };

export type TrayActions = { open: () => void; quit: () => void };

export const QUIT_LABEL = 'Quit (schedules stop on this computer)';

/** The longest tooltip that Windows shows. */
const longestToolTip = 127;

export type StatusTray = { show(status: TrayStatus): void };

export function createTray(actions: TrayActions): StatusTray {
  const tray = new Tray(iconOf('starting'));
  // On macOS a click opens the menu.
  if (process.platform !== 'darwin') tray.on('click', actions.open);
  function show(status: TrayStatus): void {
    const { sentence, mark } = faceOf(status);
    tray.setImage(iconOf(mark));
    tray.setToolTip(`Holdfast — ${sentence}`.slice(0, longestToolTip));
    tray.setContextMenu(menuOf(sentence, actions));
  }
  show({ kind: 'starting' });
  return { show };
}

function menuOf(sentence: string, actions: TrayActions): Menu {
  return Menu.buildFromTemplate([
    { label: sentence, enabled: false },
    { type: 'separator' },
    { label: 'Open Holdfast', click: actions.open },
    { type: 'separator' },
    { label: QUIT_LABEL, click: actions.quit },
  ]);
}

function faceOf(status: TrayStatus): { sentence: string; mark: TrayMark } {
  switch (status.kind) {
    case 'starting':
      return { sentence: 'Starting …', mark: 'starting' };
    case 'stopping':
      return { sentence: 'Stopping …', mark: 'starting' };
    case 'not-reachable':
      return { sentence: status.sentence, mark: 'not-reachable' };
    case 'reachable':
      return { sentence: status.status.sentence, mark: markOf[status.status.health] };
  }
}

const markOf: Record<ControllerStatus['health'], TrayMark> = { fine: 'plain', working: 'working', attention: 'attention' };

function iconOf(mark: TrayMark): NativeImage {
  const isMac = process.platform === 'darwin';
  const size = process.platform === 'linux' ? 22 : 16;
  const bitmap = (pixels: number) => Buffer.from(drawTrayIcon(mark, { size: pixels, style: isMac ? 'template' : 'coloured' }));
  const icon = nativeImage.createFromBitmap(bitmap(size), { width: size, height: size });
  icon.addRepresentation({ scaleFactor: 2, width: size * 2, height: size * 2, buffer: bitmap(size * 2) });
  icon.setTemplateImage(isMac);
  return icon;
}
