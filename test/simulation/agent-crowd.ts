import { generateKeyPairSync } from 'node:crypto';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { PlatformFacts } from '../../agent/protocol/messages.ts';
import type { AgentDesk } from '../../electron/controller/agent-desk.ts';
import type { AgentLink } from '../../electron/controller/ports/agent-link.ts';
import type { FakeClock } from '../fakes/fake-clock.ts';
import { Agenda } from './agenda.ts';
import type { AgentWorld, Script } from './simulated-agent.ts';
import { SimulatedAgent } from './simulated-agent.ts';

/** As a frame holds at most. */
const REPORTS_PER_FRAME = 256;

/** Of every simulated node: nobody opens what is sealed for it. */
const NODE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const FACTS: PlatformFacts = {
  platformType: 'Linux',
  platformName: 'Simulated',
  platformVersion: '1',
  architecture: 'x64',
  computerName: 'simulated',
  ipAddress: '10.0.0.1',
};

type Surroundings = {
  clock: FakeClock;
  /** Null while no controller runs. */
  desk(): AgentDesk | null;
  script: Script;
  reportsSteps: boolean;
};

/** All agents of a site, and the way between them and the controller: what a network and the hub are elsewhere. */
export class AgentCrowd {
  readonly agents = new Map<NodeId, SimulatedAgent>();
  readonly link: AgentLink;
  /** Whether what is sent reaches nobody. */
  isMute = false;
  readonly #surroundings: Surroundings;
  readonly #world: AgentWorld;
  readonly #agenda = new Agenda();
  readonly #mail = new Set<SimulatedAgent>();
  #armedFor: number | null = null;
  #disarm: () => void = () => undefined;

  constructor(surroundings: Surroundings) {
    const { clock, script, reportsSteps } = surroundings;
    this.#surroundings = surroundings;
    this.link = this.#newLink();
    this.#world = {
      now: () => clock.now(),
      after: (seconds, act) => this.#after(seconds, act),
      hasMail: (agent) => this.#hasMail(agent),
      script,
      reportsSteps,
    };
  }

  add(nodeId: NodeId): void {
    this.agents.set(nodeId, new SimulatedAgent(nodeId, this.#world));
  }

  agent(nodeId: NodeId): SimulatedAgent {
    const agent = this.agents.get(nodeId);
    if (agent === undefined) throw new Error(`There is no simulated agent ${nodeId}.`);
    return agent;
  }

  connect(nodeId: NodeId): void {
    const agent = this.agent(nodeId);
    const desk = this.#surroundings.desk();
    if (agent.isConnected || desk === null) return;
    const hello = { type: 'hello', protocolVersion: 1, agentVersion: '1.0.0', facts: FACTS, bootId: 'boot' } as const;
    const at = this.#world.now().toISOString();
    const { storedSequence } = desk.hello(nodeId, { ...hello, at, outboxDepth: agent.outboxDepth });
    agent.storedTo(storedSequence);
    agent.isConnected = true;
    desk.connected(nodeId);
    if (agent.outboxDepth > 0) this.#hasMail(agent);
  }

  disconnect(nodeId: NodeId): void {
    const agent = this.agent(nodeId);
    if (!agent.isConnected) return;
    agent.isConnected = false;
    this.#surroundings.desk()?.disconnected(nodeId);
  }

  /** The controller is gone: every connection ends, and nobody is told. */
  cutAll(): void {
    for (const agent of this.agents.values()) agent.isConnected = false;
  }

  #newLink(): AgentLink {
    const connected = (nodeId: NodeId) => this.agents.get(nodeId)?.isConnected ?? false;
    return {
      isConnected: connected,
      connectedNodes: () => [...this.agents.keys()].filter(connected),
      publicKeyOf: (nodeId) => (connected(nodeId) ? NODE_KEY : null),
      send: (nodeId, message) => {
        if (!connected(nodeId)) return false;
        if (!this.isMute) this.agent(nodeId).receive(message);
        return true;
      },
      close: (nodeId) => this.#end(nodeId),
    };
  }

  /** The session ends at once; the desk hears of it afterwards, as the hub tells it. */
  #end(nodeId: NodeId): void {
    const agent = this.agents.get(nodeId);
    if (agent === undefined || !agent.isConnected) return;
    agent.isConnected = false;
    this.#after(0, () => {
      if (!agent.isConnected) this.#surroundings.desk()?.disconnected(nodeId);
    });
  }

  #after(seconds: number, act: () => void): void {
    this.#agenda.add(this.#world.now().getTime() + seconds * 1000, act);
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
    const desk = this.#surroundings.desk();
    if (desk === null) return;
    for (const { nodeId, unstored } of senders) {
      for (let from = 0; from < unstored.length; from += REPORTS_PER_FRAME) {
        desk.reports(nodeId, { type: 'report', reports: unstored.slice(from, from + REPORTS_PER_FRAME) });
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
    this.#disarm = this.#surroundings.clock.wakeAt(new Date(next), () => {
      this.#armedFor = null;
      const now = this.#world.now().getTime();
      for (let act = this.#agenda.take(now); act !== null; act = this.#agenda.take(now)) act();
      this.#arm();
    });
  }
}
