import { diffArrays } from 'diff';

export interface DiffLine {
  number: number;
  text: string;
}

/** A row of two columns: what was, and what is. */
export type DiffRow =
  | { kind: 'same' | 'changed' | 'removed' | 'added'; before: DiffLine | null; after: DiffLine | null }
  /** Lines that are the same on both sides, and not shown; `first` is the number of the first of them, before. */
  | { kind: 'fold'; first: number; lines: number };

/** Lines that are the same are shown this many around what is different. */
const CONTEXT = 3;
/** Texts that differ in more places are told apart as a whole: looking for what they share would take too long. */
const MOST_EDITS = 2000;

type Chunk = { kind: 'same' | 'removed' | 'added'; lines: readonly string[] };

function chunksOf(before: readonly string[], after: readonly string[]): Chunk[] {
  const found = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS });
  if (found === undefined) {
    return [
      { kind: 'removed', lines: before },
      { kind: 'added', lines: after },
    ];
  }
  return found.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', lines: value }));
}

/** Rows of what is shown; a stretch that was taken away stands beside the one that took its place. */
class Rows {
  readonly rows: Exclude<DiffRow, { kind: 'fold' }>[] = [];
  #before = 0;
  #after = 0;
  #removed: DiffLine[] = [];

  take({ kind, lines }: Chunk): void {
    if (kind === 'removed') {
      this.#removed.push(...lines.map((text) => this.#beforeLine(text)));
      return;
    }
    if (kind === 'added') {
      this.#pair(lines.map((text) => this.#afterLine(text)));
      return;
    }
    this.#pair([]);
    for (const text of lines) this.rows.push({ kind, before: this.#beforeLine(text), after: this.#afterLine(text) });
  }

  end(): void {
    this.#pair([]);
  }

  #beforeLine(text: string): DiffLine {
    this.#before += 1;
    return { number: this.#before, text };
  }

  #afterLine(text: string): DiffLine {
    this.#after += 1;
    return { number: this.#after, text };
  }

  #pair(added: readonly DiffLine[]): void {
    const removed = this.#removed;
    this.#removed = [];
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      const [before = null, after = null] = [removed[index], added[index]];
      this.rows.push({ kind: before === null ? 'added' : after === null ? 'removed' : 'changed', before, after });
    }
  }
}

function folded(rows: Rows['rows']): DiffRow[] {
  const isNear = (index: number): boolean =>
    rows.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((row) => row.kind !== 'same');
  const shown: DiffRow[] = [];
  for (const [index, row] of rows.entries()) {
    const last = shown.at(-1);
    if (row.kind !== 'same' || isNear(index)) shown.push(row);
    else if (last?.kind === 'fold') last.lines += 1;
    else shown.push({ kind: 'fold', first: row.before?.number ?? 0, lines: 1 });
  }
  return shown;
}

/** Two texts line by line, side by side. */
export function lineDiff(before: string, after: string): DiffRow[] {
  const rows = new Rows();
  const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));
  for (const chunk of chunksOf(linesOf(before), linesOf(after))) rows.take(chunk);
  rows.end();
  return folded(rows.rows);
}
