import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { bootId } from '../platform/facts.ts';
import type { ActionContext } from '../steps/action.ts';

const Awaiting = z.object({ bootId: z.string(), ids: z.array(z.string()) });

type Place = Pick<ActionContext, 'stateFolder'>;

const fileOf = ({ stateFolder }: Place): string => path.join(stateFolder, 'patching', 'awaiting-restart.json');

/** What Holdfast has installed and the machine does not use before its next start. */
export function awaitedPatches(place: Place): ReadonlySet<string> {
  const awaiting = Awaiting.safeParse(readJson(fileOf(place)));
  return new Set(awaiting.success && awaiting.data.bootId === bootId() ? awaiting.data.ids : []);
}

/** Beside those that it remembers already. */
export function rememberAwaiting(place: Place, ids: readonly string[]): void {
  const file = fileOf(place);
  const all = [...new Set([...awaitedPatches(place), ...ids])];
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify({ bootId: bootId(), ids: all }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Not there, or cut short: then nothing is known to wait.
    return null;
  }
}
