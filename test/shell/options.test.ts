import { describe, expect, test } from 'vitest';
import { BadOption, readShellOptions } from '../../electron/shell/options.ts';

const read = (...words: string[]) => readShellOptions(words, '/default');

describe('the options of the desktop app', () => {
  test('without options, the platform’s usual data folder is used', () => {
    expect(read('electron', '/app')).toEqual({ dataFolder: '/default', forController: [] });
  });

  test('what comes before `--` belongs to Electron', () => {
    expect(read('electron', '--data', '/wrong', '/app', '--', '--data', '/lab', '--hub-port', '9443')).toEqual({
      dataFolder: '/lab',
      forController: ['--hub-port', '9443'],
    });
  });

  test('a packaged app is told its options without `--`, among Chromium’s switches', () => {
    expect(read('holdfast', '--enable-features=x', '--sample-lab', '0')).toEqual({
      dataFolder: '/default',
      forController: ['--sample-lab', '0'],
    });
  });

  test('the last of two values counts', () => {
    expect(read('electron', '--', '--data', '/a', '--data', '/b').dataFolder).toBe('/b');
  });

  test.each([
    ['--hub-port', '65536'],
    ['--hub-port', '-1'],
    ['--hub-port', '1e3'],
    ['--sample-lab', '51'],
    ['--sample-lab', ''],
    ['--data', ''],
    ['--data'],
  ])('%s %s is refused', (...words) => {
    expect(() => read('electron', '--', ...words)).toThrow(BadOption);
  });
});
