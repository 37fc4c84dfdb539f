import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../electron/api/contract.ts';
import type { NodeRow } from '../../electron/api/nodes.ts';
import type { Controller, ControllerOptions } from '../../electron/controller/controller.ts';
import { startController } from '../../electron/controller/controller.ts';
import { fileVault } from '../../electron/controller/hub/file-vault.ts';
import { jsonLog } from '../../electron/controller/json-log.ts';
import type { Clock } from '../../electron/controller/ports/clock.ts';
import { systemClock } from '../../electron/controller/system-clock.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import { TestAgent } from './test-agent.ts';

export type Client = ContractRouterClient<Contract>;

/** How long a test waits for an event before it says what it waited for. */
const PATIENCE_MS = 20_000;

/** A real controller with a real window's client, in a folder of its own. */
export class TestSite {
  readonly client: Client;
  readonly controller: Controller;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly #options: ControllerOptions;
  readonly #agents: TestAgent[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #watching = new AbortController();
  readonly log: string[];

  private constructor(started: { controller: Controller; options: ControllerOptions; log: string[] }) {
    this.controller = started.controller;
    this.#options = started.options;
    this.dataFolder = started.options.dataFolder;
    this.clock = started.options.clock;
    this.log = started.log;
    this.client = clientOf(started.controller);
    void this.#watch();
  }

  static async start(settings: Partial<ControllerOptions> = {}): Promise<TestSite> {
    const log: string[] = [];
    const options: ControllerOptions = {
      dataFolder: settings.dataFolder ?? (await mkdtemp(join(tmpdir(), 'holdfast-site-'))),
      hubHost: '127.0.0.1',
      hubPort: 0,
      vault: fileVault,
      clock: systemClock(),
      log: jsonLog(
        (line) => log.push(line),
        () => new Date(),
      ),
      version: 'test',
      agent: null,
      sampleLab: null,
      ...settings,
    };
    return new TestSite({ controller: await startController(options), options, log });
  }

  /** Stops this controller and starts another on the same folder and port, as after a restart. */
  async restart(settings: Partial<ControllerOptions> = {}): Promise<TestSite> {
    this.#watching.abort();
    await this.controller.stop();
    const next = await TestSite.start({ ...this.#options, hubPort: this.controller.hubPort, ...settings });
    next.#agents.push(...this.#agents);
    return next;
  }

  /** A real agent process, enrolled and connected. */
  async addAgent({ programs, ...settings }: { name: string; tags?: Tag[]; programs?: string }): Promise<TestAgent> {
    const agent = await this.enrolledAgent(settings);
    agent.run(programs === undefined ? {} : { programs });
    await this.connected(agent);
    return agent;
  }

  async enrolledAgent({ name, tags = [] }: { name: string; tags?: Tag[] }): Promise<TestAgent> {
    const draft = { description: '', defaultInstanceName: name, registrationLimit: 1, validHours: 1, tags };
    const created = await this.client.activations.create({ draft, address: '127.0.0.1' });
    const agent = await TestAgent.enroll(created, this.controller.hubPort);
    this.#agents.push(agent);
    return agent;
  }

  connected(agent: TestAgent): Promise<NodeRow> {
    return this.until(`${agent.nodeId} is Online`, async () => {
      const node = await this.client.nodes.get({ nodeId: agent.nodeId });
      return node.isConnected ? node : null;
    });
  }

  /** What `read` answers first that is not null; read again at every change of the site. */
  async until<Result>(what: string, read: () => Promise<Result | null>): Promise<Result> {
    const deadline = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const changed = this.#nextChange(deadline);
      const result = await read();
      if (result !== null) return result;
      if (deadline.aborted) throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain until ${what}.\n${this.log.slice(-20).join('')}`);
      await changed;
    }
  }

  async stop(): Promise<void> {
    this.#watching.abort();
    await Promise.all(this.#agents.map((agent) => agent.remove()));
    await this.controller.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  #nextChange(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#listeners.delete(done);
        resolve();
      };
      this.#listeners.add(done);
      deadline.addEventListener('abort', done, { once: true });
    });
  }

  async #watch(): Promise<void> {
    try {
      const notices = await this.client.changes.watch(undefined, { signal: this.#watching.signal });
      for await (const _notice of notices) for (const listener of [...this.#listeners]) listener();
    } catch (cause) {
      if (!this.#watching.signal.aborted) throw cause;
    }
  }
}

function clientOf(controller: Controller): Client {
  const { port1, port2 } = new MessageChannel();
  controller.servePort(port1);
  port1.start();
  port2.start();
  port1.unref();
  port2.unref();
  return createORPCClient(new RPCLink({ port: port2 }));
}
