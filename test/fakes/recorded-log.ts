import type { Log } from '../../agent/platform/log.ts';

export interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Keeps what an agent logs, for a test to look at. */
export function recordedLog(): Log & { readonly lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const keep =
    (level: LoggedLine['level']) =>
    (event: string, facts: LoggedLine['facts'] = {}) => {
      lines.push({ level, event, facts });
    };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}
