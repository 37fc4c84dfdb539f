import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { v4 } from 'uuid';
import { safePart } from '../../domain/output-copy.ts';
import type { OutputDestination } from '../../domain/output-destination.ts';
import type { OutputPlace } from '../ports/output-places.ts';

const NEW_FILE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);

/** A folder of this computer, or a share that is mounted there. It has to be there: a share that is not mounted is not made anew. */
export async function openFolder({ folder }: Extract<OutputDestination, { kind: 'folder' }>): Promise<OutputPlace> {
  const root = await realpath(folder);
  if (!(await lstat(root)).isDirectory()) throw new Error(`${folder} is not a folder`);
  return {
    async put(key, body, _bytes) {
      const parts = key.split('/');
      const name = parts.pop() ?? '';
      await writeWhole(join(await folderBelow(root, parts), checkedPart(name)), body);
    },
    async prove() {
      const file = join(root, `holdfast-test-${v4()}`);
      await writeWhole(file, async function* () {
        yield Buffer.from('Holdfast can write here.\n');
      });
      await rm(file);
    },
    urlOf: (path) => pathToFileURL(join(folder, ...path.split('/').map(checkedPart))).href,
    close: () => undefined,
  };
}

/** Names are made safe where keys are made; here nothing else becomes a path. */
function checkedPart(part: string): string {
  if (safePart(part) !== part) throw new Error(`“${part}” is no name for a file or folder`);
  return part;
}

/** Makes each folder in turn and follows no link, which somebody else with the share could have put there. */
async function folderBelow(root: string, parts: readonly string[]): Promise<string> {
  let folder = root;
  for (const part of parts) {
    folder = join(folder, checkedPart(part));
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
  }
  return folder;
}

/** The file has its name only when it is whole. */
async function writeWhole(file: string, body: () => AsyncIterable<Uint8Array>): Promise<void> {
  const draft = `${file}.${v4()}.part`;
  const handle = await open(draft, NEW_FILE, 0o600);
  try {
    await pipeline(body(), handle.createWriteStream());
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
