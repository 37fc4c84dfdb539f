import type { Clock } from '../../electron/controller/ports/clock.ts';

type Alarm = { at: number; wake: () => void };

/** A clock that stands still until a test moves it. Alarms go off in the order of their time, while it passes them. */
export class FakeClock implements Clock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  constructor(start: Date | string) {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  wakeAt(at: Date, wake: () => void): () => void {
    const alarm: Alarm = { at: at.getTime(), wake };
    this.#alarms.add(alarm);
    // What is due already goes off by itself, as it does with a real clock.
    if (alarm.at <= this.#now) setImmediate(() => this.#alarms.delete(alarm) && wake());
    return () => this.#alarms.delete(alarm);
  }

  advance(by: { minutes?: number; seconds?: number; hours?: number; days?: number }): void {
    const { minutes = 0, seconds = 0, hours = 0, days = 0 } = by;
    this.set(new Date(this.#now + ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000));
  }

  /** Also backwards: alarms that lie ahead then wait again. */
  set(to: Date): void {
    for (;;) {
      const due = [...this.#alarms].filter((alarm) => alarm.at <= to.getTime()).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#alarms.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.wake();
    }
    this.#now = to.getTime();
  }

  /** The machine slept: it wakes at `to`, and only then do the alarms that passed go off. */
  jump(to: Date): void {
    this.#now = to.getTime();
    for (const alarm of [...this.#alarms].filter((candidate) => candidate.at <= this.#now).sort((a, b) => a.at - b.at)) {
      this.#alarms.delete(alarm);
      alarm.wake();
    }
  }
}
