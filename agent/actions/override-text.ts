import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MOST_OVERRIDE_BYTES } from '../document/patch-baseline.ts';
import type { ActionContext } from '../steps/action.ts';
import { PatchingEnded, patchingFailed } from './patch-tool.ts';

/** The text of a parameter that is the text itself, or says where on the network it is. */
export async function overrideText(given: string, { name, context }: { name: string; context: ActionContext }): Promise<string> {
  if (!/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(given)) return given;
  const url = given.trim();
  if (!url.startsWith('https://'))
    throw patchingFailed(`${name} comes from an https address or is the text itself; this is ${url.slice(0, 200)}.`);
  const { fetchFile } = await import('../downloads/fetch-file.ts');
  const file = path.join(context.stepFolder, `${name}.text`);
  const fetched = await fetchFile({ url, file, mostBytes: MOST_OVERRIDE_BYTES, timeoutSeconds: 60 }, context);
  if (fetched === null) throw new PatchingEnded({ kind: 'stopped' });
  return readFileSync(file, 'utf8');
}
