import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { Outcome } from './simulated-agent.ts';
import { openSimulatedSite, SimulatedSite } from './simulated-site.ts';

type Happening =
  | { kind: 'join'; node: number }
  | { kind: 'leave'; node: number }
  | { kind: 'disconnect'; node: number }
  | { kind: 'connect'; node: number }
  | { kind: 'edit'; maxConcurrency: string | null; maxErrors: string | null }
  | { kind: 'apply-now' };

type Story = {
  nodes: number;
  maxConcurrency: string | null;
  maxErrors: string | null;
  scheduleExpression: string | null;
  outcomes: Outcome[];
  happenings: { afterSeconds: number; what: Happening }[];
};

const MOST_NODES = 24;

const maxConcurrency = fc.option(
  fc.oneof(
    fc.integer({ min: 1, max: 12 }).map(String),
    fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
  ),
);
const maxErrors = fc.option(
  fc.oneof(
    fc.integer({ min: 0, max: 6 }).map(String),
    fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
  ),
);
const node = fc.nat(MOST_NODES - 1);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), node }),
  fc.record({ kind: fc.constant('leave' as const), node }),
  fc.record({ kind: fc.constant('disconnect' as const), node }),
  fc.record({ kind: fc.constant('connect' as const), node }),
  fc.record({ kind: fc.constant('edit' as const), maxConcurrency, maxErrors }),
  fc.record({ kind: fc.constant('apply-now' as const) }),
);

