import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ActionContext, ActionOutcome, OutputSink, ProgramContext } from './action.ts';
import { runScriptProcess } from './script-process.ts';

/** A program that an action asks something of, or lets do something: never through a shell. */
export interface Command {
  readonly program: string;
  readonly argumentList: readonly string[];
  readonly input?: string;
  /** Beside what every process of a step gets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default 600. */
  readonly timeoutSeconds?: number;
  readonly workingDirectory?: string;
  /** On Windows: the arguments are put together as they are, for a program that parts its command line by rules of its own. */
  readonly isVerbatim?: boolean;
  /** Shown in the step's output as it comes. Default false. */
  readonly isShown?: boolean;
}

export type Commanded =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | Extract<ActionOutcome, { kind: 'timed-out' | 'stopped' | 'failed' }>;

const DEFAULT_TIMEOUT_SECONDS = 600;
/** Bytes of each stream that are kept for the answer; what comes after is let go. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

/** Runs it to its end and answers with what it printed, in the C locale. Nothing that it started is left when the step is stopped. */
export async function runCommand(command: Command, context: ProgramContext): Promise<Commanded> {
  const stdout = new Answer(command.isShown ? context.stdout : null);
  const stderr = new Answer(command.isShown ? context.stderr : null);
  mkdirSync(context.stepFolder, { recursive: true, mode: 0o700 });
  const outcome = await runScriptProcess(
    {
      program: command.program,
      argumentList: command.argumentList,
      workingDirectory: command.workingDirectory ?? context.stepFolder,
      timeoutSeconds: command.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      environment: { ...context.environment, LC_ALL: 'C.UTF-8', ...command.environment },
      isVerbatim: command.isVerbatim ?? false,
      ...(command.input === undefined ? {} : { input: command.input }),
    },
    { ...context, stdout, stderr },
  );
  switch (outcome.kind) {
    case 'exited':
      return { kind: 'exited', exitCode: outcome.exitCode, stdout: stdout.text, stderr: stderr.text };
    case 'timed-out':
    case 'stopped':
    case 'failed':
      return outcome;
    case 'checked':
    case 'needs-restart':
      throw new Error(`A process cannot end as ${outcome.kind}.`);
  }
}

class Answer implements OutputSink {
  readonly #parts: Buffer[] = [];
  readonly #shown: OutputSink | null;
  #bytes = 0;

  constructor(shown: OutputSink | null) {
    this.#shown = shown;
  }

  write(bytes: Uint8Array): void {
    this.#shown?.write(bytes);
    if (this.#bytes >= MOST_ANSWER_BYTES) return;
    const kept = Buffer.from(bytes).subarray(0, MOST_ANSWER_BYTES - this.#bytes);
    this.#bytes += kept.length;
    this.#parts.push(kept);
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}

/** Where a program is on this node by the step's own search path; null where it is not. */
export function findProgram(name: string, { environment }: Pick<ActionContext, 'environment'>): string | null {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
  const folders = (environment.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  const files = folders.flatMap((folder) => suffixes.map((suffix) => path.join(folder, `${name}${suffix}`)));
  return files.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not to be run by this user.
    return false;
  }
}
