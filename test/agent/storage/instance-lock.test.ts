import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isInstanceRunning, takeInstanceLock } from '../../../agent/storage/instance-lock.ts';
import { anAgentFolder } from '../../builders/agent-folder.ts';
import { projectPath } from '../../project-root.ts';

const alreadyRunning = expect.objectContaining({ code: 'E-ALREADY-RUNNING' });

test('a data folder has one agent at a time', async () => {
  const folder = anAgentFolder();
  const lock = await takeInstanceLock(folder);
  await expect(takeInstanceLock(folder)).rejects.toEqual(alreadyRunning);
  expect(await isInstanceRunning(folder)).toBe(true);
  lock.release();
  expect(await isInstanceRunning(folder)).toBe(false);
  (await takeInstanceLock(folder)).release();
});

test('looking at a folder that was never used says that nothing runs', async () => {
  expect(await isInstanceRunning(anAgentFolder())).toBe(false);
});

test('the lock of an agent that was killed is free', async () => {
  const folder = anAgentFolder();
  const module = JSON.stringify(projectPath('agent/storage/instance-lock.ts'));
  const program = `import(${module}).then(async (lock) => { await lock.takeInstanceLock(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000); })`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  expect(await isInstanceRunning(folder)).toBe(true);
  await expect(takeInstanceLock(folder)).rejects.toEqual(alreadyRunning);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await isInstanceRunning(folder)).toBe(false);
  (await takeInstanceLock(folder)).release();
});
