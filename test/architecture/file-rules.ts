import { posix } from 'node:path';
import { roomOf } from './import-rules.ts';
import type { Room } from './room.ts';
import type { SourceFile } from './source-file.ts';

const longestFile = 350;
const longestFunction = 60;
const longestComponent = 120;

/** Names that say that somebody did not know where a thing belongs: as a whole name, or as its last word. */
const drawerNames = ['index', 'service', 'shared', 'common', 'misc', 'types', 'interfaces', 'constants', 'utils', 'helpers', 'manager'];
const drawerEndings = ['util', 'utils', 'helper', 'helpers', 'manager', 'misc', 'common', 'shared'];

/** Folders with files of their own that no row of the table, and no rule for tests, speaks of. */
export function roomsWithoutCharter(chartered: readonly string[], folders: readonly string[]): string[] {
  return folders
    .filter((folder) => !chartered.includes(folder))
    .map((folder) => `${folder}/ has no charter: say in test/architecture/layout.ts what it is for and what it may import`);
}

/** Rows of the table for which there is nothing. */
export function chartersWithoutRoom(rooms: readonly { readonly path: string }[], existing: ReadonlySet<string>): string[] {
  return rooms.filter(({ path }) => !existing.has(path)).map(({ path }) => `${path} has a charter, but nothing is there`);
}

/** Folders of tests that mirror no folder of the sources. */
export function strayMirrors(rooms: readonly Room[], testFolders: readonly string[]): string[] {
  return testFolders
    .filter((folder) => !rooms.some((room) => `test/${room.path}` === folder))
    .map((folder) => `${folder}/ mirrors ${folder.slice('test/'.length)}/, which is not in the table`);
}

export function drawers(files: readonly SourceFile[], folders: readonly string[]): string[] {
  const names = [...files.map((file) => file.path), ...folders];
  return names
    .filter((path) => isDrawer(posix.basename(path).replace(/(\.test|\.config)?\.(ts|tsx|mjs)$/, '')))
    .map((path) => `${path} is named like a drawer: name it after what it does, or give what is in it to the files that use it`);
}

/** Tools that insist on a default export get it; nothing else has one. */
export function defaultExports(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !/^build\/[^/]+\.config\.ts$/.test(file.path))
    .flatMap((file) => file.defaultExportLines.map((line) => `${file.path}:${line} has a default export: give it its name`));
}

export function ambientClocks(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => roomOf(rooms, file.path)?.pure === true)
    .flatMap((file) =>
      file.clockUses.map(({ text, line }) => `${file.path}:${line} uses ${text}, but time is an argument in pure code: take \`now: Date\``),
    );
}

export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => file.lines > longestFile)
    .map((file) => `${file.path} has ${file.lines} lines, more than ${longestFile}: it holds more than one idea`);
}

/** A test file's `describe` is as long as its tests are many; everywhere else a function fits on a screen. */
export function longFunctions(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !file.path.startsWith('test/'))
    .flatMap((file) => {
      const longest = /^renderer\/.*\.tsx$/.test(file.path) ? longestComponent : longestFunction;
      return file.functions
        .filter(({ lines }) => lines > longest)
        .map(({ name, line, lines }) => `${file.path}:${line} ${name || 'a function'} has ${lines} lines, more than ${longest}`);
    });
}

function isDrawer(name: string): boolean {
  const words = name.split('-');
  return drawerNames.includes(name) || drawerEndings.includes(words.at(-1) ?? '');
}
