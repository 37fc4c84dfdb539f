import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, parse, sep } from 'node:path';

const MOST_LINKS = 40;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;
const FOLDER = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** A link on the way that somebody without our rights may have made, to lead us elsewhere. */
export class PlantedLink extends Error {
  readonly link: string;

  constructor(link: string) {
    super(`${link} is a symbolic link that another user may have made.`);
    this.link = link;
  }
}

/** Something on the way is there and is no folder. */
export class NoFolder extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`${path} is not a folder.`);
    this.path = path;
  }
}

/**
 * A folder that was reached step by step, through no link that a user with fewer rights could have put there. On Linux it is held open,
 * and `entry` leads through what is held: whoever renames folders meanwhile changes nothing. Elsewhere `entry` is the path again.
 */
export class TrustedFolder {
  readonly path: string;
  /** Names below `path` that are not there, from above. */
  readonly missing: readonly string[];
  readonly #handle: number | null;

  private constructor(at: { path: string; handle: number | null; missing: readonly string[] }) {
    this.path = at.path;
    this.#handle = at.handle;
    this.missing = at.missing;
  }

  /** The deepest folder on the way to `path` that is there. */
  static open(path: string): TrustedFolder {
    if (process.platform === 'win32') return onWindows(path, (at) => new TrustedFolder(at));
    const isHeld = process.platform === 'linux';
    const walk: Walk = { parts: path.split('/'), path: '/', handle: openSync('/', FOLDER), links: 0 };
    try {
      for (let name = walk.parts.shift(); name !== undefined; name = walk.parts.shift()) {
        if (name === '' || name === '.') continue;
        if (!step(walk, name))
          return new TrustedFolder({ path: walk.path, handle: heldOnly(walk, isHeld), missing: [name, ...walk.parts] });
      }
    } catch (error) {
      closeSync(walk.handle);
      throw error;
    }
    return new TrustedFolder({ path: walk.path, handle: heldOnly(walk, isHeld), missing: [] });
  }

  /** A path to what has this name in the folder, for the functions of node:fs. */
  entry(name: string): string {
    return this.#handle === null ? joined(this.path, name) : `/proc/self/fd/${this.#handle}/${name}`;
  }

  stat(name: string): Stats | null {
    return lstatSync(this.entry(name), { throwIfNoEntry: false }) ?? null;
  }

  /** Whether nobody with fewer rights than ours can exchange what is in it. */
  get isOursAlone(): boolean {
    const stats = this.#handle === null ? lstatSync(this.path) : fstatSync(this.#handle);
    return isOurs(stats) && (stats.mode & WRITABLE_BY_OTHERS) === 0;
  }

  get handle(): number | null {
    return this.#handle;
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
  }
}

interface Walk {
  parts: string[];
  path: string;
  handle: number;
  links: number;
}

const joined = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}${sep}${name}`);
const isOurs = ({ uid }: Stats): boolean => uid === 0 || uid === process.geteuid?.();

/** False when there is nothing of that name. */
function step(walk: Walk, name: string): boolean {
  const entry = process.platform === 'linux' ? `/proc/self/fd/${walk.handle}/${name}` : joined(walk.path, name);
  const found = lstatSync(entry, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const path = name === '..' ? dirname(walk.path) : joined(walk.path, name);
  if (found.isSymbolicLink()) followLink(walk, { entry, path, found });
  else if (!found.isDirectory()) throw new NoFolder(path);
  else enter(walk, entry, path);
  return true;
}

function enter(walk: Walk, entry: string, path: string): void {
  const next = openSync(entry, FOLDER);
  closeSync(walk.handle);
  walk.handle = next;
  walk.path = path;
}

function followLink(walk: Walk, { entry, path, found }: { entry: string; path: string; found: Stats }): void {
  const folder = fstatSync(walk.handle);
  const isFixed = isOurs(folder) && ((folder.mode & WRITABLE_BY_OTHERS) === 0 || (folder.mode & STICKY) !== 0);
  walk.links += 1;
  if (!isOurs(found) || !isFixed || walk.links > MOST_LINKS) throw new PlantedLink(path);
  const target = readlinkSync(entry);
  walk.parts.unshift(...target.split('/'));
  if (target.startsWith('/')) enter(walk, '/', '/');
}

function heldOnly(walk: Walk, isHeld: boolean): number | null {
  if (!isHeld) closeSync(walk.handle);
  return isHeld ? walk.handle : null;
}

/** Links need a right of their own on Windows; here only what is there is found out. */
function onWindows(path: string, make: (at: { path: string; handle: null; missing: string[] }) => TrustedFolder): TrustedFolder {
  const { root } = parse(path);
  const missing: string[] = [];
  let at = path;
  for (
    let found = lstatSync(at, { throwIfNoEntry: false });
    found === undefined && at !== root;
    found = lstatSync(at, { throwIfNoEntry: false })
  ) {
    missing.unshift(parse(at).base);
    at = dirname(at);
  }
  const found = lstatSync(at);
  if (found.isSymbolicLink()) throw new PlantedLink(at);
  if (!found.isDirectory()) throw new NoFolder(at);
  return make({ path: at, handle: null, missing });
}
