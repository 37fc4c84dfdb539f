import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { RPC_PATH, SESSION_PATH, SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../electron/api/transport.ts';
import { projectPath } from '../project-root.ts';
import type { Client } from './site.ts';

/** The built app in serve mode as a process of its own, which a test may kill as a power cut would. */
export class ServedApp {
  readonly dataFolder: string;
  readonly #options: string[];
  #process: ChildProcess;
  #output = '';

  private constructor(dataFolder: string, options: string[]) {
    this.dataFolder = dataFolder;
    this.#options = options;
    this.#process = this.#spawn();
  }

  static async start(options: { dataFolder?: string; args?: string[] } = {}): Promise<ServedApp> {
    const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'holdfast-app-')));
    return new ServedApp(dataFolder, options.args ?? ['--hub-port', '0']);
  }

  /** The one-time link that it prints when it is ready. */
  link(): Promise<string> {
    return this.said(/^Holdfast is ready: (\S+)$/m);
  }

  hubPort(): Promise<string> {
    return this.said(/Agents connect to port (\d+)/);
  }

  /** What a line of its output says, as soon as it says it. */
  async said(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#output)?.[1];
      if (found !== undefined) return found;
      if (this.#process.exitCode !== null) throw new Error(`it ended without saying ${pattern}:\n${this.#output}`);
      await Promise.race([once(this.#process.stdout ?? this.#process, 'data'), once(this.#process, 'exit')]);
    }
  }

  /** Kills it at whatever instruction it is, and starts it again on the same folder, and on the same hub port unless told otherwise. */
  async killAndRestart(options: { hubPort?: string } = {}): Promise<void> {
    const port = options.hubPort ?? (await this.hubPort());
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
    this.#options.splice(0, this.#options.length, '--hub-port', port);
    this.#process = this.#spawn();
  }

  /** Ctrl-C. Answers the exit code and how long it took, in milliseconds. */
  async interrupt(): Promise<{ exitCode: number | null; tookMs: number }> {
    const begun = performance.now();
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGINT');
    await exited;
    return { exitCode: this.#process.exitCode, tookMs: performance.now() - begun };
  }

  async remove(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.interrupt();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  #spawn(): ChildProcess {
    this.#output = '';
    const program = projectPath('dist/electron/serve-main.js');
    const child = spawn(process.execPath, [program, '--data', this.dataFolder, ...this.#options], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: 'true' },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    return child;
  }
}

/** A window's client, by the one-time link. */
export async function clientByLink(link: string): Promise<Client> {
  const { origin, hash } = new URL(link);
  const response = await fetch(new URL(SESSION_PATH, origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ link: hash.slice('#link='.length) }),
  });
  const { session } = z.object({ session: z.string() }).parse(await response.json());
  const address = new URL(RPC_PATH, origin.replace('http', 'ws'));
  const socket = new WebSocket(address, [UI_SUB_PROTOCOL, `${SESSION_PREFIX}${session}`], { origin });
  await once(socket, 'open');
  return createORPCClient(new RPCLink({ websocket: socket }));
}

/** What `read` answers first that is not null; read again at every change that the app tells of. */
export async function until<Result>(client: Client, read: () => Promise<Result | null>): Promise<Result> {
  for await (const _notice of await client.changes.watch()) {
    const result = await read();
    if (result !== null) return result;
  }
  throw new Error('the app stopped telling of changes');
}
