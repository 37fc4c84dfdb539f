import path from 'node:path';
import type { HttpSource } from '../document/download-inputs.ts';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import { safeParts } from './archive-entry.ts';
import type { Staged } from './destination.ts';
import { type FileRequest, fetchFile } from './fetch-file.ts';

/** Content of one HTTP(S) address. Null when the step's signal ended it. */
export async function fetchHttpSource(source: HttpSource, context: ActionContext): Promise<Staged | null> {
  const file = path.join(context.stepFolder, 'content');
  const { url, sha256 } = source;
  const request: FileRequest = {
    url,
    file,
    allowInsecure: source.allowInsecureDownload,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...loginOf(source),
  };
  const fetched = await fetchFile(request, context);
  return fetched === null ? null : { kind: 'file', file, name: fileNameOf(new URL(url)) };
}

function loginOf({ url, authMethod, username, password }: HttpSource): Pick<FileRequest, 'login'> {
  if (authMethod === 'None') return {};
  if (username === undefined || password === undefined) {
    const remedy = 'Give both, or set authMethod to None.';
    throw new Failure('E-DOWNLOAD-REFUSED', {
      source: url.slice(0, 200),
      problem: `${authMethod} needs a username and a password`,
      remedy,
    });
  }
  return { login: { scheme: authMethod, username, password } };
}

/** The last part of an address, where that can be the name of a file. */
export function fileNameOf({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  const parts = safeParts(decoded(last));
  return parts?.length === 1 && parts[0] !== undefined ? parts[0] : 'content';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for nothing is one.
    return text;
  }
}
