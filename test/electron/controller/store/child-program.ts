import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export type ChildProgram = { kill(): Promise<void> };

/** Starts a program of this folder in a process of its own, and answers when it has printed the line. */
export async function runUntilItSays(file: string, args: readonly string[], line: string): Promise<ChildProgram> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  for await (const said of createInterface(child.stdout)) if (said === line) return { kill };
  throw new Error(`${file} ended without saying “${line}”`);
}
