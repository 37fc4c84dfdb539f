import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../project-root.ts';
import {
  ambientClocks,
  chartersWithoutRoom,
  defaultExports,
  drawers,
  longFiles,
  longFunctions,
  roomsWithoutCharter,
  strayMirrors,
} from './file-rules.ts';
import { importCycles, reExports, tableCycles, wrongArrows, wrongOwners, wrongPackages } from './import-rules.ts';
import { onlyIn, rooms } from './layout.ts';
import { foldersInReadme } from './readme-tree.ts';
import { readSourceTree } from './source-tree.ts';
import { mirrors, testRooms } from './test-layout.ts';

const { files, folders } = readSourceTree(projectRoot);
const isMirror = (folder: string) => mirrors.some((mirror) => folder === mirror || folder.startsWith(`${mirror}/`));
const testRows = Object.entries(testRooms).map(([path, charter]) => ({ path, charter }));

describe('the sources keep to the table', () => {
  test('every import of our own files has an arrow', () => {
    expect(wrongArrows(rooms, files)).toEqual([]);
  });

  test('every import of a package is in its row', () => {
    expect(wrongPackages(rooms, files)).toEqual([]);
  });

  test('SQLite is in the stores, and Electron in the shell', () => {
    expect(wrongOwners(rooms, files, onlyIn)).toEqual([]);
  });

  test('no file reaches itself through its imports', () => {
    expect(importCycles(files)).toEqual([]);
  });

  test('no row of the table reaches itself', () => {
    expect(tableCycles(rooms)).toEqual([]);
  });

  test('no file passes on what another file has', () => {
    expect(reExports(rooms, files)).toEqual([]);
  });
});

describe('every place says what it is for', () => {
  test('every folder has a charter', () => {
    const chartered = [...rooms, ...testRows].map(({ path }) => path);
    expect(
      roomsWithoutCharter(
        chartered,
        folders.filter((folder) => !isMirror(folder)),
      ),
    ).toEqual([]);
  });

  test('every charter has a place', () => {
    const existing = new Set([...folders, ...files.map((file) => file.path)]);
    expect(chartersWithoutRoom([...rooms, ...testRows], existing)).toEqual([]);
  });

  test('the tests of a part are where the part is', () => {
    expect(strayMirrors(rooms, folders.filter(isMirror))).toEqual([]);
  });

  test('every charter is one sentence', () => {
    const charters = [...rooms, ...testRows].map(({ charter }) => charter);
    expect(charters.filter((charter) => !/^[A-Z"'].*[^.]\.$/.test(charter))).toEqual([]);
  });

  test("README's tree is the table's", () => {
    const inTable = [...rooms, ...testRows].map(({ path }) => path).filter((path) => !/\.\w+$/.test(path));
    const inReadme = foldersInReadme(readFileSync(join(projectRoot, 'README.md'), 'utf8')).filter((folder) => !mirrors.includes(folder));
    expect(inReadme.toSorted()).toEqual(inTable.toSorted());
  });
});

describe('the sources keep to the house style', () => {
  test('nothing is named like a drawer', () => {
    expect(drawers(files, folders)).toEqual([]);
  });

  test('nothing is exported without its name', () => {
    expect(defaultExports(files)).toEqual([]);
  });

  test('pure code has no clock of its own', () => {
    expect(ambientClocks(rooms, files)).toEqual([]);
  });

  test('no file holds more than one idea', () => {
    expect(longFiles(files)).toEqual([]);
  });

  test('every function fits on a screen', () => {
    expect(longFunctions(files)).toEqual([]);
  });
});
