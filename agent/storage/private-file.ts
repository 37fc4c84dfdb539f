import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** A new file for this user only; fails when anything has that name, also a link. */
export function createPrivateFile(file: string, mode = 0o600): number {
  return openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | NO_FOLLOW, mode);
}

export function writeAll(handle: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(handle, bytes, written);
}

/** Bytes from `offset` on; fewer than asked for when the file is shorter. */
export function readPart(file: string, { offset, length }: { offset: number; length: number }): Buffer {
  const handle = openSync(file, constants.O_RDONLY | NO_FOLLOW);
  try {
    const bytes = Buffer.alloc(length);
    let read = 0;
    while (read < length) {
      const more = readSync(handle, bytes, read, length - read, offset + read);
      if (more === 0) break;
      read += more;
    }
    return bytes.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}
