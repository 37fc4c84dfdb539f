import type { ChangeNotices } from '../../electron/api/changes.ts';
import { waitBeforeRetry } from './backoff.ts';
import type { FaultData } from './fault.ts';
import type { Client, Line, Transport } from './line.ts';
import { SignedOut } from './line.ts';

export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'connected' }
  | { kind: 'reconnecting'; failures: number }
  | { kind: 'signed-out'; fault: FaultData };

type Watcher = (notices: ChangeNotices) => void;

/**
 * Keeps one line to the controller open, tries again for as long as that can help, and passes on its change notices. A line counts as
 * connected from its first notice on, which is always `everything`: whoever listens reads again.
 */
export class Connection {
  readonly #transport: Transport;
  readonly #onState = new Set<() => void>();
  readonly #watchers = new Set<Watcher>();
  #state: ConnectionState = { kind: 'connecting' };
  #client: Client | null = null;
  #retryNow: (() => void) | null = null;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  readonly state = (): ConnectionState => this.#state;

  readonly onState = (listener: () => void): (() => void) => {
    this.#onState.add(listener);
    return () => this.#onState.delete(listener);
  };

  /** Null while there is no line. */
  get client(): Client | null {
    return this.#client;
  }

  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Ends the wait before the next attempt. */
  readonly retry = (): void => this.#retryNow?.();

  /** Runs for as long as the window lives. */
  async run(): Promise<void> {
    let failures = 0;
    for (;;) {
      try {
        const line = await this.#transport.open();
        if (await this.#follow(line)) failures = 0;
      } catch (error) {
        if (error instanceof SignedOut) {
          this.#become({ kind: 'signed-out', fault: error.fault });
          if (error.until === null) return;
          await error.until;
          this.#become({ kind: 'connecting' });
          continue;
        }
      }
      failures += 1;
      this.#become({ kind: 'reconnecting', failures });
      await this.#wait(waitBeforeRetry(failures, Math.random()));
    }
  }

  /** Whether the line was any good. What is under way on a line that is gone ends by itself, so nothing is said on it any more. */
  async #follow(line: Line): Promise<boolean> {
    const closed = line.closed.then(() => null);
    let isConnected = false;
    try {
      const feed = await Promise.race([line.client.changes.watch(), closed]);
      while (feed !== null) {
        const next = await Promise.race([feed.next(), closed]);
        if (next === null || next.done === true) break;
        this.#client = line.client;
        isConnected = true;
        this.#become({ kind: 'connected' });
        for (const watcher of [...this.#watchers]) watcher(next.value);
      }
    } catch {
      // The feed ends with the line, by design; what matters is only that it has ended.
    } finally {
      this.#client = null;
    }
    return isConnected;
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#retryNow = null;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#retryNow = done;
    });
  }

  #become(state: ConnectionState): void {
    if (state.kind === this.#state.kind && state.kind === 'connected') return;
    this.#state = state;
    for (const listener of [...this.#onState]) listener();
  }
}
