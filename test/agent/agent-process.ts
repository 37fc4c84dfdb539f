import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { projectPath } from '../project-root.ts';

const PROGRAM = projectPath('agent/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs holdfast-agent until it ends by itself. */
export async function agent(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { PATH: process.env.PATH, ...env } });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

/** `holdfast-agent run` in a process of its own, which a test may end as it likes. */
export class RunningProcess {
  readonly child: ChildProcess;
  readonly #exited: Promise<number | null>;
  log = '';

  constructor(folder: string, { args = [], env = process.env }: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {}) {
    this.child = spawn(process.execPath, [PROGRAM, 'run', '--data', folder, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env });
    this.#exited = once(this.child, 'exit').then(([code]) => code);
    this.child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      this.log += words;
    });
    onTestFinished(async () => {
      this.child.kill('SIGKILL');
      await this.#exited;
    });
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.#exited;
  }

  exited(): Promise<number | null> {
    return this.#exited;
  }
}
