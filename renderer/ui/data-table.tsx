import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import classes from './data-table.module.css';
import { FaultNotice } from './fault-notice.tsx';
import type { Sort, TableRows } from './table-rows.ts';
import type { Selection } from './table-select.tsx';
import { SelectAllCell, SelectCell } from './table-select.tsx';
import { SortHeader } from './table-sort.tsx';
import { useRowKeys } from './use-row-keys.ts';

export interface Column<Row> {
  id: string;
  header: string;
  /** What the first column shows becomes the row's link, where it has one. */
  cell(row: Row): ReactNode;
  /** The name by which this column is sorted; absent where it cannot be. */
  sort?: string;
  /** Any CSS width; columns without one share what is left. */
  width?: string;
  /** The narrowest table that has room for it. */
  from?: 'always' | 'medium' | 'wide';
  align?: 'start' | 'end';
}

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: TableRows<Row>;
  rowKey(row: Row): string;
  /** Null where a row leads nowhere. */
  hrefOf(row: Row): string | null;
  isCurrent?(row: Row): boolean;
  sort?: Sort;
  onSort?(by: string): void;
  selection?: Selection<Row>;
  /** At the end of each row. */
  rowActions?(row: Row): ReactNode;
  /** Shown in place of an empty table. */
  empty: ReactNode;
  /** `page`: takes the height that is left; `content`: as high as its rows, up to most of the window. */
  fit: 'page' | 'content';
}

interface Place<Row> {
  index: number;
  row: Row | undefined;
}

const ROW_HEIGHT = 44;
const features = tableFeatures({});
const SKELETON_ROWS = [0, 1, 2, 3, 4, 5];

function useColumns<Row>(columns: readonly Column<Row>[]) {
  return useMemo(() => {
    const helper = createColumnHelper<typeof features, Place<Row>>();
    return columns.map(({ id, header }) => helper.display({ id, header }));
  }, [columns]);
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, hrefOf, isCurrent, sort, onSort, selection, rowActions, empty, fit } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items.at(0)?.index ?? 0, items.at(-1)?.index ?? 0];
  const { show } = rows;
  useEffect(() => show(first, last));
  useRowKeys(scroller, { total: rows.total, scrollTo: (index) => virtual.scrollToIndex(index) });

  const places = items.map(({ index }): Place<Row> => ({ index, row: rows.at(index) }));
  const table = useTable({
    features,
    columns: useColumns(columns),
    data: places,
    getRowId: ({ index, row }) => (row === undefined ? `row-${index}` : rowKey(row)),
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const before = (items.at(0)?.start ?? 0) - (virtual.options.paddingStart ?? 0);
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  if (rows.status === 'fault' && rows.fault !== null) {
    return <FaultNotice fault={rows.fault} />;
  }
  if (rows.status === 'full' && rows.total === 0) return <div className={classes.frame}>{empty}</div>;

  return (
    <div className={classes.frame} data-fit={fit}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroller} ref={scroller} aria-label={label} tabIndex={0}>
        <table className={classes.table} aria-label={label} aria-rowcount={rows.total + 1} aria-busy={rows.status === 'loading'}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} aria-rowindex={1}>
                {selection !== undefined && <SelectAllCell selection={selection} rows={rows} />}
                {group.headers.map((header) => {
                  const column = byId.get(header.column.id);
                  return column === undefined ? null : <SortHeader key={header.id} column={column} sort={sort} onSort={onSort} />;
                })}
                {rowActions !== undefined && (
                  <th scope="col" className={classes.actions}>
                    <span className={classes.hidden}>Actions</span>
                  </th>
                )}
              </tr>
            ))}
          </thead>
          <tbody>
            {before > 0 && <Spacer height={before} />}
            {rows.status === 'loading' && SKELETON_ROWS.map((row) => <SkeletonRow key={row} cells={columns.length} />)}
            {table.getRowModel().rows.map((tableRow) => {
              const { index, row } = tableRow.original;
              if (row === undefined) return <SkeletonRow key={tableRow.id} cells={columns.length} />;
              return (
                <tr
                  key={tableRow.id}
                  data-index={index}
                  aria-rowindex={index + 2}
                  aria-current={isCurrent?.(row) === true ? 'true' : undefined}
                  className={classes.row}
                >
                  {selection !== undefined && <SelectCell selection={selection} row={row} />}
                  {tableRow.getAllCells().map((cell, position) => {
                    const column = byId.get(cell.column.id);
                    // Called, not shown as a component: columns that are made anew would make every cell anew, and lose the focus in it.
                    const content = column?.cell(row);
                    return (
                      <td key={cell.id} data-from={column?.from} data-align={column?.align}>
                        {position === 0 ? <RowLink href={hrefOf(row)}>{content}</RowLink> : content}
                      </td>
                    );
                  })}
                  {rowActions !== undefined && <td className={classes.actions}>{rowActions(row)}</td>}
                </tr>
              );
            })}
            {after > 0 && <Spacer height={after} />}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** What the keys that move between rows lead to: a link, or the words alone. */
function RowLink({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) {
    return (
      <span data-row-link tabIndex={-1}>
        {children}
      </span>
    );
  }
  return (
    <a href={href} data-row-link className={classes.link}>
      {children}
    </a>
  );
}

/** One cell only: a wider one would make columns of its own where some are hidden. */
function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td className={classes.spacer} style={{ height }} />
    </tr>
  );
}

function SkeletonRow({ cells }: { cells: number }) {
  return (
    <tr className={classes.row} aria-hidden>
      <td>
        <span className={classes.bone} />
      </td>
      {cells > 1 && (
        <td>
          <span className={classes.bone} data-short />
        </td>
      )}
    </tr>
  );
}
