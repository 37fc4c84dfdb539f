import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { GROUPS } from './all-groups.ts';
import { isMap } from './vector-group.ts';

export const SHARED_VECTORS = resolve(projectRoot, '../shared/vectors');

export interface VectorFile {
  /** As it is called in what is printed. */
  readonly title: string;
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface FoundFiles {
  readonly files: readonly VectorFile[];
  /** What is neither vectors nor a document that goes with them: its name, and why. */
  readonly unknown: readonly string[];
}

interface JsonFile {
  readonly path: string;
  /** Undefined when it is not JSON. */
  readonly content: unknown;
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** Every vector file below a folder. Documents among them are told by their schema, or by the index that lists them. */
export function findVectorFiles(folder: string): FoundFiles {
  const all = jsonFilesBelow(folder).map(jsonFile);
  const listed = new Set(all.flatMap(({ content }) => sampleNames(content)));
  const candidates = all.filter(({ path, content }) => !listed.has(basename(path)) && !isDocument(content));
  const titleOf = (path: string) => relative(folder, path) || basename(path);
  return {
    files: candidates.flatMap(({ path, content }) => (isVectors(content) ? [{ title: titleOf(path), path, content }] : [])),
    unknown: candidates.flatMap(({ path, content, problem }) =>
      isVectors(content) ? [] : [`${titleOf(path)}: ${problem ?? 'not a vector file that is known here'}`],
    ),
  };
}

function jsonFilesBelow(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.toLowerCase().endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function jsonFile(path: string): JsonFile {
  try {
    return { path, content: JSON.parse(readFileSync(path, 'utf8')) };
  } catch (cause) {
    return { path, content: undefined, problem: `cannot be read as JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

function sampleNames(content: unknown): string[] {
  if (!isMap(content) || !Array.isArray(content.samples)) return [];
  return content.samples.flatMap((sample: unknown) => (isMap(sample) && typeof sample.file === 'string' ? [basename(sample.file)] : []));
}

const isDocument = (content: unknown): boolean => isMap(content) && 'schemaVersion' in content;

function isVectors(content: unknown): content is Readonly<Record<string, unknown>> {
  return isMap(content) && Object.keys(content).some((key) => GROUPS.has(key));
}

/** Lists in a file that no group here is about, and groups that are no list. */
export const strangeMembers = ({ content }: VectorFile): string[] =>
  Object.entries(content).flatMap(([name, rows]) => {
    if (Array.isArray(rows)) return GROUPS.has(name) ? [] : [`${name}: not a group that is known here`];
    return GROUPS.has(name) ? [`${name}: not a list of rows`] : [];
  });

/** Reads what goes with a vector file: beside it, then with the samples of its folder, then with those that everybody has. */
export function companionsOf({ path }: VectorFile, folder: string): (name: string) => string {
  const places = [
    dirname(path),
    join(dirname(path), 'document-samples'),
    join(folder, 'document-samples'),
    join(SHARED_VECTORS, 'document-samples'),
  ];
  return (name) => {
    const found = places.map((place) => join(place, name)).find((file) => existsSync(file));
    if (found === undefined) throw new Error(`There is no file ${name} beside ${basename(path)}, nor in document-samples.`);
    return readFileSync(found, 'utf8');
  };
}
