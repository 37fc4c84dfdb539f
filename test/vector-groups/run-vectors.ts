import { isDeepStrictEqual } from 'node:util';
import type { DocumentDesk } from '../builders/document-desk.ts';
import { openDocumentDesk } from '../builders/document-desk.ts';
import { GROUPS } from './all-groups.ts';
import { companionsOf, findVectorFiles, strangeMembers, type VectorFile } from './vector-files.ts';
import type { Checked, Surroundings, VectorGroup } from './vector-group.ts';

type Print = (line: string) => void;

/** Runs every vector below the folder, prints what came of it, and answers whether all is as they say. */
export function runVectors(folder: string, print: Print): boolean {
  const { files, unknown } = findVectorFiles(folder);
  for (const file of unknown) print(file);
  if (files.length === 0) print(`There are no vectors in ${folder}.`);
  const desk = openDocumentDesk();
  try {
    const passed = files.map((file) => runFile(file, { folder, desk, print }));
    return files.length > 0 && unknown.length === 0 && passed.every(Boolean);
  } finally {
    desk.close();
  }
}

interface Run {
  readonly folder: string;
  readonly desk: DocumentDesk;
  readonly print: Print;
}

function runFile(file: VectorFile, { folder, desk, print }: Run): boolean {
  const surroundings: Surroundings = { file: file.content, companion: companionsOf(file, folder), desk };
  const strange = strangeMembers(file);
  for (const member of strange) print(`${file.title} ${member}`);
  const groups = [...GROUPS.values()].flatMap((group) => {
    const rows = file.content[group.name];
    return Array.isArray(rows) ? [runGroup(group, rows, { title: file.title, surroundings, print })] : [];
  });
  return strange.length === 0 && groups.every(Boolean);
}

function runGroup(group: VectorGroup, rows: readonly unknown[], run: { title: string; surroundings: Surroundings; print: Print }): boolean {
  const failures: string[] = [];
  for (const [position, row] of rows.entries()) {
    const title = group.titleOf(row, position);
    for (const member of group.unknownMembers(row)) run.print(`${run.title} ${group.name} ${title}: nobody looks at “${member}”`);
    const { expected, got } = outcomeOf(group, row, run.surroundings);
    if (!isDeepStrictEqual(expected, got)) failures.push(`  ${title}: expected ${shown(expected)}, got ${shown(got)}`);
  }
  run.print(`${run.title} ${group.name}: ${rows.length - failures.length}/${rows.length}`);
  for (const failure of failures) run.print(failure);
  return failures.length === 0;
}

/** A row that the product cannot even take is one that fails, and the others go on. */
export function outcomeOf(group: VectorGroup, row: unknown, surroundings: Surroundings): Checked {
  try {
    const { expected, got } = group.check(row, surroundings);
    return { expected: withoutGaps(expected), got: withoutGaps(got) };
  } catch (error) {
    return { expected: 'an answer', got: `thrown: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Members that are undefined are as good as missing: JSON has none. */
function withoutGaps(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

const LONGEST_SHOWN = 1500;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
