import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../domain/faults.ts';

/** Makes the data folder for this user alone, with what the store expects in it; a Fault when it cannot be written. */
export function prepareDataFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    accessSync(dataFolder, constants.W_OK | constants.X_OK);
    mkdirSync(join(dataFolder, 'backups'), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Fault('E-DATA-FOLDER', { folder: dataFolder, cause: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
}
