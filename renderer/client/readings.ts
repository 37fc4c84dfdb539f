import type { Call, CallState, Source } from './reading.ts';
import { Reading } from './reading.ts';

/** Answers that nobody looks at are kept for going back to, up to this many. */
const KEPT = 120;

/** Several readings as one thing to subscribe to; its snapshot is the same array until one of them changes. */
export class ReadingGroup<Answer> {
  readonly #members: readonly Reading<Answer>[];
  #snapshot: readonly CallState<Answer>[] = [];

  constructor(members: readonly Reading<Answer>[]) {
    this.#members = members;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const ends = this.#members.map((member) => member.subscribe(listener));
    return () => {
      for (const end of ends) end();
    };
  };

  readonly states = (): readonly CallState<Answer>[] => {
    const states = this.#members.map((member) => member.state());
    if (states.length !== this.#snapshot.length || states.some((state, index) => state !== this.#snapshot[index])) this.#snapshot = states;
    return this.#snapshot;
  };
}

/** The readings of a window, by their question: who asks the same looks at the same answer. */
export class Readings {
  readonly #source: Source;
  readonly #byKey = new Map<string, Reading<unknown>>();
  readonly #groups = new Map<string, ReadingGroup<unknown>>();

  constructor(source: Source) {
    this.#source = source;
  }

  of<Answer>(call: Call<Answer>): Reading<Answer> {
    const known = this.#byKey.get(call.key);
    // A key belongs to one kind of call (calls.ts makes them all), so what is kept under it answers this one.
    if (known !== undefined) return known as Reading<Answer>;
    const reading = new Reading(this.#source, call);
    this.#byKey.set(call.key, reading as Reading<unknown>);
    this.#forgetOldest();
    return reading;
  }

  group<Answer>(calls: readonly Call<Answer>[]): ReadingGroup<Answer> {
    const key = calls.map((call) => call.key).join('\n');
    const known = this.#groups.get(key);
    if (known !== undefined) return known as ReadingGroup<Answer>;
    const group = new ReadingGroup(calls.map((call) => this.of(call)));
    if (this.#groups.size >= KEPT) this.#groups.clear();
    this.#groups.set(key, group as ReadingGroup<unknown>);
    return group;
  }

  #forgetOldest(): void {
    if (this.#byKey.size <= KEPT) return;
    for (const [key, reading] of this.#byKey) {
      if (this.#byKey.size <= KEPT) return;
      if (!reading.isWanted) this.#byKey.delete(key);
    }
  }
}
