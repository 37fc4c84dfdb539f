import { createHash } from 'node:crypto';
import { closeSync, constants, createReadStream, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { filled } from '../desired-state/text-difference.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { FileInputs } from '../document/desired-file-inputs.ts';
import { NoFolder, PlantedLink, TrustedFolder } from '../platform/trusted-folder.ts';
import type { ActionContext } from '../steps/action.ts';

/** What a file shall hold: known here, or as much as a file of the node holds, which may be large. */
export type WantedContent =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly isHidden: boolean }
  | { readonly kind: 'copy'; readonly source: string; readonly size: number };

const LARGEST_TEMPLATE_BYTES = 4 * 1024 * 1024;
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Null where nothing is said of the content. */
export function wantedContent(inputs: FileInputs, context: ActionContext): WantedContent | null {
  const { content, encoding, secretContent, source, values } = inputs;
  if (content !== undefined)
    return { kind: 'bytes', bytes: Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'), isHidden: false };
  if (secretContent !== undefined) return { kind: 'bytes', bytes: Buffer.from(secretContent), isHidden: true };
  if (source === undefined) return null;
  const file = path.isAbsolute(source) ? source : path.join(context.downloads, source);
  const handle = openSource(source, file);
  try {
    const { size } = fstatSync(handle);
    if (values === undefined) return { kind: 'copy', source: file, size };
    if (size > LARGEST_TEMPLATE_BYTES)
      throw new Trouble('E-SOURCE', { source, problem: `as a template it may have ${LARGEST_TEMPLATE_BYTES} bytes` });
    const { text, missing } = filled(readFileSync(handle, 'utf8'), values);
    if (missing.length > 0) throw new Trouble('E-TEMPLATE', { source, problem: `has no value for ${missing.join(', ')}` });
    return { kind: 'bytes', bytes: Buffer.from(text), isHidden: false };
  } finally {
    closeSync(handle);
  }
}

/** An open file, reached through no link that another user could have put there. */
export function openSource(source: string, file: string): number {
  let folder: TrustedFolder | null = null;
  try {
    folder = TrustedFolder.open(path.dirname(file));
    if (folder.missing.length > 0) throw new Trouble('E-SOURCE', { source, problem: 'it is not there' });
    const handle = openSync(folder.entry(path.basename(file)), READ);
    if (fstatSync(handle).isFile()) return handle;
    closeSync(handle);
    throw new Trouble('E-SOURCE', { source, problem: 'it is not a file' });
  } catch (error) {
    throw sourceTrouble(source, error);
  } finally {
    folder?.close();
  }
}

function sourceTrouble(source: string, error: unknown): unknown {
  if (error instanceof PlantedLink || error instanceof NoFolder)
    return new Trouble('E-SOURCE', { source, problem: error.message.replace(/\.$/, '') });
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return new Trouble('E-SOURCE', { source, problem: 'it is not there' });
  if (code === 'ELOOP') return new Trouble('E-SOURCE', { source, problem: 'it is a symbolic link' });
  return error;
}

export async function hashOfOpen(handle: number): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream('', { fd: handle, start: 0, autoClose: false }), hash);
  return hash.digest('hex');
}

export const hashOfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
