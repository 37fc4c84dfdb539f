import { lineDiff } from '../ui/line-diff.ts';
import { plural } from '../ui/moment.ts';

/** One line of a value under the one before it. `fold` stands for lines that are the same, and says how many. */
export interface DiffLine {
  kind: 'same' | 'gone' | 'new' | 'fold';
  text: string;
}

/** What two values are compared by: the items of a list, the lines of everything else. */
const linesOf = (value: string | null, type: string): string => (value ?? '').replaceAll(type === 'StringList' ? ',' : '\n', '\n');

/** What went and what came, a stretch at a time. `before` is null where there was no value. */
export function valueDiff(before: string | null, after: string, type: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let waiting: DiffLine[] = [];
  const settle = () => {
    lines.push(...waiting);
    waiting = [];
  };
  for (const row of lineDiff(linesOf(before, type), linesOf(after, type))) {
    if (row.kind === 'fold' || row.kind === 'same') {
      settle();
      lines.push(
        row.kind === 'fold'
          ? { kind: 'fold', text: `${plural(row.lines, 'line')} the same` }
          : { kind: 'same', text: row.after?.text ?? '' },
      );
      continue;
    }
    if (row.before !== null) lines.push({ kind: 'gone', text: row.before.text });
    if (row.after !== null) waiting.push({ kind: 'new', text: row.after.text });
  }
  settle();
  return lines;
}
