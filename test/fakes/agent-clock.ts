import { type Clock, systemClock, type Timer } from '../../agent/platform/clock.ts';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** Waits shorter than this are for processes and sockets, which are real and take their time: they are real too. */
const STEERED_FROM_MILLISECONDS = 4000;

/** The agent's clock in the hands of a test: it stands still until it is moved, and long waits end only then. */
export class AgentClock implements Clock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  constructor(start: Date | string = '2026-03-01T02:00:00Z') {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  after(milliseconds: number, then: () => void): Timer {
    if (milliseconds < STEERED_FROM_MILLISECONDS) return systemClock.after(milliseconds, then);
    const alarm = { at: this.#now + milliseconds, ring: then };
    this.#alarms.add(alarm);
    return { cancel: () => this.#alarms.delete(alarm) };
  }

  /** How many waits are under way that only `advance` ends. */
  get waiting(): number {
    return this.#alarms.size;
  }

  advance(seconds: number): void {
    this.#now += seconds * 1000;
    for (const alarm of [...this.#alarms].sort((a, b) => a.at - b.at)) {
      if (alarm.at > this.#now || !this.#alarms.delete(alarm)) continue;
      alarm.ring();
    }
  }
}
