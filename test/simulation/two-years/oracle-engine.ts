import type { Moment } from './moment.ts';
import { OracleAgents, type OracleRun } from './oracle-agents.ts';
import type { OracleDebts } from './oracle-debts.ts';
import type { OracleExecution, OracleTarget, OracleTrigger } from './oracle-executions.ts';
import { end, errorsOf, isUnfinished, limitsOf, waits } from './oracle-executions.ts';
import type { OracleCalendars, OracleFleet } from './oracle-fleet.ts';
import { appliesOnlyAtInterval } from './schedule-lines.ts';
import type { AssociationNumber, NodeNumber, RunOutcome, Settings } from './world.ts';

const HOUR = 3_600_000;

export type OracleAssociation = {
  number: AssociationNumber;
  version: number;
  settings: Settings;
  anchor: Moment;
  nextFireAt: Moment | null;
  isDeleted: boolean;
};

export type EngineWorld = {
  fleet: OracleFleet;
  calendars: OracleCalendars;
  debts: OracleDebts;
  raisedAlarms: ReadonlySet<string>;
  association(number: AssociationNumber): OracleAssociation;
  now(): Moment;
  at(moment: Moment, act: () => void): void;
  outcome(run: OracleRun): RunOutcome;
};

export type Application = { association: OracleAssociation; trigger: OracleTrigger; fireAt?: Moment; only?: ReadonlySet<NodeNumber> };

/** With ApplyOnlyAtCronInterval these wait for the next fire (spec.md 5.1). */
const WAITING: readonly OracleTrigger[] = ['Created', 'Edited', 'NodeMatched'];
/** A closed calendar loses these, and only puts off the others (spec.md 5.3 and 11). */
const LOST: readonly OracleTrigger[] = ['Schedule', 'Manual'];

/** How associations are applied, written down once more from spec.md, sections 3 to 6. Slow and plain: it looks at everything each time. */
export class OracleEngine {
  readonly executions: OracleExecution[] = [];
  readonly #world: EngineWorld;
  readonly #agents: OracleAgents;
  /** By association, those that may not be over. */
  readonly #open = new Map<AssociationNumber, OracleExecution[]>();
  readonly #targetOf = new Map<OracleRun, { execution: OracleExecution; target: OracleTarget }>();
  readonly #held = new Map<NodeNumber, OracleRun[]>();
  #arriving: OracleRun[] = [];

  constructor(world: EngineWorld) {
    this.#world = world;
    this.#agents = new OracleAgents({ ...world, ended: (run) => this.#send(run) });
  }

