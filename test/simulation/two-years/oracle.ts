import { Agenda } from '../agenda.ts';
import type { Moment } from './moment.ts';
import { BEGIN, END } from './moment.ts';
import type { OracleRun } from './oracle-agents.ts';
import { type Debt, OracleDebts } from './oracle-debts.ts';
import { type OracleAssociation, OracleEngine } from './oracle-engine.ts';
import type { OracleExecution, OracleTrigger } from './oracle-executions.ts';
import { OracleCalendars, OracleFleet, type OracleNode } from './oracle-fleet.ts';
import { appliesOnlyAtInterval, nextFire } from './schedule-lines.ts';
import type { AssociationNumber, Happening, NodeNumber, RunOutcome, Settings, World } from './world.ts';

const HALF_AN_HOUR = 1_800_000;
const LONG_ABSENCE = 30 * 86_400_000;

type Outcomes = (run: OracleRun) => RunOutcome;

/** What should happen in a world, by spec.md alone: no line of the product is asked. */
export class Oracle {
  readonly #world: World;
  readonly #calendars: OracleCalendars;
  readonly #agenda = new Agenda();
  readonly #fleet = new OracleFleet();
  readonly #debts = new OracleDebts();
  readonly #associations = new Map<AssociationNumber, OracleAssociation>();
  readonly #raisedAlarms = new Set<string>();
  readonly #engine: OracleEngine;
  #now: Moment = BEGIN;

