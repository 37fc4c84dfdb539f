import type { Clock } from './clock.ts';

type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

/** What the agent tells the machine's administrator. Never has secrets in it, nor anything that a step printed. */
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

/** One JSON object a line, which service managers keep and search as it is. */
export function jsonLog(clock: Pick<Clock, 'now'>, write: (line: string) => void): Log {
  const line =
    (level: string) =>
    (event: string, facts: LogFacts = {}) =>
      write(`${JSON.stringify({ at: clock.now().toISOString(), level, event, ...facts })}\n`);
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
