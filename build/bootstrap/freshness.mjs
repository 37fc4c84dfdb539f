import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that a build reads. */
const sourceFolders = ['agent', 'electron', 'renderer', 'build'];
const sourceFiles = ['package.json', 'package-lock.json'];

/** What a build leaves, and a start needs. */
const products = ['dist/agent/holdfast-agent.mjs', 'dist/electron/serve-main.js', 'dist/electron/main.js', 'dist/renderer/index.html'];

/**
 * Sources as they are now, by content: a fresh clone and a changed clock make every time stamp lie.
 * @param {string} root
 * @returns {Record<string, string>} SHA-256 by path
 */
export function readSources(root) {
  /** @type {Record<string, string>} */
  const hashes = {};
  for (const path of [...sourceFiles, ...sourceFolders.flatMap((folder) => filesBelow(root, folder))]) {
    if (existsSync(join(root, path)))
      hashes[path] = createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest('base64url');
  }
  return hashes;
}

/**
 * Why what is built is not what the sources say, or null when it is.
 * @param {string} root
 * @param {Record<string, string>} sources
 */
export function buildProblem(root, sources) {
  const built = readStamp(root);
  if (built === null) return 'nothing is built yet';
  if (products.some((product) => !existsSync(join(root, product)))) return 'a part of the last build is missing';
  const changed = [...new Set([...Object.keys(sources), ...Object.keys(built)])].filter((path) => sources[path] !== built[path]);
  if (changed.length === 0) return null;
  const others = changed.length - 1;
  return `${changed[0]}${others === 0 ? '' : ` and ${others} other ${others === 1 ? 'file' : 'files'}`} changed since the last build`;
}

/**
 * @param {string} root
 * @param {Record<string, string>} sources as they were before the build began
 */
export function stampBuild(root, sources) {
  writeFileSync(stampFile(root), JSON.stringify(sources, null, 1));
}

/**
 * @param {string} root
 * @returns {Record<string, string> | null}
 */
function readStamp(root) {
  try {
    return JSON.parse(readFileSync(stampFile(root), 'utf8'));
  } catch {
    // Missing or cut short: either way the answer is to build again.
    return null;
  }
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'dist', 'build-sources.json');
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort();
}
