import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Log } from './ports/log.ts';

function causeOf(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error)) return { cause: String(cause) };
  return { cause: cause.message, stack: cause.stack, ...('code' in cause ? { code: cause.code } : {}) };
}

/** One JSON object a line. JSON escapes control characters, so a hostile name cannot forge a line. */
export function jsonLog(write: (line: string) => void, now: () => Date): Log {
  const line = (level: string, event: string, facts: Record<string, unknown>) =>
    write(`${JSON.stringify({ at: now().toISOString(), level, event, ...facts })}\n`);
  return {
    info: (event, facts = {}) => line('info', event, facts),
    error: (event, cause, facts = {}) => line('error', event, { ...facts, ...causeOf(cause) }),
  };
}

/** The log beside the data, so that a terminal keeps to what a person has to know. */
export function openLogFile(dataFolder: string): Log {
  const file = createWriteStream(join(dataFolder, 'holdfast.log'), { flags: 'a', mode: 0o600 });
  return jsonLog(
    (line) => file.write(line),
    () => new Date(),
  );
}