  open(association: AssociationNumber): OracleExecution[] {
    const open = (this.#open.get(association) ?? []).filter(isUnfinished);
    this.#open.set(association, open);
    return open;
  }

  apply({ association, trigger, fireAt, only }: Application): void {
    const { settings, number } = association;
    const { fleet, debts } = this.#world;
    const now = this.#world.now();
    const matching = fleet.meant(settings.targets);
    const nodes = only === undefined ? matching : matching.filter((node) => only.has(node));
    if (nodes.length === 0) return;
    if (appliesOnlyAtInterval(settings.schedule) && WAITING.includes(trigger)) return;
    const limits = limitsOf(settings, matching.length);
    const targets = this.#plannedTargets({ association, trigger, nodes, concurrency: limits.concurrency });
    const begun = targets.filter(({ state }) => state !== 'over');
    if (begun.length > 0) this.#supersede(association, trigger, only === undefined ? null : new Set(begun.map(({ node }) => node)));
    for (const { node } of begun) debts.forget(number, node);
    const cutOffAt = settings.durationHours === null ? null : now + settings.durationHours * HOUR;
    const execution: OracleExecution = {
      association: number,
      version: association.version,
      settings,
      trigger,
      fireAt: fireAt ?? null,
      at: now,
      ...limits,
      targets,
      cutOffAt,
      overlapEndsAt: null,
      isCancelled: false,
    };
    this.executions.push(execution);
    this.#open.set(number, [...this.open(number), execution]);
    if (cutOffAt !== null) this.#world.at(cutOffAt, () => this.#timeIsOver(execution));
    this.#dispatch(execution);
  }

  /** Whatever waits in executions of the association may start now, or not any more. */
  look(association: AssociationNumber): void {
    for (const execution of this.open(association)) this.#dispatch(execution);
  }

  /** What waits is not started any more, on one node or on all. */
  giveUpWaiting(association: AssociationNumber, because: string, node?: NodeNumber): void {
    for (const { targets } of this.open(association)) {
      for (const target of targets) {
        if (waits(target) && (node === undefined || target.node === node)) end(target, `Skipped (${because})`, this.#world.now());
      }
    }
  }

  /** The node is taken out of the site. */
  nodeGone(node: NodeNumber): void {
    const touched = new Set<AssociationNumber>();
    const unfinished = this.#targetsOn(node);
    for (const { target } of unfinished.filter((each) => waits(each.target))) end(target, 'Skipped (NodeDeregistered)', this.#world.now());
    for (const { target, execution } of unfinished.filter((each) => each.target.state === 'runs')) {
      end(target, 'Cancelled (NodeDeregistered)', this.#world.now());
      touched.add(execution.association);
    }
    for (const association of touched) this.look(association);
  }

  /** What runs there is given up when nothing is heard of the node for two hours. */
  nodeAway(node: NodeNumber): void {
    const since = this.#world.now();
    const running = this.#targetsOn(node).filter(({ target }) => target.state === 'runs');
    if (running.length === 0) return;
    this.#world.at(since + 2 * HOUR, () => {
      if (this.#world.fleet.nodes.get(node)?.awaySince !== since) return;
      const touched = new Set<AssociationNumber>();
      for (const { target, execution } of running) {
        if (target.state !== 'runs') continue;
        end(target, 'Failed StuckAtInProgress', this.#world.now());
        this.#release(execution.association, node);
        touched.add(execution.association);
      }
      for (const association of touched) this.look(association);
    });
  }

  /** Cancels that were said while it was away reach it now. */
  nodeBack(node: NodeNumber): void {
    for (const { target, execution } of this.#targetsOn(node)) {
      if (target.state === 'runs' && execution.isCancelled && target.run !== null) this.#agents.cancel(target.run);
    }
  }

  /** After everything else of the moment: what the node did while it was away. */
  hearHeld(node: NodeNumber): void {
    const held = this.#held.get(node) ?? [];
    this.#held.delete(node);
    for (const run of held) this.#send(run);
  }

  #targetsOn(node: NodeNumber): { execution: OracleExecution; target: OracleTarget }[] {
    return [...this.#open.keys()]
      .flatMap((association) => this.open(association))
      .flatMap((execution) => execution.targets.map((target) => ({ execution, target })))
      .filter(({ target }) => target.node === node && target.state !== 'over');
  }

  #running(association: AssociationNumber): OracleTarget[] {
    return this.open(association).flatMap(({ targets }) => targets.filter(({ state }) => state === 'runs'));
  }

  #gate({ calendars, alarm }: Settings): 'CalendarClosed' | 'AlarmRaised' | null {
    if (!this.#world.calendars.areOpen(calendars, this.#world.now())) return 'CalendarClosed';
    return alarm !== null && this.#world.raisedAlarms.has(alarm) ? 'AlarmRaised' : null;
  }

  #plannedTargets(plan: { association: OracleAssociation; trigger: OracleTrigger; nodes: readonly NodeNumber[]; concurrency: number }) {
    const { association, trigger, nodes, concurrency } = plan;
    const { debts, fleet } = this.#world;
    const now = this.#world.now();
    const gate = this.#gate(association.settings);
    const running = this.#running(association.number);
    const limit = this.open(association.number).at(-1)?.concurrency ?? concurrency;
    let free = trigger === 'NodeMatched' && association.nextFireAt !== null ? limit - running.length : Number.POSITIVE_INFINITY;
    return nodes.map((node): OracleTarget => {
      const target: OracleTarget = { node, state: 'waits', result: '', dispatchedAt: null, endedAt: null, run: null };
      if (gate !== null) {
        end(target, `Skipped (${gate})`, now);
        if (gate === 'CalendarClosed' && !LOST.includes(trigger))
          debts.owe({ association: association.number, node, trigger, because: gate, now });
      } else if (fleet.nodes.get(node)?.isConnected !== true) {
        end(target, 'Skipped (NodeOffline)', now);
        debts.oweOffline(association.number, node, { trigger, now });
      } else if (running.some((other) => other.node === node)) {
        target.state = 'queued';
      } else if (free > 0) {
        free -= 1;
      } else {
        end(target, 'Skipped (ConcurrencyLimit)', now);
        debts.forget(association.number, node);
      }
      return target;
    });
  }

  /** An older execution gives way: over all nodes, or over those where the newer one begins (spec.md 4 and 5.2). */
  #supersede(association: OracleAssociation, trigger: OracleTrigger, nodes: ReadonlySet<NodeNumber> | null): void {
    const now = this.#world.now();
    for (const older of this.open(association.number)) {
      const covered = older.targets.filter(({ node, state }) => state !== 'over' && (nodes === null || nodes.has(node)));
      for (const target of covered) if (waits(target)) end(target, 'Skipped (Superseded)', now);
      if (trigger !== 'Schedule' || older.overlapEndsAt !== null || !covered.some(({ state }) => state === 'runs')) continue;
      older.overlapEndsAt = now + older.settings.stepTimeoutSeconds * 1000;
      this.#world.at(older.overlapEndsAt, () => this.#timeIsOver(older));
    }
  }

  #passedDeadline({ overlapEndsAt, cutOffAt }: OracleExecution): 'Superseded' | 'CutOff' | null {
    const now = this.#world.now();
    if (overlapEndsAt !== null && overlapEndsAt <= now) return 'Superseded';
    return cutOffAt !== null && cutOffAt <= now ? 'CutOff' : null;
  }

