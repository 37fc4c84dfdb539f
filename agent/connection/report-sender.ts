import type { Outbox, WaitingReport } from '../storage/outbox.ts';

export interface ReportSenderTools {
  readonly outbox: Outbox;
  /** Takes a whole frame. */
  readonly send: (frame: string) => void;
  /** Up to here the controller had stored everything when the session began. */
  readonly storedSequence: number;
}

/** Far below the wire's limit of 1 MiB, and as many reports as one message may carry. */
const BATCH = { reports: 256, bytes: 512 * 1024 };
/** Frames under way that the controller has not stored: enough to keep it busy, few enough not to pile up here. */
const FRAMES_UNDER_WAY = 4;

/** Sends the outbox in order, within a window; one per session, as everything that is not stored is sent again in the next. */
export class ReportSender {
  readonly #tools: ReportSenderTools;
  readonly #underWay: number[] = [];
  #sentUpTo: number;

  constructor(tools: ReportSenderTools) {
    this.#tools = tools;
    this.#sentUpTo = tools.storedSequence;
  }

  pump(): void {
    while (this.#underWay.length < FRAMES_UNDER_WAY) {
      const batch = this.#tools.outbox.batchAfter(this.#sentUpTo, BATCH);
      const last = batch.at(-1);
      if (last === undefined) return;
      this.#tools.send(reportFrame(batch));
      this.#underWay.push(last.sequence);
      this.#sentUpTo = last.sequence;
    }
  }

  /**
   * False when the controller says it has what was never made: then nothing may be forgotten. It may well have more than this
   * session has sent, when it has just stored the last of an earlier one.
   */
  acknowledge(sequence: number): boolean {
    if (sequence > this.#sentUpTo && sequence > this.#tools.outbox.lastSequence()) return false;
    this.#sentUpTo = Math.max(this.#sentUpTo, sequence);
    while (this.#underWay[0] !== undefined && this.#underWay[0] <= sequence) this.#underWay.shift();
    return true;
  }
}

/** A `report` message, put together from texts: each is the JSON of a Report that this agent made. */
function reportFrame(batch: readonly WaitingReport[]): string {
  return `{"type":"report","reports":[${batch.map(({ sequence, json }) => `{"sequence":${sequence},"report":${json}}`).join(',')}]}`;
}
