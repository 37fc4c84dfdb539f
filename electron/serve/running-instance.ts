import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { readInstanceFile } from './instance-file.ts';

/** Where a running instance gives a fresh one-time link to whoever holds its control token (POST). */
export const INSTANCE_LINK_PATH = '/instance/link';

/** `link` is what a person opens in a browser. */
export const InstanceLink = z.strictObject({ link: z.url() });

const PATIENCE_MILLISECONDS = 2_000;

/** The instance that the file names, with a fresh link to it; null when nobody answers to its token within two seconds. */
export async function askRunningInstance(file: string): Promise<{ origin: string; link: string; pid: number } | null> {
  const instance = await readInstanceFile(file);
  if (instance === null) return null;
  const link = await askForLink(instance.origin, instance.controlToken).catch(() => null);
  return link === null ? null : { origin: instance.origin, link, pid: instance.pid };
}

async function askForLink(origin: string, controlToken: string): Promise<string | null> {
  const asking = request(`${origin}${INSTANCE_LINK_PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}` },
    // Of its own, so that no proxy of the environment comes between.
    agent: new Agent(),
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  });
  asking.end();
  const [response] = await once(asking, 'response');
  const answer = InstanceLink.safeParse(JSON.parse(await text(response))).data;
  return answer?.link.startsWith(`${origin}/`) ? answer.link : null;
}
