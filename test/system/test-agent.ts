import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import * as z from 'zod';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { CreatedActivation } from '../../electron/api/nodes.ts';
import { projectPath } from '../project-root.ts';

export const AGENT_PROGRAM = projectPath('dist/agent/holdfast-agent.mjs');

/** A real agent process in a folder of its own, which a test may kill as a power cut would. */
export class TestAgent {
  readonly nodeId: NodeId;
  readonly folder: string;
  #process: ChildProcess | null = null;
  readonly log: string[] = [];

  private constructor(nodeId: NodeId, folder: string) {
    this.nodeId = nodeId;
    this.folder = folder;
  }

  static async enroll(created: CreatedActivation, hubPort: number): Promise<TestAgent> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-agent-'));
    const { activation, activationCode, caFingerprint } = created;
    const args = [
      '--controller',
      `127.0.0.1:${hubPort}`,
      '--activation-id',
      activation.activationId,
      '--ca-fingerprint',
      `sha256:${caFingerprint}`,
    ];
    await execa(process.execPath, [AGENT_PROGRAM, 'enroll', '--data', folder, ...args, '--activation-code-stdin'], {
      input: activationCode,
    });
    const identity: unknown = JSON.parse(await readFile(join(folder, 'identity.json'), 'utf8'));
    return new TestAgent(z.object({ nodeId: NodeId }).parse(identity).nodeId, folder);
  }

  /** `programs`: a folder whose programs it finds before those of this computer. */
  run({ programs }: { programs?: string } = {}): void {
    const env = programs === undefined ? process.env : { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ''}` };
    this.#start([], env);
  }

  /** An agent that may restart its machine, which here is this one: it finds the programs of `programs`, and no others of this computer. */
  runWithRestarts(programs: string): void {
    this.#start(['--restart-machine'], { ...process.env, PATH: programs });
  }

  #start(args: readonly string[], env: NodeJS.ProcessEnv): void {
    const command = [AGENT_PROGRAM, 'run', '--data', this.folder, ...args];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'], env });
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.log.push(text));
    this.#process = child;
  }

  /** Of the process that runs, or ran last. */
  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Waits until the agent has said this in its log. */
  async logged(text: string): Promise<void> {
    const stderr = this.#process?.stderr;
    while (!this.log.join('').includes(text)) {
      if (!stderr) throw new Error(`the agent is not running and never said “${text}”`);
      await once(stderr, 'data');
    }
  }

  /** What a power cut does to the agent. Its children are left as they are. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
