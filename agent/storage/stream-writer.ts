import { closeSync } from 'node:fs';
import type { OutputStream, StreamRef } from '../protocol/messages.ts';
import { STDERR_HEAD_CHARACTERS, STDOUT_HEAD_CHARACTERS } from '../protocol/output-limits.ts';
import type { OutputSummary } from '../protocol/reports.ts';
import { createPrivateFile, readPart, writeAll } from './private-file.ts';

/** A stream as it lies on disk. */
export interface SpooledStream {
  readonly ref: StreamRef;
  /** Bytes in its file. */
  size: number;
  /** Bytes that the controller has. */
  storedTo: number;
  /** Nothing is added any more. */
  isComplete: boolean;
}

export interface StreamWriterOptions {
  readonly stream: SpooledStream;
  readonly file: string;
  /** Before the first byte. */
  readonly create: () => void;
  /** How many of so many bytes may still be kept. */
  readonly claim: (bytes: number) => number;
  readonly changed: () => void;
}

const headCharacters: Record<OutputStream, number> = { stdout: STDOUT_HEAD_CHARACTERS, stderr: STDERR_HEAD_CHARACTERS };
const LONGEST_CHARACTER_BYTES = 4;

/**
 * Keeps what a step prints, from its beginning without a gap: once something had to be dropped, so is all that follows, and it is
 * counted. Writes at once and holds nothing in memory, however fast the step prints.
 */
export class StreamWriter {
  readonly #options: StreamWriterOptions;
  #handle: number | null = null;
  #isFull = false;
  #bytes = 0;

  constructor(options: StreamWriterOptions) {
    this.#options = options;
  }

  write(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#isFull || chunk.length === 0) return;
    const granted = this.#options.claim(chunk.length);
    this.#isFull = granted < chunk.length;
    if (granted > 0) this.#keep(chunk.subarray(0, granted));
  }

  /** Ends the stream and says what it came to. */
  end(): OutputSummary {
    const { stream, changed } = this.#options;
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
    this.#isFull = true;
    stream.isComplete = true;
    changed();
    return { bytes: this.#bytes, droppedBytes: this.#bytes - stream.size, head: this.#head() };
  }

  /** A disk that refuses output must not fail the step: what it did is worth more than what it said. */
  #keep(chunk: Uint8Array): void {
    const { stream, file, create, changed } = this.#options;
    try {
      if (this.#handle === null) {
        create();
        this.#handle = createPrivateFile(file);
      }
      writeAll(this.#handle, chunk);
      stream.size += chunk.length;
    } catch {
      this.#isFull = true;
    }
    changed();
  }

  #head(): string {
    const { stream, file } = this.#options;
    if (stream.size === 0) return '';
    const characters = headCharacters[stream.ref.stream];
    const bytes = readPart(file, { offset: 0, length: Math.min(stream.size, characters * LONGEST_CHARACTER_BYTES) });
    // As part of a stream, so that a character which the cut went through is left out.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
    return text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');
  }
}
