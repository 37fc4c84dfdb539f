import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A file of the built page, as it goes over HTTP. */
export type PageFile = { bytes: Buffer; contentType: string; cacheControl: string };

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.map', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
]);

/** Plain names only: no dot files, no `..`, no backslash, no drive, and nothing percent-encoded. */
const PLAIN_PATH = /^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/;

/** The bundler puts a hash of the content into these names, so what they name never changes. */
const HASHED = /^\/assets\/.+-[A-Za-z0-9_-]{8}\.[a-z0-9.]+$/;

/** Null when there is no such file for a page. `/` is index.html. */
export async function readPageFile(folder: string, path: string): Promise<PageFile | null> {
  const name = path === '/' ? '/index.html' : path;
  const contentType = CONTENT_TYPES.get(extname(name));
  if (!PLAIN_PATH.test(name) || contentType === undefined) return null;
  const bytes = await readInside(folder, name);
  return bytes && { bytes, contentType, cacheControl: HASHED.test(name) ? 'private, max-age=31536000, immutable' : 'no-store' };
}

async function readInside(folder: string, name: string): Promise<Buffer | null> {
  try {
    const inside = await realpath(folder);
    const file = await realpath(join(inside, name));
    // A link in the folder may point anywhere.
    return file.startsWith(inside + sep) ? await readFile(file) : null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && ABSENT.has(String(cause.code))) return null;
    throw cause;
  }
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']);
