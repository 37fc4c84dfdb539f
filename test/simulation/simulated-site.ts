import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { PlatformFacts } from '../../agent/protocol/messages.ts';
import type { AgentDesk } from '../../electron/controller/agent-desk.ts';
import { changeNode, deregisterNode } from '../../electron/controller/operations/change-node.ts';
import type { Context } from '../../electron/controller/operations/context.ts';
import { registerNode } from '../../electron/controller/operations/enroll-node.ts';
import { saveAssociation } from '../../electron/controller/operations/save-association.ts';
import type { AgentLink } from '../../electron/controller/ports/agent-link.ts';
import type { Association, AssociationDraft } from '../../electron/domain/association.ts';
import { draftOf } from '../../electron/domain/association.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import { anAssociation } from '../builders/association.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { Agenda } from './agenda.ts';
import type { RecordedExecution } from './history.ts';
import { complianceItems, diskReader, recordedExecutions } from './history.ts';
import type { RunningController } from './running-controller.ts';
import { runController } from './running-controller.ts';
import type { AgentWorld, Script } from './simulated-agent.ts';
import { SimulatedAgent } from './simulated-agent.ts';

export type SiteSettings = {
  startsAt?: string;
  script?: Script;
  /** False halves the reports, for simulations of very many runs. */
  reportsSteps?: boolean;
  /** Durable as in a lab; false leaves out the waits for the disk. */
  isDurable?: boolean;
};

export type NodeSettings = { tags?: Record<string, string>; isConnected?: boolean };

const FACTS: PlatformFacts = {
  platformType: 'Linux',
  platformName: 'Simulated',
  platformVersion: '1',
  architecture: 'x64',
  computerName: 'simulated',
  ipAddress: '10.0.0.1',
};

/** As a frame holds at most. */
const REPORTS_PER_FRAME = 256;

/** Of every simulated node: nobody opens what is sealed for it. */
const NODE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();

const SUCCEEDS: Script = () => ({ status: 'Success', seconds: 10 });

export const tagsOf = (tags: Record<string, string>): Tag[] => Object.entries(tags).map(([key, value]) => ({ key, value }));

/** The n-th node that comes to a site. Nodes are dispatched in the order of their ids, which is that of their numbers. */
export const nodeId = (number: number): NodeId => NodeId.parse(`mi-${number.toString(16).padStart(17, '0')}`);

/**
 * A site without network and processes: the real operations, stores, index, scheduler and deadlines on a real SQLite file, and simulated
 * agents that answer through the real agent desk. Nothing happens by itself: `advance` moves the clock, and everything that becomes due
 * on the way is done at its own moment, in one order that is the same at every run.
 *
 *     const site = openSimulatedSite();                        // goes with the test
 *     const [a, b] = site.addNodes(2, { tags: { lab: 'b12' } });
 *     site.script = ({ nodeId }) => ({ status: nodeId === a ? 'Failed' : 'Success', seconds: 30 });
 *     const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)' });
 *     site.disconnect(b);
 *     site.advance({ hours: 1 });
 *     expect(site.history(associationId)).toEqual([…]);        // every execution, with each node's status
 *
 * Operations without a method here: `site.perform((context) => deleteAssociations(context, [associationId]))`.
 * `site.kill()` and `site.start()` are a controller that dies and comes back on the same file; agents run on meanwhile.
 */
export class SimulatedSite {
  readonly clock: FakeClock;
  readonly agents = new Map<NodeId, SimulatedAgent>();
  script: Script;
  readonly #folder: string;
  readonly #settings: SiteSettings;
  readonly #agenda = new Agenda();
  readonly #mail = new Set<SimulatedAgent>();
  #controller: RunningController | null = null;
  #armedFor: number | null = null;
  #disarm: () => void = () => undefined;
  #nodes = 0;

  constructor(settings: SiteSettings = {}) {
    this.#folder = mkdtempSync(join(tmpdir(), 'holdfast-simulated-'));
    this.#settings = settings;
    this.clock = new FakeClock(settings.startsAt ?? '2026-03-01T02:00:00Z');
    this.script = settings.script ?? SUCCEEDS;
    this.start();
  }

