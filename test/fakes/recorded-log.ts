import type { Log } from '../../agent/platform/log.ts';

interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Keeps what an agent logs, for a test to look at or to wait for. */
export class RecordedLog implements Log {
  readonly lines: LoggedLine[] = [];
  readonly #waiting = new Set<() => void>();

  info(event: string, facts: LoggedLine['facts'] = {}): void {
    this.#keep({ level: 'info', event, facts });
  }

  warn(event: string, facts: LoggedLine['facts'] = {}): void {
    this.#keep({ level: 'warn', event, facts });
  }

  error(event: string, facts: LoggedLine['facts'] = {}): void {
    this.#keep({ level: 'error', event, facts });
  }

  /** The facts of the first such event; waits for it. */
  async logged(event: string): Promise<LoggedLine['facts']> {
    for (;;) {
      const line = this.lines.find((candidate) => candidate.event === event);
      if (line !== undefined) return line.facts;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #keep(line: LoggedLine): void {
    this.lines.push(line);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
