import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Call } from '../desired-state/plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { ProgramContext } from '../steps/action.ts';
import { ask, failedCall } from './desired-state.ts';
import { writeFileOfSystem } from './file-entry.ts';
import { pendingNetworkChange } from './pending-network-change.ts';

const SavedFile = z.strictObject({ path: z.string(), mode: z.number().int(), content: z.base64().nullable() });
const SavedCall = z.strictObject({ program: z.string(), argumentList: z.array(z.string()) });

/** Everything that takes a change of the network back, on the disk before the first of it is made. */
const PendingChange = z.strictObject({ what: z.string(), files: z.array(SavedFile), calls: z.array(SavedCall) });
type PendingChange = z.infer<typeof PendingChange>;

const PERMISSIONS = 0o777;
const CALL_SECONDS = 60;

/** Keeps what the files hold now. */
export async function rememberNetwork(
  stateFolder: string,
  { what, files, calls }: { what: string; files: readonly string[]; calls: readonly Call[] },
): Promise<void> {
  const pending: PendingChange = {
    what,
    files: files.map(savedFile),
    calls: calls.map(({ program, argumentList }) => ({ program, argumentList: [...argumentList] })),
  };
  const bytes = Buffer.from(JSON.stringify(pending));
  await writeFileOfSystem(pendingNetworkChange(stateFolder), { bytes, mode: 0o600 }, new AbortController().signal);
}

function savedFile(file: string): PendingChange['files'][number] {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return { path: file, mode: 0o644, content: null };
  return { path: file, mode: stats.mode & PERMISSIONS, content: readFileSync(file).toString('base64') };
}

/** The change holds: nobody takes it back any more. */
export function forgetNetwork(stateFolder: string): void {
  rmSync(pendingNetworkChange(stateFolder), { force: true });
}

/**
 * Takes back what is pending, and says what that was; null where nothing is. What could not be taken back stays pending and is a
 * Trouble. It runs to its end whatever asks the step to stop: half of it would be the worst.
 */
export async function rollBackNetwork(stateFolder: string, context: Omit<ProgramContext, 'signal'>): Promise<string | null> {
  const file = pendingNetworkChange(stateFolder);
  if (!existsSync(file)) return null;
  const { what, files, calls } = PendingChange.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { signal } = new AbortController();
  const problems: string[] = [];
  for (const saved of files) await restoreFile(saved, signal).catch((error: unknown) => problems.push(`${saved.path}: ${String(error)}`));
  for (const call of calls) {
    const answer = await ask({ ...call, timeoutSeconds: CALL_SECONDS }, { ...context, signal }).catch((error: unknown) => String(error));
    if (typeof answer === 'string') problems.push(`${call.program}: ${answer}`);
    else if (answer.exitCode !== 0) problems.push(failedCall(call, answer).message);
  }
  problems.push(...files.filter((saved) => !isRestored(saved)).map((saved) => `${saved.path} is not as it was`));
  if (problems.length > 0) throw new Trouble('E-NETWORK-NOT-RESTORED', { what, problem: problems.join('; ') });
  forgetNetwork(stateFolder);
  return what;
}

async function restoreFile({ path: file, mode, content }: PendingChange['files'][number], signal: AbortSignal): Promise<void> {
  if (content === null) rmSync(file, { force: true });
  else await writeFileOfSystem(file, { bytes: Buffer.from(content, 'base64'), mode }, signal);
}

function isRestored({ path: file, content }: PendingChange['files'][number]): boolean {
  if (content === null) return !existsSync(file);
  return existsSync(file) && readFileSync(file).toString('base64') === content;
}

/** When the agent starts: a change that it was killed in the middle of, or that the machine lost its power in, is taken back. */
export async function rollBackAtStart(
  { stateFolder, path: searchPath }: { stateFolder: string; path: string },
  log: Pick<Log, 'warn' | 'error'>,
  clock: Clock = systemClock,
): Promise<void> {
  const silent = { write: () => undefined };
  const stepFolder = path.join(path.dirname(pendingNetworkChange(stateFolder)), 'work');
  const environment = { PATH: searchPath, LANG: 'C.UTF-8', HOME: '/' };
  const context = {
    clock,
    stdout: silent,
    stderr: silent,
    stepFolder,
    environment,
    marker: `HOLDFAST_STEP=${stepFolder}`,
    onProcess: () => undefined,
  };
  try {
    const what = await rollBackNetwork(stateFolder, context);
    if (what !== null)
      log.warn('network rolled back', { what, because: 'the agent ended before the controller was reached after the change' });
  } catch (error) {
    log.error('network not rolled back', { cause: String(error) });
  }
}
