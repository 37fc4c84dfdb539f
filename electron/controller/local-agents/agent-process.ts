import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import * as z from 'zod';
import { ActivationId } from '../../../agent/protocol/ids.ts';
import type { Log } from '../ports/log.ts';

/** How the agent's program is run: the Node to run it with, and the file. */
export type AgentProgram = { node: string; file: string };

/** What `holdfast-agent` exits with when another one holds its data folder. */
const EXIT_ALREADY_RUNNING = 75;
const RESTART_MS = [500, 1_000, 5_000, 15_000, 60_000];
/** An agent that ran this long was all right: the next start is quick again. */
const STABLE_MS = 60_000;
const STOP_GRACE_MS = 3_000;
const LOOK_MS = 25;
/** A child takes its folder, or finds it taken, well within this time. */
const SETTLE_MS = 1_500;
/** A small agent: its young objects are few. */
export const AGENT_NODE_OPTIONS = ['--max-semi-space-size=1', '--expose-gc'];

const PidFile = z.object({ pid: z.number().int().positive() });

export type EnrollInput = {
  folder: string;
  hubPort: number;
  activationId: string;
  activationCode: string;
  caFingerprint: string;
};

/** Environment of an agent of ours: what any program needs, and nothing of the controller's. */
export function agentEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR, SystemRoot, LOCALAPPDATA, APPDATA, USERPROFILE, TEMP } = process.env;
  const system = { PATH, HOME, LANG, TMPDIR, SystemRoot, LOCALAPPDATA, APPDATA, USERPROFILE, TEMP };
  // An agent is idle most of its life: it gives memory back instead of keeping it at hand.
  const memory = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '65536' };
  return { ...system, ...memory, ELECTRON_RUN_AS_NODE: '1' };
}

/** Enrolls a data folder with the hub of this computer. The code goes in by standard input, so that no process list shows it. */
export async function enrollAgent(program: AgentProgram, input: EnrollInput): Promise<void> {
  const activationId = ActivationId.parse(input.activationId);
  const { folder, hubPort, caFingerprint } = input;
  const args = ['enroll', '--data', folder, '--controller', `127.0.0.1:${hubPort}`, '--activation-id', activationId];
  await execa(program.node, [program.file, ...args, '--ca-fingerprint', `sha256:${caFingerprint}`, '--activation-code-stdin', '--force'], {
    input: input.activationCode,
    env: agentEnvironment(),
    extendEnv: false,
    timeout: 30_000,
  });
}

export type AgentProcess = {
  isRunning(): boolean;
  /** Starts it at once if it waits to be started again: its node was seen to go away. */
  wake(): void;
  stop(): Promise<void>;
};

export type SupervisedAgentOptions = {
  folder: string;
  hubPort: number;
  /** The agent was enrolled at another port than the hub has now: one that still runs does not know that. */
  hasMoved: boolean;
  log: Log;
};

/**
 * Keeps one agent of this computer running. It is not bound to the life of the controller: an agent that outlived a killed controller
 * still holds its folder, and is taken over instead of being started twice.
 */
export class SupervisedAgent implements AgentProcess {
  readonly #program: AgentProgram;
  readonly #options: SupervisedAgentOptions;
  #child: ChildProcess | null = null;
  /** Resolves when the child has ended and what follows from that is done. */
  #childEnd: Promise<void> = Promise.resolve();
  #adopted: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;
  #startedAt = 0;
  #isStopping = false;

  constructor(program: AgentProgram, options: SupervisedAgentOptions) {
    this.#program = program;
    this.#options = options;
    this.#start();
  }

  isRunning(): boolean {
    return this.#child !== null || this.#adopted !== null;
  }

  wake(): void {
    if (this.#isStopping || this.#child !== null) return;
    this.#adopted = null;
    this.#start();
  }

  #start(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const { folder, hubPort } = this.#options;
    const args = [this.#program.file, 'run', '--data', folder, '--controller', `127.0.0.1:${hubPort}`];
    // A process group of its own: Ctrl-C in the controller's terminal must not interrupt what the node is doing.
    const child = spawn(this.#program.node, [...AGENT_NODE_OPTIONS, ...args], {
      detached: true,
      stdio: 'ignore',
      env: agentEnvironment(),
      cwd: folder,
    });
    this.#child = child;
    this.#startedAt = performance.now();
    this.#childEnd = new Promise((resolve) => {
      child.once('error', (cause) => resolve(this.#ended(cause)));
      child.once('exit', (code) =>
        resolve(code === EXIT_ALREADY_RUNNING ? this.#adopt() : this.#ended(new Error(`the agent ended with code ${code}`))),
      );
    });
    child.unref();
  }

  async #adopt(): Promise<void> {
    this.#child = null;
    const { folder, hasMoved, log } = this.#options;
    const pid = await pidIn(join(folder, 'agent.pid'));
    if (pid === null) {
      this.#ended(new Error('another agent holds the folder, and does not say which'));
      return;
    }
    this.#adopted = pid;
    log.info('agent-adopted', { folder, pid });
    if (hasMoved && !this.#isStopping) {
      await endProcess(pid);
      this.wake();
    }
  }

  #ended(cause: unknown): void {
    this.#child = null;
    if (this.#isStopping) return;
    this.#options.log.error('agent-ended', cause, { folder: this.#options.folder });
    if (performance.now() - this.#startedAt > STABLE_MS) this.#failures = 0;
    const delay = RESTART_MS[Math.min(this.#failures, RESTART_MS.length - 1)] ?? 60_000;
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#start(), delay);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const child = this.#child;
    if (child?.pid !== undefined) {
      child.ref();
      await this.#hasSettled(child.pid);
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await this.#childEnd;
      clearTimeout(killer);
    }
    // Also one that was found while this was going on.
    if (this.#adopted !== null) await endProcess(this.#adopted);
  }

  /** A child that has just begun either takes the folder, and says so in its pid file, or finds that another agent holds it and ends. */
  async #hasSettled(pid: number): Promise<void> {
    const file = join(this.#options.folder, 'agent.pid');
    for (let waited = 0; waited < SETTLE_MS && this.#child !== null; waited += LOOK_MS) {
      if ((await pidIn(file)) === pid) return;
      await pause(LOOK_MS);
    }
  }
}

/** Ends a process that is not our child. Nobody tells us of its end, so this looks until it is gone. */
async function endProcess(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  for (let waited = 0; isThere(pid); waited += LOOK_MS) {
    if (waited >= STOP_GRACE_MS) {
      signal(pid, 'SIGKILL');
      return;
    }
    await pause(LOOK_MS);
  }
}

async function pidIn(file: string): Promise<number | null> {
  try {
    return PidFile.parse(JSON.parse(await readFile(file, 'utf8'))).pid;
  } catch {
    // Not written yet, or half: whoever asks looks again.
    return null;
  }
}

/** On Linux an orphan that has ended may stay in the table of processes, as a zombie, until someone asks for its end. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
  }
}