  constructor(world: World, outcome: Outcomes) {
    this.#world = world;
    const calendars = new OracleCalendars(world.calendars);
    this.#calendars = calendars;
    this.#engine = new OracleEngine({
      fleet: this.#fleet,
      calendars,
      debts: this.#debts,
      raisedAlarms: this.#raisedAlarms,
      association: (number) => this.#association(number),
      now: () => this.#now,
      at: (moment, act) => this.#agenda.add(moment, act),
      outcome,
    });
    for (const at of calendars.turns(BEGIN, END))
      this.#agenda.add(at, () => this.#serve(this.#debts.where(({ because }) => because !== 'NodeOffline')));
  }

  /** Every execution of the two years. */
  tell(): readonly OracleExecution[] {
    for (const happening of this.#world.happenings) this.#agenda.add(happening.at, () => this.#happens(happening));
    for (;;) {
      const { next } = this.#agenda;
      if (next === null || next >= END) return this.#engine.executions;
      this.#now = Math.max(this.#now, next);
      this.#agenda.take(this.#now)?.();
    }
  }

  #association(number: AssociationNumber): OracleAssociation {
    const association = this.#associations.get(number);
    if (association === undefined) throw new Error(`There is no association ${number}.`);
    return association;
  }

  #node(number: NodeNumber): OracleNode {
    const node = this.#fleet.nodes.get(number);
    if (node === undefined) throw new Error(`There is no node ${number}.`);
    return node;
  }

  #living(): OracleAssociation[] {
    return [...this.#associations.values()].filter(({ isDeleted }) => !isDeleted);
  }

  #happens(happening: Happening): void {
    switch (happening.kind) {
      case 'enroll':
        this.#enroll(happening);
        return;
      case 'connect':
        this.#connect(this.#node(happening.node));
        return;
      case 'disconnect':
        this.#disconnect(this.#node(happening.node));
        return;
      case 'deregister':
        this.#deregister(happening.node);
        return;
      case 'tag':
        this.#tag(this.#node(happening.node), happening.tags);
        return;
      case 'create':
        this.#create(happening.association, happening.settings);
        return;
      case 'edit':
        this.#edit(this.#association(happening.association), happening);
        return;
      case 'delete':
        this.#delete(this.#association(happening.association));
        return;
      case 'apply-now':
        for (const number of happening.associations) this.#engine.apply({ association: this.#association(number), trigger: 'Manual' });
        return;
      case 'group':
        this.#changeGroup(happening.name, happening.filters);
        return;
      case 'alarm':
        this.#turnAlarm(happening.name, happening.isRaised);
        return;
    }
  }

  // Nodes

  #enroll({ node, tags, isConnected }: Extract<Happening, { kind: 'enroll' }>): void {
    const enrolled: OracleNode = { number: node, tags, isConnected: false, lastSeen: null, awaySince: null };
    this.#fleet.nodes.set(node, enrolled);
    for (const association of this.#meaning(enrolled)) this.#oweNewMember(association, node);
    if (isConnected) this.#connect(enrolled);
  }

  #connect(node: OracleNode): void {
    if (node.isConnected) return;
    const { number, lastSeen } = node;
    if (lastSeen !== null && this.#now - lastSeen > LONG_ABSENCE) {
      for (const association of this.#meaning(node)) {
        this.#debts.owe({ association: association.number, node: number, trigger: 'LongAbsence', because: 'NodeOffline', now: this.#now });
      }
    }
    node.isConnected = true;
    node.lastSeen = this.#now;
    node.awaySince = null;
    this.#engine.nodeBack(number);
    this.#serve(this.#debts.where((debt) => debt.node === number));
    this.#engine.hearHeld(number);
  }

  #disconnect(node: OracleNode): void {
    if (!node.isConnected) return;
    node.isConnected = false;
    node.lastSeen = this.#now;
    node.awaySince = this.#now;
    this.#engine.nodeAway(node.number);
  }

  #deregister(node: NodeNumber): void {
    this.#fleet.nodes.delete(node);
    this.#debts.forgetNode(node);
    this.#engine.nodeGone(node);
  }

  #tag(node: OracleNode, tags: OracleNode['tags']): void {
    const before = { ...node };
    node.tags = tags;
    const joined: OracleAssociation[] = [];
    for (const association of this.#living()) {
      const { targets } = association.settings;
      const [was, is] = [this.#fleet.isMeant(targets, before), this.#fleet.isMeant(targets, node)];
      if (was && !is) this.#leave(association, node.number);
      if (!was && is) joined.push(association);
    }
    for (const association of inOrder(joined)) this.#join(association, [node.number]);
  }

  #meaning(node: OracleNode): OracleAssociation[] {
    return this.#living().filter(({ settings }) => this.#fleet.isMeant(settings.targets, node));
  }

  #leave({ number }: OracleAssociation, node: NodeNumber): void {
    this.#engine.giveUpWaiting(number, 'NoLongerTargeted', node);
    this.#debts.forget(number, node);
  }

  #oweNewMember({ number, settings }: OracleAssociation, node: NodeNumber): void {
    if (appliesOnlyAtInterval(settings.schedule)) return;
    this.#debts.owe({ association: number, node, trigger: 'NodeMatched', because: 'NodeOffline', now: this.#now });
  }

  #join(association: OracleAssociation, nodes: readonly NodeNumber[]): void {
    for (const node of nodes) this.#oweNewMember(association, node);
    const here = nodes.filter((node) => this.#node(node).isConnected);
    if (here.length > 0) this.#engine.apply({ association, trigger: 'NodeMatched', only: new Set(here) });
  }

  // Associations

  #create(number: AssociationNumber, settings: Settings): void {
    const association: OracleAssociation = { number, version: 1, settings, anchor: this.#now, nextFireAt: null, isDeleted: false };
    this.#associations.set(number, association);
    this.#arm(association);
    this.#engine.apply({ association, trigger: 'Created' });
  }

  #edit(association: OracleAssociation, { settings, isFelt }: Extract<Happening, { kind: 'edit' }>): void {
    const before = this.#fleet.meant(association.settings.targets);
    Object.assign(association, { settings, version: association.version + 1 });
    const after = new Set(this.#fleet.meant(settings.targets));
    for (const node of before) if (!after.has(node)) this.#leave(association, node);
    // An edit that makes no run leaves the schedule as it is; only the period of an offset begins with every edit.
    if (isFelt || (settings.schedule?.kind === 'cron' && settings.schedule.offsetDays !== null)) {
      association.anchor = this.#now;
      this.#arm(association);
    }
    if (isFelt) this.#engine.apply({ association, trigger: 'Edited' });
  }

  #delete(association: OracleAssociation): void {
    association.isDeleted = true;
    association.nextFireAt = null;
    this.#engine.giveUpWaiting(association.number, 'AssociationDeleted');
    this.#debts.forgetAssociation(association.number);
  }

  /** The next fire, counted from now. */
  #arm(association: OracleAssociation): void {
    const { settings, anchor } = association;
    const at = nextFire(settings.schedule, this.#now, anchor);
    association.nextFireAt = at;
    if (at !== null) this.#agenda.add(at, () => this.#fire());
  }

  /** All that fire at this moment: those that name their nodes first, then the older first. */
  #fire(): void {
    const due = this.#living().filter(({ nextFireAt }) => nextFireAt === this.#now);
    for (const association of inOrder(due)) {
      this.#arm(association);
      this.#engine.apply({ association, trigger: 'Schedule', fireAt: this.#now });
    }
  }

  // What they hang on

  #changeGroup(name: string, filters: Extract<Happening, { kind: 'group' }>['filters']): void {
    const targets = { kind: 'group', name } as const;
    const before = new Set(this.#fleet.meant(targets));
    if (filters === null) this.#fleet.groups.delete(name);
    else this.#fleet.groups.set(name, filters);
    const after = new Set(this.#fleet.meant(targets));
    const ofGroup = this.#living().filter(({ settings }) => settings.targets.kind === 'group' && settings.targets.name === name);
    for (const association of ofGroup) for (const node of before) if (!after.has(node)) this.#leave(association, node);
    const joined = [...after].filter((node) => !before.has(node));
    for (const association of ofGroup) this.#join(association, joined);
  }

  #turnAlarm(name: string, isRaised: boolean): void {
    if (isRaised) this.#raisedAlarms.add(name);
    else this.#raisedAlarms.delete(name);
    for (const { number, settings } of this.#living()) if (settings.alarm === name) this.#engine.look(number);
  }

  /** Runs that are owed begin where nothing keeps them away any more; those of one association together. */
  #serve(debts: readonly Debt[]): void {
    const due = new Map<string, { association: OracleAssociation; trigger: OracleTrigger; only: Set<NodeNumber> }>();
    for (const debt of debts) {
      const association = this.#association(debt.association);
      if (!this.#node(debt.node).isConnected) continue;
      const { nextFireAt } = association;
      if (debt.trigger === 'CatchUp' && nextFireAt !== null && nextFireAt - this.#now < HALF_AN_HOUR) continue;
      if (!this.#calendars.areOpen(association.settings.calendars, this.#now)) {
        debt.because = 'CalendarClosed';
        continue;
      }
      const trigger = debt.because === 'NodeOffline' ? debt.trigger : 'CalendarOpened';
      const key = `${debt.association}/${trigger}`;
      const known = due.get(key) ?? { association, trigger, only: new Set<NodeNumber>() };
      known.only.add(debt.node);
      due.set(key, known);
    }
    const inTurn = [...due.values()].sort((a, b) => rank(a.association) - rank(b.association));
    for (const application of inTurn) this.#engine.apply(application);
  }
}

const rank = ({ settings }: OracleAssociation): number => (settings.targets.kind === 'nodes' ? 0 : 1);

/** Those that name their nodes go first (spec.md 3); else the older. */
const inOrder = (associations: readonly OracleAssociation[]): OracleAssociation[] =>
  [...associations].sort((a, b) => rank(a) - rank(b) || a.number - b.number);
