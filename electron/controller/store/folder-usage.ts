import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What is gone between listing and looking counts as nothing. */
const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
};

/** Bytes of all files below the folder, counted one after the other so that nothing else has to wait for it. */
export async function usageBelow(folder: string, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  try {
    for await (const entry of await opendir(folder)) {
      if (signal.aborted) return bytes;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) bytes += await usageBelow(path, signal);
      else if (entry.isFile()) bytes += await sizeOf(path);
    }
  } catch {
    // The folder went away meanwhile, or cannot be read: then nothing in it can be counted.
  }
  return bytes;
}
