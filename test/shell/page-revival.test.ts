import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { reviveDeadPages } from '../../electron/shell/page-revival.ts';

/** A window whose page dies when a test says so, and counts how often it is loaded again. */
function aWindow() {
  let reloads = 0;
  let isDestroyed = false;
  const webContents = Object.assign(new EventEmitter(), { reload: () => (reloads += 1) });
  // Only what is used of a window.
  reviveDeadPages({ webContents, isDestroyed: () => isDestroyed } as unknown as BrowserWindow);
  return {
    pageDies: (reason: string) => void webContents.emit('render-process-gone', {}, { reason }),
    close: () => {
      isDestroyed = true;
    },
    reloads: () => reloads,
  };
}

test('a page that crashed is loaded again', () => {
  const window = aWindow();
  window.pageDies('crashed');
  window.pageDies('oom');
  expect(window.reloads()).toBe(2);
});

test('a page that left in order, or whose window is closed, stays away', () => {
  const window = aWindow();
  window.pageDies('clean-exit');
  window.close();
  window.pageDies('crashed');
  expect(window.reloads()).toBe(0);
});

test('a page that keeps crashing is not loaded for ever', () => {
  const window = aWindow();
  for (let death = 0; death < 10; death += 1) window.pageDies('crashed');
  expect(window.reloads()).toBe(3);
});
