import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { Room } from './room.ts';
import type { Import, SourceFile } from './source-file.ts';

/** Packages that certain rooms have to themselves. */
export interface Reservation {
  readonly packages: readonly string[];
  readonly rooms: readonly string[];
  readonly because: string;
}

/** Every import of a product file that the table has no arrow for. */
export function wrongArrows(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  return eachImport(files).flatMap(({ file, imported, target }) => {
    const from = roomOf(rooms, file.path);
    if (from === null || target === null) return [];
    const to = roomOf(rooms, target);
    if (to === null) return [`${place(file, imported)} imports ${target}, but no room of the table has that file`];
    if (to.path === from.path || from.mayImport.includes(to.path)) return [];
    const typesAllowed = from.mayImportTypes?.includes(to.path) ?? false;
    if (typesAllowed && imported.typesOnly) return [];
    const what = typesAllowed ? `${to.path} for more than its types` : to.path;
    return [`${place(file, imported)} imports ${what}, but ${from.path} ${from.because}`];
  });
}

/** Every import of a package that the file's room does not list. */
export function wrongPackages(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  return eachImport(files).flatMap(({ file, imported, target }) => {
    const from = roomOf(rooms, file.path);
    if (from === null || target !== null) return [];
    if (imported.specifier === '(computed)') return [`${place(file, imported)} imports a computed name, which nothing can check`];
    if (from.packages.some((pattern) => matches(pattern, imported.specifier))) return [];
    return [`${place(file, imported)} imports ${imported.specifier}, but ${from.path} ${from.because}`];
  });
}

/** Imports of a reserved package from elsewhere: the second lock, which an edit of a row does not open. */
export function wrongOwners(rooms: readonly Room[], files: readonly SourceFile[], reservations: readonly Reservation[]): string[] {
  return eachImport(files).flatMap(({ file, imported }) => {
    const reservation = reservations.find(({ packages }) => packages.some((name) => isPartOf(name, imported.specifier)));
    const from = roomOf(rooms, file.path);
    if (reservation === undefined || from === null || reservation.rooms.includes(from.path)) return [];
    return [`${place(file, imported)} imports ${imported.specifier}, but ${reservation.because}`];
  });
}

/** Files that pass on what another file has, so that nobody can tell where it lives. */
export function reExports(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  return eachImport(files)
    .filter(({ file, imported }) => imported.isReExport && roomOf(rooms, file.path) !== null)
    .map(({ file, imported }) => `${place(file, imported)} re-exports from ${imported.specifier}: import from the file that has it`);
}

/** Files that reach themselves through their imports; types count too. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const arrows = new Map(files.map((file) => [file.path, file.imports.flatMap((imported) => targetOf(file.path, imported) ?? [])]));
  return cycles(arrows).map((cycle) => `${cycle.join(' → ')} is an import cycle`);
}

/** Rooms that the table lets reach themselves. */
export function tableCycles(rooms: readonly Room[]): string[] {
  const arrows = new Map(rooms.map((room) => [room.path, [...room.mayImport, ...(room.mayImportTypes ?? [])]]));
  return cycles(arrows).map((cycle) => `${cycle.join(' → ')} is a cycle in the table`);
}

/** A file belongs to the room that names it, else to the one that names its folder. */
export function roomOf(rooms: readonly Room[], path: string): Room | null {
  return rooms.find((room) => room.path === path) ?? rooms.find((room) => room.path === posix.dirname(path)) ?? null;
}

function eachImport(files: readonly SourceFile[]): { file: SourceFile; imported: Import; target: string | null }[] {
  return files.flatMap((file) => file.imports.map((imported) => ({ file, imported, target: targetOf(file.path, imported) })));
}

/** The project's file that an import names, or null for a package. */
function targetOf(path: string, { specifier }: Import): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : null;
}

function matches(pattern: string, specifier: string): boolean {
  if (pattern !== 'node:*') return pattern.endsWith('*') ? specifier.startsWith(pattern.slice(0, -1)) : pattern === specifier;
  // SQLite is part of Node, but nobody's by default; and a room of the table is what `node:` means, not a package called `fs`.
  return specifier.startsWith('node:') && specifier !== 'node:sqlite' && builtinModules.includes(specifier.slice('node:'.length));
}

function isPartOf(name: string, specifier: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

function place(file: SourceFile, { line }: Import): string {
  return `${file.path}:${line}`;
}

/** Each cycle once, from where it was first met, closed by its own beginning. */
function cycles(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const follow = (from: string): void => {
    if (done.has(from)) return;
    const seenAt = path.indexOf(from);
    if (seenAt !== -1) {
      found.push([...path.slice(seenAt), from]);
      return;
    }
    path.push(from);
    for (const to of arrows.get(from) ?? []) follow(to);
    path.pop();
    done.add(from);
  };
  for (const from of arrows.keys()) follow(from);
  return found;
}
