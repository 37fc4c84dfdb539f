import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/** Asks a process to end, and ends it when it has not after `graceMilliseconds`. */
export async function endProcess(child: ChildProcess, { signal = 'SIGTERM', graceMilliseconds = 4_000 }: EndOptions = {}): Promise<void> {
  if (isOver(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const killer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
  await exited;
  clearTimeout(killer);
}

type EndOptions = { signal?: NodeJS.Signals; graceMilliseconds?: number };

/** The next message of a forked process; its end is a failure, because nothing more can come. */
export function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      child.off('exit', onExit);
      resolve(message);
    };
    const onExit = (code: number | null, signal: string | null) => {
      child.off('message', onMessage);
      reject(new Error(`${child.spawnargs.at(-1)} ended with ${signal ?? `code ${code}`} before it answered.`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
