import { type Clock, pause } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Restarter } from '../platform/restart-machine.ts';
import type { Outbox } from '../storage/outbox.ts';

export interface MachineRestartTools {
  readonly restarter: Restarter;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
}

/** So long is waited for the controller to store that the machine goes down; it hears it afterwards otherwise. */
const SENT_MILLISECONDS = 5000;
/** By then a machine that goes down has ended this agent. */
const GONE_MILLISECONDS = 10 * 60 * 1000;

/** One restart of the machine at a time, for the steps that wait for one. */
export class MachineRestart {
  readonly #tools: MachineRestartTools;
  #underWay: AbortController | null = null;

  constructor(tools: MachineRestartTools) {
    this.#tools = tools;
  }

  get isUnderWay(): boolean {
    return this.#underWay !== null;
  }

  /**
   * Resolves only when the machine does not go down: with the reason, or with null when it was called off or the agent stops. What
   * waits for the restart is in the journal already.
   */
  async begin(stopping: AbortSignal): Promise<string | null> {
    const { restarter, outbox, clock, log } = this.#tools;
    const underWay = new AbortController();
    this.#underWay = underWay;
    const signal = AbortSignal.any([stopping, underWay.signal]);
    try {
      const sent = outbox.emptied(AbortSignal.any([signal, this.#after(SENT_MILLISECONDS)]));
      log.info('machine is to restart', { outboxDepth: outbox.depth() });
      await sent;
      if (signal.aborted) return null;
      const refused = await restarter.request('Holdfast: a step of a document needs a restart of this machine.');
      if (refused !== null) return `The machine could not be restarted: ${refused}`;
      await pause({ clock, milliseconds: GONE_MILLISECONDS, signal });
      if (underWay.signal.aborted) await restarter.callOff();
      return signal.aborted ? null : `The machine was asked to restart, and was still up after ${GONE_MILLISECONDS / 60_000} minutes.`;
    } finally {
      this.#underWay = null;
    }
  }

  /** Nothing waits for it any more. */
  callOff(): void {
    this.#underWay?.abort();
  }

  #after(milliseconds: number): AbortSignal {
    const late = new AbortController();
    this.#tools.clock.after(milliseconds, () => late.abort());
    return late.signal;
  }
}
