import { describe, expect, test } from 'vitest';
import { drawTrayIcon, type TrayMark } from '../../electron/shell/tray-icon.ts';

const marks: readonly TrayMark[] = ['plain', 'working', 'attention', 'starting', 'not-reachable'];

/** Which pixels are there at all: what is left of a picture in the menu bar of macOS. */
const shapeOf = (mark: TrayMark) => drawTrayIcon(mark, { size: 16, style: 'template' }).filter((_byte, index) => index % 4 === 3);

describe('the tray’s icon', () => {
  test.each([16, 22, 32, 44])('has four bytes for each of %i × %i pixels', (size) => {
    expect(drawTrayIcon('plain', { size, style: 'coloured' })).toHaveLength(size * size * 4);
  });

  test('colours are premultiplied: none is brighter than its opacity', () => {
    for (const mark of marks) {
      const bytes = drawTrayIcon(mark, { size: 22, style: 'coloured' });
      for (let pixel = 0; pixel < bytes.length; pixel += 4) {
        expect(Math.max(...bytes.subarray(pixel, pixel + 3))).toBeLessThanOrEqual(bytes[pixel + 3] ?? 0);
      }
    }
  });

  test('what wants a person differs from what does not by shape, not by colour alone', () => {
    const shapes = (['plain', 'working', 'attention', 'not-reachable'] as const).map((mark) => Buffer.from(shapeOf(mark)).toString('hex'));
    expect(new Set(shapes).size).toBe(4);
  });
});
