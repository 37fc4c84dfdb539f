import type { ResourceGroupDraft, TagFilter } from '../../electron/domain/resource-group.ts';

/** A row of the query. `id` is only for telling rows apart. */
export interface FilterRow {
  id: number;
  key: string;
  values: readonly string[];
}

/** What the editor's fields hold. */
export interface GroupForm {
  name: string;
  description: string;
  rows: readonly FilterRow[];
}

export const newGroupForm: GroupForm = { name: '', description: '', rows: [{ id: 1, key: '', values: [] }] };

export const groupFormOf = ({ name, description, tagFilters }: ResourceGroupDraft): GroupForm => ({
  name,
  description,
  rows: tagFilters.map((filter, index) => ({ ...filter, id: index + 1 })),
});

export const withRow = (rows: readonly FilterRow[]): FilterRow[] => [
  ...rows,
  { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, key: '', values: [] },
];

const isEmpty = ({ key, values }: FilterRow): boolean => key.trim() === '' && values.length === 0;

const filterOf = ({ key, values }: FilterRow): TagFilter => ({ key: key.trim(), values: values.map((value) => value.trim()) });

/** What is checked, previewed and saved; it may be wrong: that is the checker's to say. A row that was left empty is no condition. */
export const draftOfForm = ({ name, description, rows }: GroupForm): ResourceGroupDraft => ({
  name: name.trim(),
  description: description.trim(),
  tagFilters: rows.filter((row) => !isEmpty(row)).map(filterOf),
});

/** As group names are: letters, digits and `_ . -`, at most 128 of them. */
export const copyName = (name: string): string => `${name.slice(0, 123)}-copy`;

export type FormPart = 'name' | 'description' | 'tagFilters';

/** The messages on one part of the form; what is wrong inside of it is its own. */
export const messagesOn = (problems: readonly { field: string; message: string }[], part: FormPart): string[] => [
  ...new Set(problems.filter(({ field }) => field === part || field.startsWith(`${part}.`)).map(({ message }) => message)),
];
