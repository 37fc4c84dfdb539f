/** A row of a log on screen: a line, or a further part of one that is too long for a row. */
export interface LogRow {
  readonly text: string;
  /** From 1; null for a further part of the line above. */
  readonly line: number | null;
}

/** Characters in a row. A megabyte without a line break would otherwise be one element. */
const ROW_LENGTH = 2000;
/** An escape sequence that is longer than this without an end is not one. */
const LONGEST_ESCAPE = 512;

/** CSI, OSC (and DCS, PM, APC) with its terminator, and the two-character ones: what terminals obey and a page must not show. */
const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-Z\\-~]/g;
/** The beginning of one that has not ended yet, at the end of what came so far. */
const UNFINISHED = /(?:(?:\u001b\[|\u009b)[0-?]*[ -/]*|\u001b[\]PX^_][^\u0007\u001b]*\u001b?|\u001b[ -/]*)$/;
/** Other control characters, and those that turn the direction of writing: with them, text reads as what it is not. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A carriage return goes back to the beginning of the line, as progress bars do; what is written last is what one would see. */
function asSeen(line: string): string {
  const parts = line.split('\r').filter((part) => part !== '');
  return parts.at(-1) ?? '';
}

/** Output as it comes, in pieces that may end anywhere, made into rows of plain text. */
export class LogText {
  readonly rows: LogRow[] = [];
  /** What is to be seen of the line that has not ended yet. */
  #open = '';
  #openAt = 0;
  #line = 1;
  #heldBack = '';
  #taken = 0;

  /** Takes those of `pieces` that it has not taken yet. */
  take(pieces: readonly string[]): void {
    for (; this.#taken < pieces.length; this.#taken += 1) this.append(pieces[this.#taken] ?? '');
  }

  append(piece: string): void {
    const text = this.#complete(this.#heldBack + piece)
      .replace(ESCAPES, '')
      .replace(/\r\n/g, '\n');
    const lines = (this.#open + text.replace(CONTROLS, '')).split('\n');
    this.rows.length = this.#openAt;
    for (const line of lines.slice(0, -1)) {
      this.#push(asSeen(line));
      this.#line += 1;
    }
    this.#openAt = this.rows.length;
    this.#open = asSeen(lines.at(-1) ?? '');
    if (this.#open !== '') this.#push(this.#open);
  }

  /** Without an unfinished escape sequence or a carriage return whose line feed may follow: those wait for the next piece. */
  #complete(text: string): string {
    const unfinished = UNFINISHED.exec(text);
    const cut = text.endsWith('\r') ? text.length - 1 : (unfinished?.index ?? text.length);
    const isTooLong = text.length - cut > LONGEST_ESCAPE;
    this.#heldBack = isTooLong ? '' : text.slice(cut);
    return isTooLong ? text : text.slice(0, cut);
  }

  #push(line: string): void {
    this.rows.push({ text: line.slice(0, ROW_LENGTH), line: this.#line });
    for (let at = ROW_LENGTH; at < line.length; at += ROW_LENGTH) this.rows.push({ text: line.slice(at, at + ROW_LENGTH), line: null });
  }
}

/** The rows that have `query` in them, in order; none for an empty query. Letters match in either case. */
export function rowsWith(rows: readonly LogRow[], query: string): number[] {
  if (query === '') return [];
  const wanted = query.toLowerCase();
  const found: number[] = [];
  for (const [index, row] of rows.entries()) if (row.text.toLowerCase().includes(wanted)) found.push(index);
  return found;
}

/** `text` in parts, of which every second one is a match. */
export function splitAtMatches(text: string, query: string): string[] {
  if (query === '') return [text];
  const [lower, wanted] = [text.toLowerCase(), query.toLowerCase()];
  // Lower case can have another length in rare scripts; then positions do not line up and nothing is marked.
  if (lower.length !== text.length) return [text];
  const parts: string[] = [];
  let at = 0;
  for (let hit = lower.indexOf(wanted); hit >= 0; hit = lower.indexOf(wanted, at)) {
    parts.push(text.slice(at, hit), text.slice(hit, hit + wanted.length));
    at = hit + wanted.length;
  }
  parts.push(text.slice(at));
  return parts;
}
