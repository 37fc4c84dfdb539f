import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { ActivationId } from '../../../agent/protocol/ids.ts';
import { NodeId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { NodeOrigin } from '../../domain/node.ts';
import type { Tag } from '../../domain/tag.ts';
import { deregisterNode } from '../operations/change-node.ts';
import type { Context } from '../operations/context.ts';
import { createActivation } from '../operations/create-activation.ts';
import { deleteAssociations } from '../operations/delete-associations.ts';
import type { ChangeBroadcast } from '../ports/change-feed.ts';
import type { AgentProcess, AgentProgram } from './agent-process.ts';
import { enrollAgent, SupervisedAgent } from './agent-process.ts';
import { keepSampleAssociations } from './sample-associations.ts';

export const SAMPLE_LIMIT = 50;
/** How long the sample lab's associations wait for its nodes. */
const CONNECT_PATIENCE_MS = 15_000;
const STOP_PATIENCE_MS = 1_000;

/** The agent's own record of who it is, as far as its host asks. */
const Identity = z.object({ nodeId: NodeId, controller: z.object({ port: z.number() }) });
type Identity = z.infer<typeof Identity>;

type LocalNode = { folder: string; name: string; nodeId: NodeId | null; process: AgentProcess };

export type LocalFleetOptions = {
  program: AgentProgram;
  dataFolder: string;
  hubPort: number;
  /** Told before an agent of ours enrolls, so that its node is known as ours. */
  expect(activationId: ActivationId, origin: NodeOrigin): void;
};

/** Operations only publish changes; who waits for a node also hears them. */
type LocalContext = Context & { changes: ChangeBroadcast };

export type SampleNode = { nodeId: NodeId | null; name: string; running: boolean };

async function identityOf(folder: string): Promise<Identity | null> {
  try {
    return Identity.parse(JSON.parse(await readFile(join(folder, 'identity.json'), 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

/** The agents that run on the controller's own computer: the embedded one, and the sample lab's. */
export class LocalFleet {
  readonly #context: LocalContext;
  readonly #options: LocalFleetOptions;
  readonly #sampleFolder: string;
  #local: LocalNode | null = null;
  readonly #samples = new Map<string, LocalNode>();
  #isStopping = false;
  /** Starting and removing wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(context: LocalContext, options: LocalFleetOptions) {
    this.#context = context;
    this.#options = options;
    this.#sampleFolder = join(options.dataFolder, 'sample-lab');
  }

  /** Starts the embedded agent, and the sample nodes that were there. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      this.#local = await this.#join({
        folder: join(this.#options.dataFolder, 'local-agent'),
        name: hostname(),
        origin: 'LocalAgent',
        tags: [],
      });
      for (const name of await this.#sampleNames()) await this.#startSample(name);
    });
  }

  samples(): SampleNode[] {
    return [...this.#samples.values()].map(({ nodeId, name, process }) => ({ nodeId, name, running: process.isRunning() }));
  }

  /** Makes the sample lab have exactly `count` nodes; with its starter associations while it has any. */
  async setSampleLab(count: number): Promise<void> {
    if (!Number.isInteger(count) || count < 0 || count > SAMPLE_LIMIT) {
      throw new Fault('E-SAMPLE-LAB', { problem: `A sample lab has 0 to ${SAMPLE_LIMIT} nodes; ${count} is not possible.` });
    }
    await this.#inTurn(async () => {
      const names = Array.from({ length: count }, (_, index) => `sample-${String(index + 1).padStart(2, '0')}`);
      for (const name of await this.#sampleNames()) if (!names.includes(name)) await this.#removeSample(name);
      if (count === 0) deleteSampleAssociations(this.#context);
      // Two at a time: each enrollment is a process of its own.
      for (let index = 0; index < names.length; index += 2) {
        await Promise.all(names.slice(index, index + 2).map((name) => this.#startSample(name)));
      }
      // With its nodes there, each association's first execution is one over all of them.
      await this.#samplesConnected();
      if (count > 0) keepSampleAssociations(this.#context);
    });
    this.#context.changes.publish({ kind: 'sample-lab' });
  }

  /** A node of ours went away: if its process is gone too, it is started again at once. */
  nodeWentAway(nodeId: NodeId): void {
    for (const node of [this.#local, ...this.#samples.values()]) if (node?.nodeId === nodeId) node.process.wake();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    // What is being started is let begin, so that it can be ended.
    await Promise.race([this.#turn, pause(STOP_PATIENCE_MS, undefined, { ref: false })]);
    await Promise.all([this.#local, ...this.#samples.values()].map((node) => node?.process.stop()));
  }

  /** Resolves when every sample node is connected, or after a while without the slow ones: they join by themselves. */
  #samplesConnected(): Promise<void> {
    const { link, changes, clock } = this.#context;
    const areThere = () => [...this.#samples.values()].every(({ nodeId }) => nodeId === null || link.isConnected(nodeId));
    return new Promise((resolve) => {
      const done = () => {
        stopListening();
        callOff();
        resolve();
      };
      const stopListening = changes.listen(() => {
        if (areThere()) done();
      });
      const callOff = clock.wakeAt(new Date(clock.now().getTime() + CONNECT_PATIENCE_MS), done);
      if (areThere()) done();
    });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #sampleNames(): Promise<string[]> {
    if (!existsSync(this.#sampleFolder)) return [];
    const entries = await readdir(this.#sampleFolder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && /^sample-[0-9]{2}$/.test(entry.name)).map((entry) => entry.name);
  }

  async #startSample(name: string): Promise<void> {
    if (this.#samples.has(name)) return;
    const room: Tag = { key: 'room', value: Number(name.slice(-2)) % 2 === 1 ? 'A101' : 'B202' };
    const tags: Tag[] = [{ key: 'lab', value: 'sample' }, room];
    const node = await this.#join({ folder: join(this.#sampleFolder, name), name, origin: 'SampleLab', tags });
    this.#samples.set(name, node);
    this.#context.changes.publish({ kind: 'sample-lab' });
  }

  async #removeSample(name: string): Promise<void> {
    const folder = join(this.#sampleFolder, name);
    await this.#samples.get(name)?.process.stop();
    this.#samples.delete(name);
    const nodeId = (await identityOf(folder))?.nodeId;
    if (nodeId !== undefined && this.#context.stores.nodes.find(nodeId) !== null) deregisterNode(this.#context, nodeId);
    await rm(folder, { recursive: true, force: true });
  }

  async #join(input: { folder: string; name: string; origin: NodeOrigin; tags: Tag[] }): Promise<LocalNode> {
    const { folder, name } = input;
    if (this.#isStopping) throw new Error('the controller is stopping');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const known = await identityOf(folder);
    const isOurs = known !== null && this.#context.stores.nodes.find(known.nodeId) !== null;
    if (!isOurs) await this.#enroll(input);
    const { hubPort, program } = this.#options;
    const hasMoved = isOurs && known.controller.port !== hubPort;
    const process = new SupervisedAgent(program, { folder, hubPort, hasMoved, log: this.#context.log });
    return { folder, name, nodeId: (await identityOf(folder))?.nodeId ?? null, process };
  }

  async #enroll({ folder, name, origin, tags }: { folder: string; name: string; origin: NodeOrigin; tags: Tag[] }): Promise<void> {
    const draft = { description: `Agent of this computer: ${name}`, defaultInstanceName: name, registrationLimit: 1, validHours: 1, tags };
    const { activation, activationCode } = createActivation(this.#context, draft);
    this.#options.expect(activation.activationId, origin);
    try {
      const { activationId } = activation;
      const { hubPort, program } = this.#options;
      await enrollAgent(program, {
        folder,
        hubPort,
        activationId,
        activationCode,
        caFingerprint: this.#context.certificates.caFingerprint,
      });
    } finally {
      this.#context.stores.activations.delete(activation.activationId, this.#context.clock.now());
    }
  }
}

function deleteSampleAssociations(context: Context): void {
  const samples = context.stores.associations.sampleIds();
  if (samples.length > 0) deleteAssociations(context, samples);
}
