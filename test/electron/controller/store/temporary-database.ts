import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Database } from '../../../../electron/controller/store/database.ts';
import { openDatabase } from '../../../../electron/controller/store/database.ts';
import { openStores } from '../../../../electron/controller/store/stores.ts';
import { NOW } from './instants.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real database file, in a folder of its own unless one is given; closed when the test ends. */
export function openTemporary(folder = temporaryFolder(), migrationsFolder?: string): Database {
  const location = { file: join(folder, 'holdfast.db'), backupsFolder: join(folder, 'backups'), now: () => NOW };
  const database = openDatabase(migrationsFolder === undefined ? location : { ...location, migrationsFolder });
  onTestFinished(() => database.close());
  return database;
}

export const temporaryStores = () => {
  const database = openTemporary();
  return { database, ...openStores(database) };
};