const story: fc.Arbitrary<Story> = fc.record({
  nodes: fc.integer({ min: 1, max: MOST_NODES }),
  maxConcurrency,
  maxErrors,
  scheduleExpression: fc.constantFrom(null, 'rate(30 minutes)'),
  outcomes: fc.array(
    fc.record({
      status: fc.constantFrom('Success' as const, 'Success' as const, 'Failed' as const, 'TimedOut' as const),
      seconds: fc.integer({ min: 20, max: 900 }),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  happenings: fc.array(fc.record({ afterSeconds: fc.integer({ min: 0, max: 600 }), what: happening }), { maxLength: 12 }),
});

/** spec.md section 4, written down once more. */
function limitsBySpec({ maxConcurrency: c, maxErrors: e, targets }: Pick<Story, 'maxConcurrency' | 'maxErrors'> & { targets: number }) {
  const share = (percent: string) => Math.floor((targets * Number(percent.slice(0, -1))) / 100);
  const concurrency = c === null ? Math.min(50, targets) : c.endsWith('%') ? Math.max(1, share(c)) : Math.min(Number(c), targets);
  const errors = e === null ? targets : e.endsWith('%') ? share(e) : Number(e);
  return { concurrency, errors };
}

const TAGGED = { lab: 'b12' };

class Observed {
  readonly #site = new SimulatedSite();
  readonly #story: Story;
  readonly #nodes: NodeId[];
  readonly #broken: string[] = [];
  readonly #running = new Set<NodeId>();
  #begun = 0;

  constructor(told: Story) {
    this.#story = told;
    const site = this.#site;
    this.#nodes = Array.from({ length: MOST_NODES }, (_, place) => site.addNode({ tags: place < told.nodes ? TAGGED : {} }));
    site.script = ({ nodeId, executionId }) => this.#begins(nodeId, executionId);
  }

  /** Every rule that was broken on the way. */
  tell(): string[] {
    const site = this.#site;
    const { scheduleExpression, maxConcurrency: concurrency, maxErrors: errors, happenings } = this.#story;
    const targets = [{ key: 'tag:lab', values: ['b12'] }];
    const { associationId } = site.save({ scheduleExpression, targets, maxConcurrency: concurrency, maxErrors: errors });
    const happens: Record<Happening['kind'], (what: Happening) => void> = {
      join: (what) => 'node' in what && site.setTags(this.#nodes[what.node]!, TAGGED),
      leave: (what) => 'node' in what && site.setTags(this.#nodes[what.node]!, {}),
      disconnect: (what) => 'node' in what && site.disconnect(this.#nodes[what.node]!),
      connect: (what) => 'node' in what && site.connect(this.#nodes[what.node]!),
      edit: (what) => {
        if (what.kind !== 'edit') return;
        const { kind: _kind, ...settings } = what;
        site.edit(associationId, settings);
      },
      'apply-now': () => site.applyNow(associationId),
    };
    for (const { afterSeconds, what } of happenings) {
      site.advance({ seconds: afterSeconds });
      happens[what.kind](what);
    }
    for (const each of this.#nodes) site.connect(each);
    site.edit(associationId, { scheduleExpression: null, associationName: 'over' });
    site.advance({ days: 2 });
    this.#lookBack(associationId);
    this.#broken.push(...site.errors);
    site.remove();
    return this.#broken;
  }

  /** Asked by an agent at the moment at which it begins. */
  #begins(nodeId: NodeId, executionId: ExecutionId): Outcome {
    const site = this.#site;
    const execution = site.context.stores.executions.find(executionId);
    const outcome = this.#story.outcomes[this.#begun++ % this.#story.outcomes.length]!;
    if (execution === null) return outcome;
    for (const each of this.#running) if (!site.agent(each).isBusy) this.#running.delete(each);
    const here = site.context.stores.executions.unfinishedTargetsOfNode(nodeId);
    if (here.filter(({ status }) => status === 'InProgress').length > 1) this.#broken.push(`${nodeId} runs the association twice at once`);
    if (here.filter(({ status }) => status !== 'InProgress').length > 1) this.#broken.push(`two runs of the association wait on ${nodeId}`);
    this.#running.add(nodeId);
    const { concurrency, toleratedErrors, counts } = execution;
    if (this.#running.size > concurrency) this.#broken.push(`${this.#running.size} run with a limit of ${concurrency}`);
    const errors = counts.Failed + counts.TimedOut;
    if (errors > toleratedErrors) this.#broken.push(`started after ${errors} errors, of which ${toleratedErrors} are tolerated`);
    return outcome;
  }

  #lookBack(associationId: Parameters<SimulatedSite['history']>[0]): void {
    for (const { executionId, nodes, trigger, version } of this.#site.history(associationId)) {
      const statuses = Object.values(nodes);
      const execution = this.#site.context.stores.executions.find(executionId)!;
      const { counts, toleratedErrors } = execution;
      if (version === 1 && trigger !== 'NodeMatched' && trigger !== 'CatchUp') {
        const expected = limitsBySpec({ ...this.#story, targets: statuses.length });
        const found = { concurrency: execution.concurrency, errors: toleratedErrors };
        if (JSON.stringify(expected) !== JSON.stringify(found)) this.#broken.push(`limits ${JSON.stringify({ expected, found })}`);
      }
      const errors = statuses.filter((status) => status === 'Failed' || status.startsWith('TimedOut')).length;
      if (errors !== counts.Failed + counts.TimedOut) this.#broken.push(`${errors} errors, counted as ${JSON.stringify(counts)}`);
      const terminated = statuses.filter((status) => status === 'Skipped (Terminated)').length;
      if (terminated > 0 && errors <= toleratedErrors) this.#broken.push(`stopped by ${errors} errors, ${toleratedErrors} are tolerated`);
      const unfinished = statuses.filter((status) => /^(Pending|Queued|InProgress)/.test(status));
      if (unfinished.length > 0) this.#broken.push(`never ended: ${JSON.stringify(nodes)}`);
    }
  }
}

test('whatever happens meanwhile, an association never has more running than its limit, starts nothing after the error that is one too many, and ends', () => {
  void fc.assert(
    fc.property(story, (told) => {
      expect(new Observed(told).tell()).toEqual([]);
    }),
    { numRuns: 40, seed: 20_260_301 },
  );
});

test('without errors beyond what is tolerated, every node that is there runs exactly once', () => {
  void fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), maxConcurrency, fc.integer({ min: 0, max: 5 }), (nodes, concurrency, failing) => {
      const site = openSimulatedSite();
      const added = site.addNodes(nodes);
      const fails = new Set(added.slice(0, failing));
      site.script = ({ nodeId }) => ({ status: fails.has(nodeId) ? 'Failed' : 'Success', seconds: 30 });
      const { associationId } = site.save({ scheduleExpression: null, maxConcurrency: concurrency, maxErrors: String(failing) });
      site.advance({ hours: 1 });
      const [execution] = site.history(associationId);
      expect(Object.values(execution?.nodes ?? {})).toEqual(added.map((each) => (fails.has(each) ? 'Failed' : 'Success')));
      expect(added.map((each) => site.agent(each).ran.length)).toEqual(added.map(() => 1));
      site.remove();
    }),
    { numRuns: 20, seed: 20_260_302 },
  );
});
