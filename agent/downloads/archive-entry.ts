import path from 'node:path';

/** What an archive may hold: what has more of anything is refused as a whole. */
export interface ArchiveLimits {
  readonly mostEntries: number;
  readonly mostBytes: number;
  /** How many times larger than the archive all of it together may be, where it is larger than `ratioFromBytes`. */
  readonly mostRatio: number;
}

export const USUAL_LIMITS: ArchiveLimits = { mostEntries: 50_000, mostBytes: 4 * 1024 ** 3, mostRatio: 200 };

/** A small text may be packed very well, and does no harm. */
export const RATIO_FROM_BYTES = 16 * 1024 ** 2;

const LONGEST_NAME = 1024;
const DEEPEST = 40;
// What Windows takes for a device, whatever follows the first dot.
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The parts of the name of an entry, or of an object of a store, as a path below a folder; null when it is none, on any platform. */
export function safeParts(name: string): string[] | null {
  if (name.length > LONGEST_NAME || CONTROL.test(name) || name.includes('\\') || name.startsWith('/')) return null;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length > 0 && parts.length <= DEEPEST && parts.every(isSafe) ? parts : null;
}

function isSafe(part: string): boolean {
  if (part === '..' || Buffer.byteLength(part) > 255) return false;
  return process.platform !== 'win32' || !(part.includes(':') || /[. ]$/.test(part) || DEVICE.test(part));
}

/** Whether the path, made of `folder` and something, is in that folder. */
export function isBelow(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
