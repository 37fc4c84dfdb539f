import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  dataFolderAt,
  dataFolderExists,
  prepareDataFolder,
  removeEmptyDataFolder,
  removeEnrollment,
  writeFileAtomically,
} from '../../../agent/storage/data-folder.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';

const dataFolderFailure = expect.objectContaining({ code: 'E-DATA-FOLDER' });

describe('the data folder', () => {
  test('is made for its user only', () => {
    const folder = dataFolderAt(aTemporaryPath());
    prepareDataFolder(folder);
    for (const path of [folder.path, folder.output, folder.work]) expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test('that is empty and too open is closed', () => {
    const folder = dataFolderAt(aTemporaryPath());
    mkdirSync(folder.path);
    chmodSync(folder.path, 0o777);
    prepareDataFolder(folder);
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  });

  test('that others could have written to is refused when something is in it', () => {
    const folder = dataFolderAt(aTemporaryPath());
    mkdirSync(folder.path);
    writeFileSync(join(folder.path, 'planted'), '');
    chmodSync(folder.path, 0o777);
    expect(() => prepareDataFolder(folder)).toThrow(dataFolderFailure);
  });

  test('is refused when it is a symbolic link', () => {
    const path = aTemporaryPath();
    mkdirSync(`${path}-elsewhere`);
    symlinkSync(`${path}-elsewhere`, path);
    expect(() => prepareDataFolder(dataFolderAt(path))).toThrow(dataFolderFailure);
    expect(() => dataFolderExists(dataFolderAt(path))).toThrow(dataFolderFailure);
  });

  test('is refused when one of its own folders is a symbolic link', () => {
    const folder = dataFolderAt(aTemporaryPath());
    prepareDataFolder(folder);
    const linked = dataFolderAt(aTemporaryPath());
    mkdirSync(linked.path, { mode: 0o700 });
    symlinkSync(folder.output, linked.output);
    expect(() => prepareDataFolder(linked)).toThrow(dataFolderFailure);
  });

  test.skipIf(process.geteuid?.() !== 0)('is refused when it belongs to another user', async () => {
    const { chownSync } = await import('node:fs');
    const folder = dataFolderAt(aTemporaryPath());
    prepareDataFolder(folder);
    chownSync(folder.path, 12_345, 12_345);
    expect(() => prepareDataFolder(folder)).toThrow(dataFolderFailure);
  });

  test('is refused when a file has its name', () => {
    const path = aTemporaryPath();
    writeFileSync(path, '');
    expect(() => prepareDataFolder(dataFolderAt(path))).toThrow(dataFolderFailure);
  });

  test('goes when its node is unenrolled, but not with files of somebody else', () => {
    const folder = dataFolderAt(aTemporaryPath());
    prepareDataFolder(folder);
    writeFileAtomically(folder.identity, '{}');
    removeEnrollment(folder);
    removeEmptyDataFolder(folder);
    expect(existsSync(folder.path)).toBe(false);

    prepareDataFolder(folder);
    writeFileSync(join(folder.path, 'notes.txt'), 'mine');
    removeEnrollment(folder);
    removeEmptyDataFolder(folder);
    expect(existsSync(join(folder.path, 'notes.txt'))).toBe(true);
  });
});

test('a file that is replaced keeps its rights and leaves no draft', () => {
  const file = aTemporaryPath('secret.json');
  writeFileAtomically(file, 'first');
  writeFileAtomically(file, 'second');
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(`${file}.new`)).toBe(false);
});
