import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import { fetchFile } from './fetch-file.ts';

const WEB = /^https?:\/\//i;

/**
 * The file that a step names by path or by URL, in its own folder and with the checksum that it shall have: a file elsewhere could be
 * another one by the time it is used. Null when the step is ended meanwhile. Throws a Failure.
 */
export async function verifiedSource(
  { source, sha256, name }: { source: string; sha256: string; name: string },
  context: ActionContext,
): Promise<string | null> {
  mkdirSync(context.stepFolder, { recursive: true, mode: 0o700 });
  const file = path.join(context.stepFolder, name);
  if (WEB.test(source)) return (await fetchFile({ url: source, file, sha256 }, context)) === null ? null : file;
  if (!path.isAbsolute(source)) throw unfit(source, 'it is neither a URL nor an absolute path');
  if (!statSync(source, { throwIfNoEntry: false })?.isFile()) throw unfit(source, 'there is no such file on this node');
  copyFileSync(source, file);
  const found = await sha256Of(file);
  if (found === sha256.toLowerCase()) return file;
  rmSync(file, { force: true });
  throw new Failure('E-CHECKSUM', { source, wanted: sha256.toLowerCase(), found });
}

const unfit = (source: string, problem: string): Failure =>
  new Failure('E-DOWNLOAD-REFUSED', { source, problem, remedy: 'Give a URL, or a path that is on the node.' });

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  return hash.digest('hex');
}
