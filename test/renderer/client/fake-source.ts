import type { ChangeNotices } from '../../../electron/api/changes.ts';
import type { Client } from '../../../renderer/client/line.ts';
import { clientOver } from '../../../renderer/client/line.ts';
import type { Source } from '../../../renderer/client/reading.ts';

type Answer = (path: string, input: unknown) => unknown;

/** A line to a controller that answers as the test says. */
export class FakeSource implements Source {
  client: Client | null;
  readonly asked: { path: string; input: unknown; signal: AbortSignal | undefined }[] = [];
  readonly #watchers = new Set<(notices: ChangeNotices) => void>();

  constructor(answer: Answer = () => undefined) {
    this.client = this.clientThat(answer);
  }

  clientThat(answer: Answer): Client {
    return clientOver({
      call: async (path, input, options) => {
        this.asked.push({ path: path.join('.'), input, signal: options.signal });
        return await answer(path.join('.'), input);
      },
    });
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  watch(watcher: (notices: ChangeNotices) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  tell(notices: ChangeNotices): void {
    for (const watcher of [...this.#watchers]) watcher(notices);
  }
}

/** Answers that are given when the test wants them. */
export class Answers {
  readonly #waiting: ((answer: unknown) => void)[] = [];

  next = (): Promise<unknown> =>
    new Promise((resolve) => {
      this.#waiting.push(resolve);
    });

  get waiting(): number {
    return this.#waiting.length;
  }

  give(answer: unknown): void {
    this.#waiting.shift()?.(answer);
  }
}
