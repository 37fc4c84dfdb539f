import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callOffCommand, machineRestarter, restartCommand } from '../../../agent/platform/restart-machine.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';

/** A folder with a program `shutdown` that writes down what it was asked, and does nothing else. */
function fakeShutdown(script = ''): { folder: string; asked: () => string } {
  const folder = aTemporaryPath('bin');
  mkdirSync(folder, { recursive: true });
  const record = join(folder, 'asked');
  writeFileSync(join(folder, 'shutdown'), `#!/bin/sh\nprintf '%s|' "$@" >> ${record}\n${script}\n`, { mode: 0o755 });
  return { folder, asked: () => readFileSync(record, 'utf8') };
}

describe('restarting the machine', () => {
  test('gives people a minute, and says why', async () => {
    const { folder, asked } = fakeShutdown();
    expect(await machineRestarter('Linux', { PATH: folder }).request('because; "it" $must')).toBeNull();
    expect(asked()).toBe('-r|+1|because; "it" $must|');
  });

  test('is refused with what the program said', async () => {
    const { folder } = fakeShutdown('echo "Must be root." >&2; exit 1');
    expect(await machineRestarter('Linux', { PATH: folder }).request('why')).toBe('shutdown ended with 1: Must be root..');
  });

  test('is refused where the search path has no such program, whatever else the machine has', async () => {
    const { folder } = fakeShutdown();
    expect(await machineRestarter('Linux', { PATH: join(folder, 'none') }).request('why')).toBe(
      'There is no program shutdown on this machine.',
    );
    expect(await machineRestarter('Linux', {}).request('why')).toContain('There is no program');
  });

  test('can be called off', async () => {
    const { folder, asked } = fakeShutdown();
    await machineRestarter('Linux', { PATH: folder }).callOff();
    expect(asked()).toBe('-c|');
  });

  test('is asked of Windows as a planned restart, and of macOS as of Linux', () => {
    expect(restartCommand('Windows', 'why')).toEqual({
      program: 'shutdown.exe',
      argumentList: ['/r', '/t', '60', '/d', 'p:4:1', '/c', 'why'],
    });
    expect(restartCommand('MacOS', 'why')).toEqual({ program: 'shutdown', argumentList: ['-r', '+1', 'why'] });
    expect([callOffCommand('Windows'), callOffCommand('MacOS')]).toEqual([{ program: 'shutdown.exe', argumentList: ['/a'] }, null]);
  });
});
