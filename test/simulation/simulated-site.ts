import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { AgentDesk } from '../../electron/controller/agent-desk.ts';
import { changeNode, deregisterNode } from '../../electron/controller/operations/change-node.ts';
import type { Context } from '../../electron/controller/operations/context.ts';
import { registerNode } from '../../electron/controller/operations/enroll-node.ts';
import { saveAssociation } from '../../electron/controller/operations/save-association.ts';
import { startAssociationsOnce } from '../../electron/controller/operations/start-associations-once.ts';
import type { Association, AssociationDraft } from '../../electron/domain/association.ts';
import { draftOf } from '../../electron/domain/association.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import { anAssociation } from '../builders/association.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { AgentCrowd, FACTS } from './agent-crowd.ts';
import type { Committed, RecordedExecution, StoredExecution } from './history.ts';
import { complianceItems, diskReader, recordedExecutions, storedContents, storedExecutions, targetStatuses } from './history.ts';
import type { RunningController } from './running-controller.ts';
import { runController } from './running-controller.ts';
import type { Script, SimulatedAgent } from './simulated-agent.ts';

export type SiteSettings = {
  startsAt?: string;
  script?: Script;
  /** False halves the reports, for simulations of very many runs. */
  reportsSteps?: boolean;
};

export type NodeSettings = {
  tags?: Readonly<Record<string, string>>;
  isConnected?: boolean;
  /** The next one unless it is given. */
  number?: number;
};

const SUCCEEDS: Script = () => ({ status: 'Success', seconds: 10 });

export const tagsOf = (tags: Readonly<Record<string, string>>): Tag[] => Object.entries(tags).map(([key, value]) => ({ key, value }));

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
  script: Script;
  readonly #folder: string;
  readonly #crowd: AgentCrowd;
  readonly #errors: string[] = [];
  #controller: RunningController | null = null;
  #nodes = 0;

  constructor(settings: SiteSettings = {}) {
    this.#folder = mkdtempSync(join(tmpdir(), 'holdfast-simulated-'));
    this.clock = new FakeClock(settings.startsAt ?? '2026-03-01T02:00:00Z');
    this.script = settings.script ?? SUCCEEDS;
    this.#crowd = new AgentCrowd({
      clock: this.clock,
      desk: () => this.#controller?.desk ?? null,
      script: (order) => this.script(order),
      reportsSteps: settings.reportsSteps ?? true,
    });
    this.start();
  }

  get context(): Context {
    return this.#running.context;
  }

  get desk(): AgentDesk {
    return this.#running.desk;
  }

  /** What was logged as an error and is meant: it is not held against the site any more. */
  takeErrors(): string[] {
    return this.#errors.splice(0);
  }

  /** What any of its controllers logged as an error: in a simulation nothing should be. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  get #running(): RunningController {
    if (this.#controller === null) throw new Error('The controller does not run: start it first.');
    return this.#controller;
  }

  // The controller

  start(): void {
    this.#controller = runController({ folder: this.#folder, clock: this.clock, link: this.#crowd.link, errors: this.#errors });
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
    this.#crowd.cutAll();
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
  addNode({ tags = {}, isConnected = true, number = this.#nodes + 1 }: NodeSettings = {}): NodeId {
    this.#nodes = Math.max(this.#nodes, number);
    const added = nodeId(number);
    const now = this.clock.now();
    registerNode(this.context, {
      nodeId: added,
      name: `node-${number}`,
      origin: 'Activation',
      activationId: null,
      agentVersion: '1.0.0',
      facts: FACTS,
      tags: tagsOf(tags),
      registeredAt: now,
      certificateExpiresAt: new Date(now.getTime() + 90 * 86_400_000),
    });
    this.context.index.nodeChanged(added);
    this.#crowd.add(added);
    if (isConnected) this.connect(added);
    else this.settle();
    return added;
  }

  addNodes(count: number, settings: NodeSettings = {}): NodeId[] {
    return Array.from({ length: count }, () => this.addNode(settings));
  }

  get agents(): ReadonlyMap<NodeId, SimulatedAgent> {
    return this.#crowd.agents;
  }

  agent(node: NodeId): SimulatedAgent {
    return this.#crowd.agent(node);
  }

  connect(node: NodeId): void {
    this.#crowd.connect(node);
    this.settle();
  }

  /** From now on orders reach no agent, although all are connected. */
  mute(): void {
    this.#crowd.isMute = true;
  }

  disconnect(node: NodeId): void {
    this.#crowd.disconnect(node);
    this.settle();
  }

  setTags(node: NodeId, tags: Readonly<Record<string, string>>): void {
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

  applyNow(...associationIds: AssociationId[]): void {
    this.perform((context) => startAssociationsOnce(context, associationIds));
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

  /** Every execution of the site with its targets, the oldest first. */
  allExecutions(): StoredExecution[] {
    return storedExecutions(this.#running.database);
  }

  /** What the node's compliance is made of. */
  complianceOf(node: NodeId): { associationId: AssociationId; status: string }[] {
    return complianceItems(this.#running.database, node);
  }

  /** The status of every target there is, by association, number of its execution, and node. */
  statuses(): string[] {
    return targetStatuses(this.#running.database);
  }

  /** Everything that reports can write, to be compared. */
  contents(): Record<string, unknown[]> {
    return storedContents(this.#running.database);
  }

  /** As after a restore of a file that lost it: no operation takes a version away that is still asked for. */
  withoutDocumentVersion(name: string, documentVersion: number): void {
    const { connection } = this.#running.database;
    connection.prepare('DELETE FROM documentVersion WHERE name = ? AND documentVersion = ?').run(name, documentVersion);
  }

  /** Every change that is published from now on, until the answer is called. */
  heard(listener: Parameters<RunningController['changes']['listen']>[0]): () => void {
    return this.#running.changes.listen(listener);
  }

  withoutDocument(name: string): void {
    this.#running.database.connection.prepare('DELETE FROM document WHERE name = ?').run(name);
  }

  /** What another process finds on the disk of an association. */
  reader(): (associationId: AssociationId) => Committed {
    return diskReader(this.#running.database);
  }
}

/** A site that goes with the test, which fails when anything was logged as an error. */
export function openSimulatedSite(settings: SiteSettings = {}): SimulatedSite {
  const site = new SimulatedSite(settings);
  onTestFinished(() => {
    site.remove();
    expect(site.errors).toEqual([]);
  });
  return site;
}
