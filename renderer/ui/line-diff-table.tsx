import type { DiffLine, DiffRow } from './line-diff.ts';
import { lineDiff } from './line-diff.ts';
import classes from './line-diff-table.module.css';
import { plural } from './moment.ts';

interface LineDiffTableProps {
  label: string;
  before: string;
  after: string;
  /** What the two columns are, as `Version 3`. */
  beforeLabel: string;
  afterLabel: string;
}

/** Two texts beside each other, line by line; never a colour without its sign. */
export function LineDiffTable({ label, before, after, beforeLabel, afterLabel }: LineDiffTableProps) {
  const rows = lineDiff(before, after);
  return (
    <div className={classes.frame}>
      <table className={classes.diff} aria-label={label}>
        <colgroup>
          <col className={classes.numbers} />
          <col />
          <col className={classes.numbers} />
          <col />
        </colgroup>
        <thead className={classes.head}>
          <tr>
            <th scope="col" colSpan={2}>
              {beforeLabel}
            </th>
            <th scope="col" colSpan={2}>
              {afterLabel}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DiffTableRow key={keyOf(row)} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const keyOf = (row: DiffRow): string =>
  row.kind === 'fold' ? `fold ${row.first}` : `${row.before?.number ?? '-'} ${row.after?.number ?? '-'}`;

function DiffTableRow({ row }: { row: DiffRow }) {
  if (row.kind === 'fold') {
    return (
      <tr>
        <td colSpan={4} className={classes.fold}>
          {plural(row.lines, 'line')} the same
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <Side line={row.before} sign={row.kind === 'same' ? null : '−'} />
      <Side line={row.after} sign={row.kind === 'same' ? null : '+'} />
    </tr>
  );
}

function Side({ line, sign }: { line: DiffLine | null; sign: '−' | '+' | null }) {
  if (line === null) return <td colSpan={2} className={classes.nothing} />;
  const change = sign === null ? undefined : sign === '+' ? 'added' : 'removed';
  return (
    <>
      <td className={classes.number} data-change={change}>
        {sign} {line.number}
      </td>
      <td className={classes.text} data-change={change}>
        {line.text}
      </td>
    </>
  );
}
