import type { ResourceChange } from '../protocol/status.ts';
import type { ActionOutcome, OutputSink } from '../steps/action.ts';
import { secretPieces } from './secret-pieces.ts';

/** What stands in the place of a secret. */
const MASK = Buffer.from('********');

const NONE = -1;

/** All bytes of all pieces in one tree; `fallback` leads to the longest other beginning of a piece that the bytes so far end with. */
class PieceTree {
  /** Most places lead on by one byte alone, which is looked at first; NONE at the end of a piece. */
  readonly #firstByte: number[] = [NONE];
  readonly #firstChild: number[] = [NONE];
  /** From a place and another byte after it (place * 256 + byte) to the next place. */
  readonly #otherChildren = new Map<number, number>();
  readonly #hasOthers: boolean[] = [false];
  readonly #parent: number[] = [0];
  readonly #byte: number[] = [0];
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
      const child = this.#child(at, byte);
      if (child !== NONE) return child;
      if (at === 0) return 0;
    }
  }

  #child(at: number, byte: number): number {
    if (this.#firstByte[at] === byte) return this.#firstChild[at] ?? NONE;
    return this.#hasOthers[at] ? (this.#otherChildren.get(at * 256 + byte) ?? NONE) : NONE;
  }

  #connect(at: number, byte: number, place: number): void {
    if (this.#firstByte[at] === NONE) {
      this.#firstByte[at] = byte;
      this.#firstChild[at] = place;
    } else {
      this.#otherChildren.set(at * 256 + byte, place);
      this.#hasOthers[at] = true;
    }
  }

  #add(piece: Uint8Array): void {
    let at = 0;
    for (const byte of piece) {
      const known = this.#child(at, byte);
      if (known !== NONE) {
        at = known;
        continue;
      }
      const place = this.#depth.length;
      this.#connect(at, byte, place);
      this.#firstByte.push(NONE);
      this.#firstChild.push(NONE);
      this.#hasOthers.push(false);
      this.#parent.push(at);
      this.#byte.push(byte);
      this.#fallback.push(0);
      this.#depth.push(this.depth(at) + 1);
      this.#found.push(0);
      at = place;
    }
    this.#found[at] = piece.length;
  }

  /** Level by level, so that a place is linked after all that are nearer to the root. */
  #link(): void {
    const places = [...this.#depth.keys()].slice(1).sort((a, b) => this.depth(a) - this.depth(b));
    for (const place of places) {
      const parent = this.#parent[place] ?? 0;
      const fallback = parent === 0 ? 0 : this.next(this.#fallback[parent] ?? 0, this.#byte[place] ?? 0);
      this.#fallback[place] = fallback;
      this.#found[place] = Math.max(this.found(place), this.found(fallback));
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
  /** What is said of an attempt beside its output. */
  outcome(outcome: ActionOutcome): ActionOutcome;
}

const NOTHING_HIDDEN: Redaction = {
  before: (sink) => ({ write: (bytes) => sink.write(bytes), end: () => undefined }),
  text: (text) => text,
  outcome: (outcome) => outcome,
};

/** Hides these secrets in what a step prints and in what is said about it. */
export function redactionOf(secrets: Iterable<string>): Redaction {
  const pieces = new Set([...secrets].flatMap(secretPieces));
  if (pieces.size === 0) return NOTHING_HIDDEN;
  const bytes = [...pieces].map((piece) => Buffer.from(piece));
  const tree = new PieceTree(bytes);
  const longest = bytes.reduce((length, piece) => Math.max(length, piece.length), 0);
  const before = (sink: OutputSink): RedactedSink => new Redactor(tree, sink, longest);
  const text = (given: string): string => {
    const parts: Uint8Array[] = [];
    const sink = before({ write: (part) => parts.push(part) });
    sink.write(Buffer.from(given));
    sink.end();
    return Buffer.concat(parts).toString('utf8');
  };
  return { before, text, outcome: (outcome) => redactedOutcome(outcome, text) };
}

function redactedOutcome(outcome: ActionOutcome, text: (given: string) => string): ActionOutcome {
  const masked = (changes: readonly ResourceChange[]): ResourceChange[] =>
    changes.map(({ resource, property, before, after }) => ({
      resource: text(resource),
      property: text(property),
      before: before === null ? null : text(before),
      after: after === null ? null : text(after),
    }));
  const changed = 'changes' in outcome && outcome.changes !== undefined ? { changes: masked(outcome.changes) } : {};
  switch (outcome.kind) {
    case 'exited':
    case 'needs-restart':
      return { ...outcome, ...changed };
    case 'failed':
      return { ...outcome, ...changed, reason: text(outcome.reason) };
    case 'checked':
      return { ...outcome, drift: masked(outcome.drift) };
    case 'timed-out':
    case 'stopped':
      return outcome;
  }
}
