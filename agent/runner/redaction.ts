import type { OutputSink } from '../actions/action.ts';
import { SHORTEST_MASKED } from '../protocol/sealed-secret.ts';

/** What stands in the place of a secret. */
const MASK = Buffer.from('********');

/** Every piece of text that gives a secret away: the secret as it is, as a shell leaves it, and of one with several lines each line. */
function piecesOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/);
  return [secret, secret.trim(), ...(lines.length > 1 ? lines.map((line) => line.trim()) : [])];
}

/** All bytes of all pieces in one tree; `fallback` leads to the longest other beginning of a piece that the bytes so far end with. */
class PieceTree {
  readonly #children: Map<number, number>[] = [new Map()];
  readonly #fallback: number[] = [0];
  readonly #depth: number[] = [0];
  /** Length of the longest piece that ends at this place; 0 for none. */
  readonly #found: number[] = [0];

  constructor(pieces: readonly Uint8Array[]) {
    for (const piece of pieces) this.#add(piece);
    this.#link();
  }

  depth(place: number): number {
    return this.#depth[place] ?? 0;
  }

  found(place: number): number {
    return this.#found[place] ?? 0;
  }

  /** Where the next byte leads (Aho and Corasick, 1975). */
  next(place: number, byte: number): number {
    for (let at = place; ; at = this.#fallback[at] ?? 0) {
      const child = this.#children[at]?.get(byte);
      if (child !== undefined) return child;
      if (at === 0) return 0;
    }
  }

  #add(piece: Uint8Array): void {
    let at = 0;
    for (const byte of piece) {
      const known = this.#children[at]?.get(byte);
      if (known !== undefined) {
        at = known;
        continue;
      }
      const place = this.#depth.length;
      this.#children[at]?.set(byte, place);
      this.#children.push(new Map());
      this.#fallback.push(0);
      this.#depth.push(this.depth(at) + 1);
      this.#found.push(0);
      at = place;
    }
    this.#found[at] = piece.length;
  }

  /** Level by level, so that a place is linked after all that are nearer to the root. */
  #link(): void {
    const places = [0];
    for (let position = 0; position < places.length; position += 1) {
      const at = places[position] ?? 0;
      for (const [byte, child] of this.#children[at] ?? []) {
        const fallback = at === 0 ? 0 : this.next(this.#fallback[at] ?? 0, byte);
        this.#fallback[child] = fallback;
        this.#found[child] = Math.max(this.found(child), this.found(fallback));
        places.push(child);
      }
    }
  }
}

/** Bytes in the order of their coming, of which the first can be taken away. */
class Held {
  readonly #bytes: Uint8Array;
  #first = 0;
  length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  push(byte: number): void {
    this.#bytes[(this.#first + this.length) % this.#bytes.length] = byte;
    this.length += 1;
  }

  shift(): number {
    const byte = this.#bytes[this.#first] ?? 0;
    this.#first = (this.#first + 1) % this.#bytes.length;
    this.length -= 1;
    return byte;
  }
}

type Mark = { from: number; to: number };

/**
 * Passes on what is written with secrets masked, also one that comes in several pieces. Holds back only bytes that may be the
 * beginning of a secret, so never more than the longest one has.
 */
class Redactor implements RedactedSink {
  readonly #tree: PieceTree;
  readonly #sink: OutputSink;
  readonly #held: Held;
  /** Where the first byte that is held back stands in the stream. */
  #offset = 0;
  /** Parts of what is held back that are of a secret, in order and apart from each other. */
  readonly #marks: Mark[] = [];
  #place = 0;
  #isMasking = false;
  #out: number[] = [];

  constructor(tree: PieceTree, sink: OutputSink, longest: number) {
    this.#tree = tree;
    this.#sink = sink;
    this.#held = new Held(longest + 1);
  }

  write(bytes: Uint8Array): void {
    for (const byte of bytes) this.#take(byte);
    this.#pass();
  }

  end(): void {
    while (this.#held.length > 0) this.#release();
    this.#place = 0;
    this.#pass();
  }

  #take(byte: number): void {
    this.#place = this.#tree.next(this.#place, byte);
    this.#held.push(byte);
    const found = this.#tree.found(this.#place);
    if (found > 0) this.#markLast(found);
    while (this.#held.length > this.#tree.depth(this.#place)) this.#release();
  }

  #markLast(length: number): void {
    const to = this.#offset + this.#held.length;
    let from = to - length;
    for (let last = this.#marks.at(-1); last !== undefined && last.to >= from; last = this.#marks.at(-1)) {
      from = Math.min(from, last.from);
      this.#marks.pop();
    }
    this.#marks.push({ from, to });
  }

  #release(): void {
    const byte = this.#held.shift();
    const mark = this.#marks[0];
    const isSecret = mark !== undefined && mark.from <= this.#offset;
    this.#offset += 1;
    if (mark !== undefined && mark.to <= this.#offset) this.#marks.shift();
    if (!isSecret) this.#out.push(byte);
    else if (!this.#isMasking) this.#out.push(...MASK);
    this.#isMasking = isSecret;
  }

  #pass(): void {
    if (this.#out.length === 0) return;
    this.#sink.write(Uint8Array.from(this.#out));
    this.#out = [];
  }
}

export interface RedactedSink extends OutputSink {
  /** Passes on what was held back: nothing comes after it. */
  end(): void;
}

export interface Redaction {
  /** A sink before another one. */
  before(sink: OutputSink): RedactedSink;
  text(text: string): string;
}

const NOTHING_HIDDEN: Redaction = {
  before: (sink) => ({ write: (bytes) => sink.write(bytes), end: () => undefined }),
  text: (text) => text,
};

/** Hides these secrets in what a step prints and in what is said about it. */
export function redactionOf(secrets: Iterable<string>): Redaction {
  const pieces = [...secrets].flatMap(piecesOf).filter((piece) => [...piece].length >= SHORTEST_MASKED);
  if (pieces.length === 0) return NOTHING_HIDDEN;
  const bytes = [...new Set(pieces)].map((piece) => Buffer.from(piece));
  const tree = new PieceTree(bytes);
  const longest = bytes.reduce((length, piece) => Math.max(length, piece.length), 0);
  const before = (sink: OutputSink): RedactedSink => new Redactor(tree, sink, longest);
  return {
    before,
    text(text) {
      const parts: Uint8Array[] = [];
      const sink = before({ write: (part) => parts.push(part) });
      sink.write(Buffer.from(text));
      sink.end();
      return Buffer.concat(parts).toString('utf8');
    },
  };
}
