import type { Budget, Figure, Unit, Verdict } from './figure.ts';
import { summaryOf } from './figure.ts';
import type { Outcome } from './lab.ts';

const HEADINGS = ['what', 'median', 'min', 'max', 'rounds', 'budget', 'verdict'] as const;
/** Words are read from the left, numbers are compared from the right. */
const FROM_LEFT: ReadonlySet<string> = new Set(['what', 'budget', 'verdict']);

const VERDICT: Record<Verdict, string> = { ok: 'ok', 'over budget': 'over budget', 'no budget': '' };

/** One table over all outcomes, with a line between them, and the notes below it. */
export function tableText(outcomes: readonly Outcome[]): string {
  const groups = outcomes.filter(({ figures }) => figures.length > 0).map(({ figures }) => figures.map(cellsOf));
  const widths = HEADINGS.map((heading, column) =>
    Math.max(...[[...HEADINGS], ...groups.flat()].map((row) => (row[column] ?? heading).length)),
  );
  const line = (cells: readonly string[]) =>
    HEADINGS.map((heading, column) => {
      const width = widths[column] ?? 0;
      return FROM_LEFT.has(heading) ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width);
    })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const body = groups.flatMap((rows) => [rule, ...rows.map(line)]);
  return [line(HEADINGS), ...body, ...notesOf(outcomes)].join('\n');
}

function notesOf(outcomes: readonly Outcome[]): string[] {
  const notes = outcomes.flatMap(({ name, notes: ofOne }) => ofOne.map((note) => `* ${name}: ${note}`));
  return notes.length === 0 ? [] : ['', ...notes];
}

function cellsOf(figure: Figure): string[] {
  const { median, min, max, rounds, verdict } = summaryOf(figure);
  const number = (value: number) => numberText(value, figure.unit);
  return [figure.what, number(median), number(min), number(max), String(rounds), budgetText(figure.budget, figure.unit), VERDICT[verdict]];
}

function budgetText(budget: Budget | null, unit: Unit): string {
  if (budget === null) return '';
  const sign = budget.kind === 'at most' ? '≤' : '≥';
  return `${sign} ${numberText(budget.limit, unit)}${budget.note === undefined ? '' : ` (${budget.note})`}`;
}

function numberText(value: number, unit: Unit): string {
  const precision = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  const text = value.toLocaleString('en-US', precision);
  return unit === '/s' ? `${text}/s` : `${text} ${unit}`;
}
