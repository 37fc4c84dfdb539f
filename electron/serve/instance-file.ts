import { open, readFile, rename, rm } from 'node:fs/promises';
import * as z from 'zod';

/** Tells a second start where the first one is, and lets it ask that one for a link. For this user alone: it holds a token. */
export const InstanceRecord = z.strictObject({
  pid: z.number().int().positive(),
  /** Loopback by address: the token goes nowhere else, whatever was written into the file. */
  origin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/),
  controlToken: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  startedAt: z.iso.datetime(),
});
export type InstanceRecord = z.infer<typeof InstanceRecord>;

export async function writeInstanceFile(file: string, record: InstanceRecord): Promise<void> {
  const work = `${file}.new`;
  await rm(work, { force: true });
  const handle = await open(work, 'wx', 0o600);
  await handle.writeFile(`${JSON.stringify(record, null, 2)}\n`).finally(() => handle.close());
  await rename(work, file);
}

/** Null when there is none, or none that can be read: then nobody can be asked. */
export async function readInstanceFile(file: string): Promise<InstanceRecord | null> {
  try {
    return InstanceRecord.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Leaves the file of a later start alone. */
export async function removeInstanceFile(file: string, ours: InstanceRecord): Promise<void> {
  const found = await readInstanceFile(file);
  if (found?.controlToken === ours.controlToken) await rm(file, { force: true });
}