  get context(): Context {
    return this.#running.context;
  }

  get desk(): AgentDesk {
    return this.#running.desk;
  }

  get errors(): readonly string[] {
    return this.#running.errors;
  }

  get #running(): RunningController {
    if (this.#controller === null) throw new Error('The controller does not run: start it first.');
    return this.#controller;
  }

  // The controller

  start(): void {
    const { clock } = this;
    const isDurable = this.#settings.isDurable ?? false;
    this.#controller = runController({ folder: this.#folder, clock, link: this.#link(), isDurable });
    this.settle();
  }

  /** The process dies: nothing more is stored, and no agent has a connection any more. */
  kill(): void {
    const { desk, close } = this.#running;
    for (const agent of this.agents.values()) if (agent.isConnected) desk.heartbeat(agent.nodeId);
    // Done every minute while it lives.
    desk.keepPings();
    close();
    this.#controller = null;
    for (const agent of this.agents.values()) agent.isConnected = false;
  }

  remove(): void {
    this.#controller?.close();
    this.#controller = null;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // Time

  advance(by: Parameters<FakeClock['advance']>[0]): void {
    this.clock.advance(by);
  }

  advanceTo(moment: Date | string): void {
    this.clock.set(new Date(moment));
  }

  /** Does what is due at this moment, without moving the clock. */
  settle(): void {
    this.clock.set(this.clock.now());
  }

  /** Does something at this moment, and what follows from it at once. */
  perform<Result>(work: (context: Context) => Result): Result {
    const result = work(this.context);
    this.settle();
    return result;
  }

  // Nodes

  /** A new node, connected unless told otherwise. */
  addNode({ tags = {}, isConnected = true }: NodeSettings = {}): NodeId {
    this.#nodes += 1;
    const added = nodeId(this.#nodes);
    const now = this.clock.now();
    registerNode(this.context, {
      nodeId: added,
      name: `node-${this.#nodes}`,
      origin: 'Activation',
      activationId: null,
      agentVersion: '1.0.0',
      facts: FACTS,
      tags: tagsOf(tags),
      registeredAt: now,
      certificateExpiresAt: new Date(now.getTime() + 90 * 86_400_000),
    });
    this.context.index.nodeChanged(added);
    this.agents.set(added, new SimulatedAgent(added, this.#world()));
    if (isConnected) this.connect(added);
    else this.settle();
    return added;
  }

  addNodes(count: number, settings: NodeSettings = {}): NodeId[] {
    return Array.from({ length: count }, () => this.addNode(settings));
  }

  agent(of: NodeId): SimulatedAgent {
    const agent = this.agents.get(of);
    if (agent === undefined) throw new Error(`There is no simulated agent ${of}.`);
    return agent;
  }

  connect(node: NodeId): void {
    const agent = this.agent(node);
    if (agent.isConnected) return;
    const { desk } = this;
    const hello = { type: 'hello', protocolVersion: 1, agentVersion: '1.0.0', facts: FACTS, bootId: 'boot' } as const;
    const { storedSequence } = desk.hello(node, { ...hello, at: this.clock.now().toISOString(), outboxDepth: agent.outboxDepth });
    agent.storedTo(storedSequence);
    agent.isConnected = true;
    desk.connected(node);
    if (agent.outboxDepth > 0) this.#hasMail(agent);
    this.settle();
  }

  disconnect(node: NodeId): void {
    const agent = this.agent(node);
    if (!agent.isConnected) return;
    agent.isConnected = false;
    this.desk.disconnected(node);
    this.settle();
  }

  setTags(node: NodeId, tags: Record<string, string>): void {
    const name = this.context.stores.nodes.find(node)?.name ?? '';
    this.perform((context) => changeNode(context, { nodeId: node, name, tags: tagsOf(tags) }));
  }

  deregister(node: NodeId): void {
    this.perform((context) => deregisterNode(context, node));
  }

  // Associations

  save(settings: Partial<AssociationDraft> = {}): Association {
    return this.perform((context) => saveAssociation(context, { edit: null, draft: anAssociation(settings) }));
  }

  /** The next version, with other settings where they are given. */
  edit(associationId: AssociationId, settings: Partial<AssociationDraft>): Association {
    const known = this.association(associationId);
    const draft = { ...draftOf(known), ...settings };
    return this.perform((context) => saveAssociation(context, { edit: known, draft }));
  }

  association(associationId: AssociationId): Association {
    const found = this.context.stores.associations.find(associationId);
    if (found === null) throw new Error(`There is no association ${associationId}.`);
    return found;
  }

  // What happened

  /** Every execution of an association, the oldest first. */
  history(associationId: AssociationId): RecordedExecution[] {
    return recordedExecutions(this.#running.database, associationId);
  }

  /** What the node's compliance is made of. */
  complianceOf(node: NodeId): { associationId: AssociationId; status: string }[] {
    return complianceItems(this.#running.database, node);
  }

  /** As after a restore of a file that lost it: no operation takes a version away that is still asked for. */
  withoutDocumentVersion(name: string, documentVersion: number): void {
    const { connection } = this.#running.database;
    connection.prepare('DELETE FROM documentVersion WHERE name = ? AND documentVersion = ?').run(name, documentVersion);
  }

  /** What another process finds on the disk of an association: whether it fired by its schedule, and how many executions it has. */
  reader(): (associationId: AssociationId) => { fired: boolean; executions: number } {
    return diskReader(this.#running.database);
  }

  /** Closes the session of a node, tells the desk afterwards as the hub does, and keeps what the agent has. */
  #end(node: NodeId): void {
    const agent = this.agents.get(node);
    if (agent === undefined || !agent.isConnected) return;
    agent.isConnected = false;
    this.#after(0, () => {
      if (!agent.isConnected && this.#controller !== null) this.desk.disconnected(node);
    });
  }

  #link(): AgentLink {
    const connected = (node: NodeId) => this.agents.get(node)?.isConnected ?? false;
    return {
      isConnected: connected,
      connectedNodes: () => [...this.agents.keys()].filter(connected),
      publicKeyOf: (node) => (connected(node) ? NODE_KEY : null),
      send: (node, message) => {
        const agent = this.agents.get(node);
        if (agent === undefined || !agent.isConnected) return false;
        agent.receive(message);
        return true;
      },
      close: (node) => this.#end(node),
    };
  }

  #world(): AgentWorld {
    return {
      now: () => this.clock.now(),
      after: (seconds, act) => this.#after(seconds, act),
      hasMail: (agent) => this.#hasMail(agent),
      script: (order) => this.script(order),
      reportsSteps: this.#settings.reportsSteps ?? true,
    };
  }

  #after(seconds: number, act: () => void): void {
    this.#agenda.add(this.clock.now().getTime() + seconds * 1000, act);
    this.#arm();
  }

  #hasMail(agent: SimulatedAgent): void {
    if (this.#mail.size === 0) this.#after(0, () => this.#deliver());
    this.#mail.add(agent);
  }

  /** What many agents say at one moment is stored in one commit, as the hub's intake does with one turn of the event loop. */
  #deliver(): void {
    const senders = [...this.#mail].filter(({ isConnected }) => isConnected);
    this.#mail.clear();
    if (this.#controller === null) return;
    const { desk } = this.#controller;
    for (const { nodeId: sender, unstored } of senders) {
      for (let from = 0; from < unstored.length; from += REPORTS_PER_FRAME) {
        desk.reports(sender, { type: 'report', reports: unstored.slice(from, from + REPORTS_PER_FRAME) });
      }
    }
    desk.flush();
  }

  #arm(): void {
    const { next } = this.#agenda;
    if (next === this.#armedFor) return;
    this.#disarm();
    this.#armedFor = next;
    if (next === null) return;
    this.#disarm = this.clock.wakeAt(new Date(next), () => {
      this.#armedFor = null;
      const now = this.clock.now().getTime();
      for (let act = this.#agenda.take(now); act !== null; act = this.#agenda.take(now)) act();
      this.#arm();
    });
  }
}

/** A site that goes with the test. */
export function openSimulatedSite(settings: SiteSettings = {}): SimulatedSite {
  const site = new SimulatedSite(settings);
  onTestFinished(() => site.remove());
  return site;
}
