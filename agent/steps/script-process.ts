import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { type Clock, pause } from '../platform/clock.ts';
import { killTree } from '../platform/process-tree.ts';
import { createStepGroup } from '../platform/step-group.ts';
import type { ActionOutcome, ProgramContext } from './action.ts';
import { closePipes } from './pipes.ts';

export interface ScriptProcess {
  readonly program: string;
  readonly argumentList: readonly string[];
  readonly workingDirectory: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** On Windows: see Command. */
  readonly isVerbatim?: boolean;
  /** For its standard input, which is empty otherwise. */
  readonly input?: string;
}

const SHUTDOWN_HEARD_MILLISECONDS = 100;
const KILL_GRACE_MILLISECONDS = 1000;
// A process that hangs in the kernel outlives SIGKILL; the agent does not wait for it.
const UNKILLABLE_AFTER_MILLISECONDS = 1000;

type Ending = { kind: 'exit'; exitCode: number; isBySignal: boolean } | { kind: 'timeout' } | { kind: 'stop' };

/**
 * Runs a program in a process group of its own until it exits, its time is over or it is stopped; in the last two cases nothing
 * that it started is left. The time is kept here and not by execa, which ends only the first process and then waits for ever when
 * another one holds the output open.
 */
export async function runScriptProcess(script: ScriptProcess, context: ProgramContext): Promise<ActionOutcome> {
  // Loaded with the first step: an agent that only waits is smaller without it, and an older Node, on which this package fails,
  // gets as far as saying that it is too old.
  const { execa } = await import('execa');
  if (context.signal.aborted) return { kind: 'stopped' };
  const { program, argumentList } = groupedProgram(script, context);
  const subprocess = execa(program, argumentList, optionsOf(script, context));
  const { pid } = subprocess;
  if (pid === undefined) return { kind: 'failed', reason: notStarted(script, (await subprocess).code) };
  const child = subprocess.nodeChildProcess;
  const exited = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => resolve({ kind: 'exit', exitCode: exitCodeOf(code, signal), isBySignal: signal !== null }));
  });
  subprocess.stdout.on('data', (bytes: Uint8Array) => context.stdout.write(bytes));
  subprocess.stderr.on('data', (bytes: Uint8Array) => context.stderr.write(bytes));
  context.onProcess(pid);
  const ending = await unlessAllIsStopping(await firstEnding(exited, script, context), context);
  if (ending.kind !== 'exit')
    await killTree({ pid, marker: context.marker }, { clock: context.clock, graceMilliseconds: KILL_GRACE_MILLISECONDS });
  const exitCode = ending.kind === 'exit' ? ending.exitCode : await exitCodeAfterKill(exited, context.clock);
  await closePipes([subprocess.stdout, subprocess.stderr], context.clock);
  return outcomeOf(ending, { exitCode, timeoutSeconds: script.timeoutSeconds });
}

/** Joins the control groups that are named before `--`, then becomes the program: everything that it starts is born into them. */
const JOIN_GROUPS = 'while [ "$1" != -- ]; do { echo 0 >"$1"; } 2>/dev/null; shift; done; shift; exec "$@"';

/** A process that moves after it began may have started others before. A name to search for is left to execa, which says when there is none. */
function groupedProgram(
  { program, argumentList }: ScriptProcess,
  { marker }: ProgramContext,
): Pick<ScriptProcess, 'program' | 'argumentList'> {
  const group = path.isAbsolute(program) && existsSync(program) ? createStepGroup(marker) : null;
  if (group === null) return { program, argumentList };
  return { program: '/bin/sh', argumentList: ['-c', JOIN_GROUPS, 'holdfast-step', ...group.memberFiles, '--', program, ...argumentList] };
}

function optionsOf({ workingDirectory, environment, input, isVerbatim = false }: ScriptProcess, { marker }: ProgramContext) {
  const [name = '', value = ''] = marker.split('=');
  return {
    cwd: workingDirectory,
    env: { ...environment, [name]: value },
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    encoding: 'buffer',
    // Kept by the sinks and never in memory: a step may print without end.
    buffer: false,
    reject: false,
    // A group of its own, which can be ended as a whole.
    detached: process.platform !== 'win32',
    cleanup: false,
    windowsHide: true,
    windowsVerbatimArguments: isVerbatim,
  } as const;
}

function firstEnding(exited: Promise<Ending>, { timeoutSeconds }: ScriptProcess, { clock, signal }: ProgramContext): Promise<Ending> {
  return new Promise((resolve) => {
    const timer = clock.after(timeoutSeconds * 1000, () => end({ kind: 'timeout' }));
    const stop = () => end({ kind: 'stop' });
    const end = (ending: Ending) => {
      timer.cancel();
      signal.removeEventListener('abort', stop);
      resolve(ending);
    };
    signal.addEventListener('abort', stop, { once: true });
    void exited.then(end);
  });
}

/** A machine that shuts down asks everything to end at once: the step may have heard it before the agent did. */
async function unlessAllIsStopping(ending: Ending, { clock, signal }: ProgramContext): Promise<Ending> {
  if (ending.kind !== 'exit' || !ending.isBySignal) return ending;
  await pause({ clock, milliseconds: SHUTDOWN_HEARD_MILLISECONDS, signal });
  return signal.aborted ? { kind: 'stop' } : ending;
}

async function exitCodeAfterKill(exited: Promise<Ending>, clock: Clock): Promise<number | null> {
  const ending = await Promise.race([exited, pause({ clock, milliseconds: UNKILLABLE_AFTER_MILLISECONDS })]);
  return ending?.kind === 'exit' ? ending.exitCode : null;
}

function outcomeOf(ending: Ending, { exitCode, timeoutSeconds }: { exitCode: number | null; timeoutSeconds: number }): ActionOutcome {
  switch (ending.kind) {
    case 'exit':
      return { kind: 'exited', exitCode: ending.exitCode };
    case 'timeout':
      return { kind: 'timed-out', afterSeconds: timeoutSeconds, exitCode };
    case 'stop':
      return { kind: 'stopped' };
  }
}

/** A process that a signal ended has the code that a shell would show for it. Windows' codes are signed here, as the SSM agent's. */
function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code | 0;
  return signal === null ? -1 : 128 + constants.signals[signal];
}

function notStarted({ program }: ScriptProcess, code: string | undefined): string {
  return code === 'ENOENT' ? `${program} is not on this node.` : `${program} could not be started (${code ?? 'unknown reason'}).`;
}
