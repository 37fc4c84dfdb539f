import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeInstanceLock } from '../../../../electron/controller/store/instance-lock.ts';
import { runUntilItSays } from './child-program.ts';
import { temporaryFolder } from './temporary-database.ts';

const lockFile = () => join(temporaryFolder(), 'instance.lock');

test('only one may hold the lock, and the next one may when it is released', () => {
  const file = lockFile();
  const first = takeInstanceLock(file);
  expect(first).not.toBeNull();
  expect(takeInstanceLock(file)).toBeNull();
  first?.release();
  const second = takeInstanceLock(file);
  expect(second).not.toBeNull();
  second?.release();
});

test('a refused try does not loosen the lock', async () => {
  const file = lockFile();
  const lock = takeInstanceLock(file);
  expect(takeInstanceLock(file)).toBeNull();
  const other = await runUntilItSays('hold-instance-lock.ts', [file], 'refused');
  await other.kill();
  lock?.release();
});

test('a process that is killed with -9 holds its lock to the end and leaves it free', async () => {
  const file = lockFile();
  const other = await runUntilItSays('hold-instance-lock.ts', [file], 'held');
  expect(takeInstanceLock(file)).toBeNull();
  await other.kill();
  const lock = takeInstanceLock(file);
  expect(lock).not.toBeNull();
  lock?.release();
});

test('a lock that cannot be made is a fault that names the folder', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'instance.lock'));
  const fault = expect.objectContaining({ name: 'Fault', code: 'E-DATA-FOLDER' });
  expect(() => takeInstanceLock(join(folder, 'missing', 'instance.lock'))).toThrow(fault);
  expect(() => takeInstanceLock(join(folder, 'instance.lock'))).toThrow(fault);
});
