import { closeSync, openSync, readSync } from 'node:fs';
import type { Machine } from '../inventory/machine.ts';
import type { ActionContext } from '../steps/action.ts';
import { findProgram, runCommand } from '../steps/command.ts';

/** The system's own files are small; apk's database is the largest of them. */
const MOST_FILE_BYTES = 8 * 1024 * 1024;
const PROGRAM_SECONDS = 120;

function read(file: string): string | null {
  try {
    const handle = openSync(file, 'r');
    try {
      // Files of the kernel do not say how long they are.
      const bytes = Buffer.alloc(64 * 1024);
      const parts: Buffer[] = [];
      for (let total = 0; total < MOST_FILE_BYTES; ) {
        const length = readSync(handle, bytes, 0, bytes.length, null);
        if (length === 0) break;
        parts.push(Buffer.from(bytes.subarray(0, length)));
        total += length;
      }
      return Buffer.concat(parts).toString('utf8');
    } finally {
      closeSync(handle);
    }
  } catch {
    // Not on this system, or not for this user: whoever asks does without.
    return null;
  }
}

/** This node, for those who collect; what goes wrong is said in the step's output. */
export function inventoryMachine(context: ActionContext): Machine {
  const warn = (problem: string): void => context.stderr.write(Buffer.from(`${problem}\n`));
  return {
    platform: context.platform,
    environment: context.environment,
    find: (name) => findProgram(name, context),
    read,
    warn,
    async run(program, argumentList) {
      if (context.signal.aborted) return null;
      const ended = await runCommand({ program, argumentList, timeoutSeconds: PROGRAM_SECONDS }, context);
      if (ended.kind === 'exited' && ended.exitCode === 0) return ended.stdout;
      if (ended.kind === 'exited') warn(`${program} ended with ${ended.exitCode}: ${ended.stderr.trim().split('\n')[0] ?? ''}`);
      else if (ended.kind === 'failed') warn(ended.reason);
      else if (ended.kind === 'timed-out') warn(`${program} did not end within ${ended.afterSeconds} seconds.`);
      return null;
    },
  };
}
