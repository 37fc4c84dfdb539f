import type { Moment } from './moment.ts';
import type { AssociationNumber, NodeNumber, RunOutcome } from './world.ts';

/** One run on one node. */
export type OracleRun = {
  node: NodeNumber;
  association: AssociationNumber;
  version: number;
  endsAs: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled' | null;
  endedAt: Moment | null;
};

type AgentsWorld = {
  now(): Moment;
  at(moment: Moment, act: () => void): void;
  outcome(run: OracleRun): RunOutcome;
  /** The agent has something to say of the run. */
  ended(run: OracleRun): void;
};

type Agent = { current: OracleRun | null; waiting: OracleRun[] };

/** What nodes do with runs: one after the other in the order of arrival, connected or not. */
export class OracleAgents {
  readonly #world: AgentsWorld;
  readonly #agents = new Map<NodeNumber, Agent>();

  constructor(world: AgentsWorld) {
    this.#world = world;
  }

  order(run: OracleRun): void {
    const agent = this.#agents.get(run.node) ?? { current: null, waiting: [] };
    this.#agents.set(run.node, agent);
    agent.waiting.push(run);
    this.#takeNext(agent);
  }

  /** Stops a run, whether it has begun or not. */
  cancel(run: OracleRun): void {
    const agent = this.#agents.get(run.node);
    if (agent === undefined || run.endsAs !== null) return;
    agent.waiting = agent.waiting.filter((each) => each !== run);
    this.#end(agent, run, 'Cancelled');
  }

  #takeNext(agent: Agent): void {
    if (agent.current !== null) return;
    const run = agent.waiting.shift() ?? null;
    if (run === null) return;
    agent.current = run;
    const { status, milliseconds } = this.#world.outcome(run);
    this.#world.at(this.#world.now() + milliseconds, () => {
      if (run.endsAs === null) this.#end(agent, run, status);
    });
  }

  #end(agent: Agent, run: OracleRun, status: NonNullable<OracleRun['endsAs']>): void {
    run.endsAs = status;
    run.endedAt = this.#world.now();
    this.#world.ended(run);
    if (agent.current !== run) return;
    agent.current = null;
    this.#takeNext(agent);
  }
}
