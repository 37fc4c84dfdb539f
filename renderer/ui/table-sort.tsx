import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import classes from './data-table.module.css';
import type { Sort } from './table-rows.ts';

interface HeaderColumn {
  id: string;
  header: string;
  sort?: string;
  width?: string;
  from?: 'always' | 'medium' | 'wide';
  align?: 'start' | 'end';
}

interface SortHeaderProps {
  column: HeaderColumn;
  sort: Sort | undefined;
  onSort: ((by: string) => void) | undefined;
}

/** The head of a column: a button where it sorts, which says how it is sorted. */
export function SortHeader({ column, sort, onSort }: SortHeaderProps) {
  const { header, sort: by, width, from, align } = column;
  if (by === undefined || onSort === undefined) {
    return (
      <th scope="col" style={{ width }} data-from={from} data-align={align}>
        {header}
      </th>
    );
  }
  const order = sort?.by === by ? sort.order : undefined;
  const Glyph = order === undefined ? IconArrowsSort : order === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" style={{ width }} data-from={from} data-align={align} aria-sort={order ?? 'none'}>
      <button type="button" className={classes.sort} onClick={() => onSort(by)}>
        {header}
        <Glyph size={13} aria-hidden data-on={order !== undefined} />
      </button>
    </th>
  );
}