  #timeIsOver(execution: OracleExecution): void {
    if (!isUnfinished(execution) || execution.isCancelled) return;
    execution.isCancelled = true;
    for (const target of execution.targets)
      if (waits(target)) end(target, `Skipped (${this.#passedDeadline(execution)})`, this.#world.now());
    for (const { node, state, run } of execution.targets) {
      if (state === 'runs' && run !== null && this.#world.fleet.nodes.get(node)?.isConnected) this.#agents.cancel(run);
    }
  }

  /** Why nothing more of an execution starts; null while it may. */
  #stopped(execution: OracleExecution): string | null {
    const association = this.#world.association(execution.association);
    if (execution.cutOffAt !== null && execution.cutOffAt <= this.#world.now()) return 'CutOff';
    const gate = association.isDeleted ? null : this.#gate(association.settings);
    return gate ?? (errorsOf(execution) > execution.toleratedErrors ? 'Terminated' : null);
  }

  #dispatch(execution: OracleExecution): void {
    const { debts, fleet } = this.#world;
    const now = this.#world.now();
    const { association, trigger } = execution;
    for (let isOver = false; !isOver; ) {
      isOver = true;
      const waiting = execution.targets.filter(waits);
      if (execution.isCancelled || waiting.length === 0) return;
      const stopped = this.#stopped(execution);
      if (stopped !== null) {
        for (const target of waiting) {
          end(target, `Skipped (${stopped})`, now);
          if (stopped === 'CalendarClosed' && !LOST.includes(trigger))
            debts.owe({ association, node: target.node, trigger, because: stopped, now });
        }
        return;
      }
      const free = Math.max(0, execution.concurrency - this.#running(association).length);
      for (const target of waiting.filter(({ state }) => state === 'waits').slice(0, free)) {
        if (fleet.nodes.get(target.node)?.isConnected) {
          this.#start(execution, target);
        } else {
          end(target, 'Skipped (NodeOffline)', now);
          debts.oweOffline(association, target.node, { trigger, now });
          isOver = false;
        }
      }
    }
  }

  #start(execution: OracleExecution, target: OracleTarget): void {
    const { association, version } = execution;
    const run: OracleRun = { node: target.node, association, version, endsAs: null, endedAt: null };
    target.state = 'runs';
    target.dispatchedAt = this.#world.now();
    target.run = run;
    this.#targetOf.set(run, { execution, target });
    this.#agents.order(run);
  }

  /** What waited for the run that is over on the node now waits for a slot alone. */
  #release(association: AssociationNumber, node: NodeNumber): void {
    for (const { targets } of this.open(association)) {
      for (const target of targets) if (target.node === node && target.state === 'queued') target.state = 'waits';
    }
  }

  /** A result is on its way; those of one moment arrive together. */
  #send(run: OracleRun): void {
    if (this.#world.fleet.nodes.get(run.node)?.isConnected !== true) {
      this.#held.set(run.node, [...(this.#held.get(run.node) ?? []), run]);
      return;
    }
    if (this.#arriving.length === 0) this.#world.at(this.#world.now(), () => this.#arrive());
    this.#arriving.push(run);
  }

  #arrive(): void {
    const arrived = this.#arriving;
    this.#arriving = [];
    const touched = new Set<AssociationNumber>();
    const ended: OracleRun[] = [];
    for (const run of arrived) {
      const of = this.#targetOf.get(run);
      this.#targetOf.delete(run);
      // What was given up meanwhile stays as it is.
      if (of === undefined || of.target.state !== 'runs') continue;
      end(of.target, this.#resultOf(run, of.execution), run.endedAt ?? this.#world.now());
      touched.add(of.execution.association);
      ended.push(run);
    }
    for (const { association, node } of ended) this.#release(association, node);
    for (const association of touched) this.look(association);
  }

  #resultOf({ endsAs }: OracleRun, execution: OracleExecution): string {
    const deadline = this.#passedDeadline(execution);
    if (endsAs === 'TimedOut' || (endsAs === 'Cancelled' && deadline === 'Superseded')) return 'TimedOut (ExecutionTimedOut)';
    return endsAs === 'Cancelled' && deadline === 'CutOff' ? 'Cancelled (CutOff)' : String(endsAs);
  }
}
