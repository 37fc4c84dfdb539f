import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { INVENTORY_ATTRIBUTE_LIMIT, InventoryEntry, InventorySchemaVersion, InventoryTypeName } from '../protocol/inventory.ts';

/** The SSM agent's limits of custom inventory. */
export const MOST_CUSTOM_FILES = 20;
export const MOST_CUSTOM_BYTES = 200 * 1024;

const Attributes = z
  .record(z.string(), z.unknown(), 'Content is a map of attributes to texts, or a list of such maps.')
  .pipe(InventoryEntry)
  .refine((entry) => Object.keys(entry).length > 0, 'An entry needs an attribute.')
  .refine(
    (entry) => Object.keys(entry).length <= INVENTORY_ATTRIBUTE_LIMIT,
    `An entry has at most ${INVENTORY_ATTRIBUTE_LIMIT} attributes.`,
  );

/** A JSON file that a person or a tool has put on the node. */
const CustomFile = z.looseObject({
  SchemaVersion: InventorySchemaVersion,
  TypeName: InventoryTypeName.refine((name) => name.startsWith('Custom:'), 'The TypeName of a file begins with Custom:.'),
  Content: z
    .unknown()
    .transform((content) => (Array.isArray(content) ? content : [content]))
    .pipe(z.array(Attributes)),
});

export interface CustomItem {
  readonly typeName: string;
  readonly schemaVersion: string;
  readonly content: readonly InventoryEntry[];
}

/** A file's text, or why it is not read: it may be a link out of the folder, a pipe that nobody writes to, or far too long. */
function textOf(file: string): { text: string } | { problem: string } {
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) return { problem: 'it is no ordinary file' };
    if (stats.size > MOST_CUSTOM_BYTES) return { problem: `it is larger than ${MOST_CUSTOM_BYTES} bytes` };
    // One byte more, for a file that grows while it is read.
    const bytes = Buffer.alloc(MOST_CUSTOM_BYTES + 1);
    const length = readSync(handle, bytes, 0, bytes.length, 0);
    if (length > MOST_CUSTOM_BYTES) return { problem: `it is larger than ${MOST_CUSTOM_BYTES} bytes` };
    return { text: bytes.toString('utf8', 0, length) };
  } finally {
    closeSync(handle);
  }
}

function itemOf(file: string): { item: CustomItem } | { problem: string } {
  try {
    const read = textOf(file);
    if ('problem' in read) return read;
    const parsed = CustomFile.safeParse(JSON.parse(read.text.replace(/^\uFEFF/, '')));
    if (!parsed.success) return { problem: parsed.error.issues[0]?.message ?? 'it is not as it must be' };
    const { TypeName, SchemaVersion, Content } = parsed.data;
    return { item: { typeName: TypeName, schemaVersion: SchemaVersion, content: Content } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    return { problem: code === 'ELOOP' ? 'it is a link' : code === null ? 'it is no JSON' : `it cannot be read (${code})` };
  }
}

function jsonFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.toLowerCase().endsWith('.json'))
      .sort();
  } catch {
    // Nobody has made the folder, and so there is no custom inventory.
    return [];
  }
}

/** Every file that is as it must be; each of the others is said, and keeps none of them away. */
export function customItems(folder: string, warn: (problem: string) => void): CustomItem[] {
  const names = jsonFilesIn(folder);
  if (names.length > MOST_CUSTOM_FILES) warn(`${folder} has ${names.length} files; the first ${MOST_CUSTOM_FILES} are read.`);
  const found = new Map<string, CustomItem>();
  for (const name of names.slice(0, MOST_CUSTOM_FILES)) {
    const read = itemOf(path.join(folder, name));
    if ('problem' in read) warn(`${JSON.stringify(name)} is left out: ${read.problem.replace(/\.$/, '')}.`);
    else if (found.has(read.item.typeName)) warn(`${JSON.stringify(name)} is left out: another file has the type ${read.item.typeName}.`);
    else found.set(read.item.typeName, read.item);
  }
  return [...found.values()];
}
