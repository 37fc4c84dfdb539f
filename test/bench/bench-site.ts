import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import * as z from 'zod';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { Contract } from '../../electron/api/contract.ts';
import type { ExecutionRow } from '../../electron/api/executions.ts';
import { LINK_FRAGMENT, RPC_PATH, SESSION_PATH, SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../electron/api/transport.ts';
import { projectPath } from '../project-root.ts';
import { endProcess } from './child-process.ts';
import type { Lab } from './lab.ts';

export type Client = ContractRouterClient<Contract>;

const SERVE_PROGRAM = projectPath('dist/electron/serve-main.js');
const PATIENCE_MS = 120_000;

const Session = z.object({ session: z.string() });

type Started = { process: ChildProcess; client: Client; socket: WebSocket; hubPort: number };

/** The product itself, as `npm start -- --serve` starts it, in a process of its own; and a window's client to it. */
export class BenchSite {
  readonly client: Client;
  readonly hubPort: number;
  readonly pid: number;
  readonly #lab: Lab;
  readonly #process: ChildProcess;
  readonly #socket: WebSocket;
  readonly #listeners = new Set<() => void>();
  /** Rejects when the controller ends before it is asked to. */
  readonly #lost: Promise<never>;
  #isStopping = false;

  private constructor(lab: Lab, started: Started) {
    this.#lab = lab;
    this.client = started.client;
    this.hubPort = started.hubPort;
    this.pid = started.process.pid ?? 0;
    this.#process = started.process;
    this.#socket = started.socket;
    this.#lost = lossOf(lab, started);
    // Also where nobody waits for the site: a call that fails then fails with less to say.
    this.#lost.catch((cause: unknown) => (this.#isStopping ? undefined : lab.say(String(cause))));
    lab.cleanUp.add(() => this.stop());
  }

  /** Ready when the embedded agent of this computer is connected, so that nothing is still starting while something is measured. */
  static async start(lab: Lab, { hubPort = 0 }: { hubPort?: number } = {}): Promise<BenchSite> {
    const process = startProgram(lab, hubPort);
    lab.cleanUp.add(() => endProcess(process));
    const socket = await openSocket(await linkOf(process));
    // A socket of the ws package behaves as the browser's does where the link uses it.
    const client: Client = createORPCClient(new RPCLink({ websocket: socket }));
    const facts = await client.site.facts();
    const site = new BenchSite(lab, { process, client, socket, hubPort: facts.hubPort });
    site.#watch();
    await site.until('the embedded agent is connected', async () => ((await site.onlineCount()) > 0 ? true : null));
    return site;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#socket.terminate();
    await endProcess(this.#process);
  }

  /** Another process on the same data and port, with a memory that has seen nothing yet. */
  async restart(): Promise<BenchSite> {
    await this.stop();
    return BenchSite.start(this.#lab, { hubPort: this.hubPort });
  }

  async onlineCount(search = ''): Promise<number> {
    const page = { search, pingStatus: null, connectedOnly: true, sort: 'name', order: 'ascending', offset: 0, limit: 1 } as const;
    return (await this.client.nodes.list(page)).total;
  }

  /** The association's newest execution, once every target of it is final. */
  finished(associationId: AssociationId): Promise<ExecutionRow> {
    return this.until('an execution is over', async () => {
      const { rows } = await this.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
      return rows.find(({ status }) => status !== 'Pending' && status !== 'InProgress') ?? null;
    });
  }

  /** What `read` answers first that is not null; read again at every change of the site. */
  async until<Result>(what: string, read: () => Promise<Result | null>): Promise<Result> {
    const deadline = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const changed = this.#nextChange(deadline);
      const result = await Promise.race([read(), this.#lost]);
      if (result !== null) return result;
      if (deadline.aborted) throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain until ${what}.`);
      await Promise.race([changed, this.#lost]);
    }
  }

  #nextChange(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#listeners.delete(done);
        deadline.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      deadline.addEventListener('abort', done, { once: true });
    });
  }

  #watch(): void {
    const watch = async () => {
      for await (const _notice of await this.client.changes.watch()) for (const listener of [...this.#listeners]) listener();
    };
    // The feed ends with the controller, which is ended here and nowhere else.
    watch().catch(() => undefined);
  }
}

async function lossOf({ folder }: Lab, { process, socket }: Started): Promise<never> {
  const exited = once(process, 'exit');
  await Promise.race([once(socket, 'close'), exited]);
  await Promise.race([exited, pause(1_000)]);
  const log = await readFile(join(folder, 'site', 'holdfast.log'), 'utf8').catch(() => '');
  const ending = process.signalCode ?? process.exitCode;
  const state = ending === null ? 'closed its connection' : ending === 0 ? 'was told to stop by somebody else' : `ended (${ending})`;
  throw new Error(`The controller ${state}. Its last words:\n${log.split('\n').slice(-4).join('\n')}`);
}

function startProgram({ folder, options }: Lab, hubPort: number): ChildProcess {
  const profile = options.profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileFolder}`];
  const args = [SERVE_PROGRAM, '--data', join(folder, 'site'), '--port', '0', '--hub-port', String(hubPort)];
  // With CI set, no browser is opened; the channel ends the controller with this process, however that ends.
  return spawn(process.execPath, [...profile, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...process.env, CI: '1' } });
}

async function linkOf(controller: ChildProcess): Promise<URL> {
  if (controller.stdout === null) throw new Error('The controller has no standard output.');
  const said: string[] = [];
  for await (const line of createInterface({ input: controller.stdout })) {
    const link = /Holdfast is ready: (\S+)/.exec(line)?.[1];
    if (link !== undefined) {
      controller.stdout.resume();
      return new URL(link);
    }
    said.push(line);
  }
  await Promise.race([once(controller, 'exit'), pause(1_000)]);
  throw new Error(`The controller did not start (${controller.signalCode ?? controller.exitCode}):\n${said.join('\n')}`);
}

async function openSocket({ host, origin, hash }: URL): Promise<WebSocket> {
  const link = new URLSearchParams(hash.slice(1)).get(LINK_FRAGMENT);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${origin}${SESSION_PATH}`, { method: 'POST', headers, body: JSON.stringify({ link }) });
  const { session } = Session.parse(await answer.json());
  const socket = new WebSocket(`ws://${host}${RPC_PATH}`, [UI_SUB_PROTOCOL, SESSION_PREFIX + session], { origin });
  await once(socket, 'open');
  return socket;
}
