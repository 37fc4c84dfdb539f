import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChangeNotices } from '../../../electron/api/changes.ts';
import { Connection } from '../../../renderer/client/connection.ts';
import { ownFaults } from '../../../renderer/client/fault.ts';
import type { Line, Transport } from '../../../renderer/client/line.ts';
import { clientOver, SignedOut } from '../../../renderer/client/line.ts';

/** A line whose notices and end the test gives. */
class FakeLine implements Line {
  readonly closed: Promise<void>;
  close: () => void = () => undefined;
  #tell: ((notices: ChangeNotices) => void) | null = null;
  readonly #waiting: ChangeNotices[] = [{ kind: 'everything' }];

  constructor() {
    this.closed = new Promise((resolve) => {
      this.close = resolve;
    });
  }

  readonly client = clientOver({ call: async () => this.#feed() });

  tell(notices: ChangeNotices): void {
    if (this.#tell === null) this.#waiting.push(notices);
    else this.#tell(notices);
  }

  async *#feed(): AsyncGenerator<ChangeNotices> {
    for (;;) {
      const waiting = this.#waiting.shift();
      yield waiting ??
        (await new Promise<ChangeNotices>((resolve) => {
          this.#tell = resolve;
        }));
      this.#tell = null;
    }
  }
}

type Opening = FakeLine | Error;

function connectionOver(...openings: Opening[]) {
  const transport: Transport = {
    open: () => {
      const next = openings.shift();
      if (next === undefined) return new Promise(() => undefined);
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
  const connection = new Connection(transport);
  void connection.run();
  return connection;
}

const soon = () => vi.advanceTimersByTimeAsync(20);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a line counts from its first notice on, and its notices are passed on', async () => {
  const line = new FakeLine();
  const connection = connectionOver(line);
  const heard: ChangeNotices[] = [];
  connection.watch((notices) => heard.push(notices));
  expect(connection.state()).toEqual({ kind: 'connecting' });
  await soon();
  expect(connection.state()).toEqual({ kind: 'connected' });
  expect(connection.client).toBe(line.client);
  line.tell({ kind: 'some', changes: [{ kind: 'sample-lab' }] });
  await soon();
  expect(heard.map(({ kind }) => kind)).toEqual(['everything', 'some']);
});

test('a line that ends is replaced, and everything is read again', async () => {
  const [first, second] = [new FakeLine(), new FakeLine()];
  const connection = connectionOver(first, second);
  const heard: ChangeNotices[] = [];
  connection.watch((notices) => heard.push(notices));
  await soon();
  first.close();
  await soon();
  expect(connection.state()).toEqual({ kind: 'reconnecting', failures: 1 });
  expect(connection.client).toBeNull();
  await vi.advanceTimersByTimeAsync(1000);
  expect(connection.client).toBe(second.client);
  expect(heard).toEqual([{ kind: 'everything' }, { kind: 'everything' }]);
});

test('it goes on trying for as long as the controller is away, less and less often', async () => {
  const connection = connectionOver(...Array.from({ length: 5 }, () => new Error('refused')), new FakeLine());
  await vi.advanceTimersByTimeAsync(60_000);
  expect(connection.state()).toEqual({ kind: 'connected' });
});

test('somebody who does not want to wait tries at once', async () => {
  const connection = connectionOver(...Array.from({ length: 6 }, () => new Error('refused')), new FakeLine());
  await vi.advanceTimersByTimeAsync(3000);
  expect(connection.state().kind).toBe('reconnecting');
  for (let times = 0; times < 6; times += 1) {
    connection.retry();
    await soon();
  }
  expect(connection.state()).toEqual({ kind: 'connected' });
});

test('a session that is not accepted ends it: trying again would not help', async () => {
  const connection = connectionOver(new SignedOut(ownFaults.noSession), new FakeLine());
  await vi.advanceTimersByTimeAsync(60_000);
  expect(connection.state()).toEqual({ kind: 'signed-out', fault: ownFaults.noSession });
});

test('what may still come is waited for', async () => {
  let come: () => void = () => undefined;
  const until = new Promise<void>((resolve) => {
    come = resolve;
  });
  const connection = connectionOver(new SignedOut(ownFaults.noSession, until), new FakeLine());
  await soon();
  expect(connection.state().kind).toBe('signed-out');
  come();
  await soon();
  expect(connection.state()).toEqual({ kind: 'connected' });
});
