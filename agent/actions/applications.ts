import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ApplicationInputs } from '../document/windows-package-inputs.ts';
import { verifiedSource } from '../downloads/verified-source.ts';
import type { Action, ActionContext } from '../steps/action.ts';
import { runCommand } from '../steps/command.ts';
import { msiexecArguments, outcomeOfMsiexec } from './msiexec-command.ts';

const TIMEOUT_SECONDS = 3600;
const LOG_TAIL_BYTES = 16 * 1024;

/** aws:applications: an MSI package by msiexec, without a question and without a restart of its own. */
export const applications: Action<ApplicationInputs> = {
  async run(inputs, context) {
    const { action, source, sourceHash } = inputs;
    const msi = await verifiedSource({ source, sha256: sourceHash, name: 'package.msi' }, context);
    if (msi === null) return { kind: 'stopped' };
    const log = path.join(context.stepFolder, 'msiexec.log');
    const argumentList = msiexecArguments(inputs, { msi, log });
    if (argumentList === null) return { kind: 'failed', reason: 'A quote in parameters is not closed.' };
    const program = path.join(context.environment.SystemRoot ?? 'C:\\Windows', 'System32', 'msiexec.exe');
    const outcome = await runCommand({ program, argumentList, isVerbatim: true, timeoutSeconds: TIMEOUT_SECONDS, isShown: true }, context);
    if (outcome.kind !== 'exited') return outcome;
    const ended = outcomeOfMsiexec(action, outcome.exitCode);
    if (ended.kind === 'failed') showLog(log, context);
    return ended;
  },
};

/** msiexec prints nothing: what it did is in its log, in the system's wide characters. */
function showLog(file: string, { stderr }: Pick<ActionContext, 'stderr'>): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const tail = Buffer.alloc(Math.min(size, LOG_TAIL_BYTES));
  const from = Math.max(0, size - tail.length);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, tail, 0, tail.length, from - (from % 2));
  } finally {
    closeSync(handle);
  }
  stderr.write(Buffer.from(tail.includes(0) ? tail.toString('utf16le') : tail));
}
