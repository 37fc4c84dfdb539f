import { Checkbox } from '@mantine/core';
import classes from './data-table.module.css';
import type { TableRows } from './table-rows.ts';

export interface Selection<Row> {
  keys: ReadonlySet<string>;
  keyOf(row: Row): string;
  /** What a row is called, for its checkbox. */
  nameOf(row: Row): string;
  onChange(keys: ReadonlySet<string>): void;
}

interface SelectAllProps<Row> {
  selection: Selection<Row>;
  rows: TableRows<Row>;
}

function fetchedKeys<Row>({ selection, rows }: SelectAllProps<Row>): string[] {
  const keys: string[] = [];
  for (let index = 0; index < rows.total; index += 1) {
    const row = rows.at(index);
    if (row !== undefined) keys.push(selection.keyOf(row));
  }
  return keys;
}

export function SelectAllCell<Row>(props: SelectAllProps<Row>) {
  const { keys, onChange } = props.selection;
  const all = fetchedKeys(props);
  const isAll = all.length > 0 && all.every((key) => keys.has(key));
  return (
    <th scope="col" className={classes.select}>
      <Checkbox
        aria-label="Select all rows"
        checked={isAll}
        indeterminate={!isAll && keys.size > 0}
        onChange={() => onChange(new Set(isAll ? [] : all))}
      />
    </th>
  );
}

export function SelectCell<Row>({ selection, row }: { selection: Selection<Row>; row: Row }) {
  const key = selection.keyOf(row);
  const isSelected = selection.keys.has(key);
  const toggle = () => {
    const next = new Set(selection.keys);
    if (isSelected) next.delete(key);
    else next.add(key);
    selection.onChange(next);
  };
  return (
    <td className={classes.select}>
      <Checkbox aria-label={`Select ${selection.nameOf(row)}`} checked={isSelected} onChange={toggle} data-row-select />
    </td>
  );
}
