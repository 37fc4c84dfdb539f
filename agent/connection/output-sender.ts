import type { Clock, Timer } from '../platform/clock.ts';
import type { FromAgent, StreamRef } from '../protocol/messages.ts';
import { CREDIT_WINDOW_BYTES, OUTPUT_CHUNK_BYTES } from '../protocol/output-limits.ts';
import type { OutputSpool } from '../storage/output-spool.ts';
import type { SpooledStream } from '../storage/stream-writer.ts';

export interface OutputSenderTools {
  readonly spool: OutputSpool;
  readonly clock: Clock;
  readonly send: (message: FromAgent) => void;
  /** Whether the socket takes more without piling it up in memory. */
  readonly hasRoom: () => boolean;
}

/** A step that prints line by line shall not make a message of each. */
const COALESCE_MILLISECONDS = 50;

/**
 * Sends what steps print from their files, never further than CREDIT_WINDOW_BYTES beyond what the controller has of a stream. One
 * per session: each begins again at the last credit.
 */
export class OutputSender {
  readonly #tools: OutputSenderTools;
  readonly #sentTo = new Map<SpooledStream, number>();
  #later: Timer | null = null;

  constructor(tools: OutputSenderTools) {
    this.#tools = tools;
  }

  /** A stream has grown or is complete: what fills a message goes at once, the rest after a moment in which more may come. */
  changed(stream: SpooledStream): void {
    if (stream.isComplete || stream.size - this.#positionOf(stream) >= OUTPUT_CHUNK_BYTES) this.pump();
    else this.#later ??= this.#tools.clock.after(COALESCE_MILLISECONDS, () => this.pump());
  }

  /** One message of each stream in turn, so that a step which prints a lot does not hold up the others. */
  pump(): void {
    this.#later?.cancel();
    this.#later = null;
    for (let hasSent = true; hasSent; ) {
      hasSent = false;
      for (const stream of this.#tools.spool.waiting()) {
        if (!this.#tools.hasRoom()) return;
        hasSent = this.#sendNext(stream) || hasSent;
      }
    }
  }

  /** From what the controller has of it on: it had no room for what followed, and has some now. */
  sendAgain(ref: StreamRef): void {
    const stream = this.#tools.spool.find(ref);
    if (stream !== null) this.#sentTo.delete(stream);
  }

  stop(): void {
    this.#later?.cancel();
    this.#later = null;
  }

  #sendNext(stream: SpooledStream): boolean {
    const offset = this.#positionOf(stream);
    const end = Math.min(stream.size, stream.storedTo + CREDIT_WINDOW_BYTES, offset + OUTPUT_CHUNK_BYTES);
    if (offset >= end) return false;
    const bytes = this.#tools.spool.read(stream, offset, end - offset);
    if (bytes.length === 0) return false;
    this.#sentTo.set(stream, offset + bytes.length);
    this.#tools.send({ type: 'output', ...stream.ref, offset, base64: bytes.toString('base64') });
    return true;
  }

  /** The controller may be ahead: it has stored more in an earlier session than this one has sent. */
  #positionOf(stream: SpooledStream): number {
    return Math.max(this.#sentTo.get(stream) ?? 0, stream.storedTo);
  }
}
