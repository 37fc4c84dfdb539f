import { Chance } from './chance.ts';
import { daily, monthly, often, once, rate, weekly } from './invented-schedules.ts';
import type { Moment } from './moment.ts';
import { BEGIN, END } from './moment.ts';
import type { ScheduleLine } from './schedule-lines.ts';
import { appliesOnlyAtInterval } from './schedule-lines.ts';
import type { AssociationNumber, CalendarLine, Happening, NodeNumber, Settings, Tags, TargetLine, Timed, World } from './world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const LABS = Array.from({ length: 50 }, (_, place) => `lab-${place + 1}`);
const ROLES = ['web', 'db', 'ci', 'bench', 'desk', 'gate'];
const STAGES = ['test', 'live'];
const GROUPS = ['Benches', 'Gates', 'Lab-3', 'Lab-7', 'Live-Web'];
const ALARMS = ['lab-is-busy', 'power-is-short', 'exam'];

const CALENDARS: readonly CalendarLine[] = [
  { name: 'Weekend-Freeze', openByDefault: true, weekdays: [6, 0], from: 7, to: 23 * 60 + 7 },
  { name: 'Nightly-Window', openByDefault: false, weekdays: [0, 1, 2, 3, 4, 5, 6], from: 60 + 7, to: 5 * 60 + 7 },
  { name: 'Office-Hours-Freeze', openByDefault: true, weekdays: [1, 2, 3, 4, 5], from: 8 * 60 + 7, to: 16 * 60 + 7 },
  { name: 'Sunday-Window', openByDefault: false, weekdays: [0], from: 6 * 60 + 7, to: 20 * 60 + 7 },
];

export type WorldSize = { nodes: number; associations: number };

type Life = { number: AssociationNumber; settings: Settings; createdAt: Moment; endsAt: Moment };

/** Invents what happens in two years: to nodes, to associations, to what they hang on. Nothing here knows what follows from it. */
class Inventor {
  readonly #chance: Chance;
  readonly #size: WorldSize;
  readonly #happenings: Timed[] = [];
  readonly #nodesFromStart: number;
  readonly #goesAt = new Map<NodeNumber, Moment>();
  readonly #groupGone = new Map<string, { from: Moment; to: Moment }>();

  constructor(seed: number, size: WorldSize) {
    this.#chance = new Chance(seed);
    this.#size = size;
    this.#nodesFromStart = Math.floor(size.nodes * 0.8);
  }

  invent(): World {
    for (let node = 1; node <= this.#size.nodes; node += 1) this.#nodeLife(node);
    for (const name of GROUPS) this.#groupLife(name);
    for (const name of ALARMS) this.#alarmLife(name);
    for (const [place, createdAt] of this.#creations().entries()) this.#associationLife(place + 1, createdAt);
    return { calendars: CALENDARS, happenings: this.#inOrder() };
  }

  /** No two at one moment, and none on a second at which schedules fire. */
  #inOrder(): Timed[] {
    let last = BEGIN;
    const sorted = this.#happenings.sort((a, b) => a.at - b.at);
    return sorted.map((happening) => {
      last = Math.max(happening.at, last + 1);
      if (last % 1000 === 0) last += 1;
      return { ...happening, at: last };
    });
  }

  #happens(at: Moment, happening: Happening): void {
    if (at < END) this.#happenings.push({ ...happening, at: Math.round(at) });
  }

  #sometime(from: Moment, to: Moment): Moment {
    return from + this.#chance.fraction() * (to - from);
  }

  // Nodes

  #tags(): Tags {
    const chance = this.#chance;
    return {
      lab: chance.oneOf(LABS),
      ...(chance.happens(0.8) ? { role: chance.oneOf(ROLES) } : {}),
      ...(chance.happens(0.5) ? { stage: chance.oneOf(STAGES) } : {}),
    };
  }

  #nodeLife(node: NodeNumber): void {
    const chance = this.#chance;
    const isThereFromStart = node <= this.#nodesFromStart;
    const enrolledAt = isThereFromStart ? BEGIN + node : this.#sometime(BEGIN + DAY, END - 10 * DAY);
    const goesAt = chance.happens(0.1) ? this.#sometime(enrolledAt + DAY, END) : END;
    const isConnected = chance.happens(0.9);
    this.#goesAt.set(node, goesAt);
    this.#happens(enrolledAt, { kind: 'enroll', node, tags: this.#tags(), isConnected });
    this.#comesAndGoes(node, { from: enrolledAt, to: goesAt, isConnected });
    for (let at = enrolledAt; ; ) {
      at += (0.2 + chance.fraction() * 3) * 400 * DAY;
      if (at >= goesAt) break;
      this.#happens(at, { kind: 'tag', node, tags: this.#tags() });
    }
    this.#happens(goesAt, { kind: 'deregister', node });
  }

  /** Most machines are on for months, some go home every evening, and some are in a cupboard for a season. */
  #comesAndGoes(node: NodeNumber, life: { from: Moment; to: Moment; isConnected: boolean }): void {
    const chance = this.#chance;
    const isPortable = chance.happens(0.02);
    let isHere = life.isConnected;
    for (let at = life.from; ; isHere = !isHere) {
      const days = isHere ? (isPortable ? 16 : 300) : chance.happens(0.06) ? 80 : chance.happens(0.3) ? 0.1 : isPortable ? 1 : 4;
      at += (0.1 + chance.fraction() * 1.9) * days * DAY;
      if (at >= life.to) return;
      this.#happens(at, { kind: isHere ? 'disconnect' : 'connect', node });
    }
  }

  // What associations hang on

  #filters(): { key: string; values: string[] }[] {
    const chance = this.#chance;
    return chance.oneOf([
      () => [
        { key: 'lab', values: chance.someOf(LABS, chance.between(1, 2)) },
        { key: 'role', values: [chance.oneOf(ROLES)] },
      ],
      () => [
        { key: 'lab', values: [chance.oneOf(LABS)] },
        { key: 'stage', values: [chance.oneOf(STAGES)] },
      ],
      () => [
        { key: 'stage', values: [] },
        { key: 'lab', values: chance.someOf(LABS, 3) },
        { key: 'role', values: chance.someOf(ROLES, 2) },
      ],
    ])();
  }

  #groupLife(name: string): void {
    const chance = this.#chance;
    this.#happens(BEGIN + 5 * HOUR, { kind: 'group', name, filters: this.#filters() });
    const gone = chance.happens(0.6) ? this.#sometime(BEGIN + 300 * DAY, BEGIN + 330 * DAY) : null;
    for (let at = BEGIN + 10 * DAY; at < END; at += chance.between(60, 200) * DAY) {
      const changesAt = this.#sometime(at, at + 30 * DAY);
      if (gone === null || changesAt < gone || changesAt > gone + 20 * DAY) {
        this.#happens(changesAt, { kind: 'group', name, filters: this.#filters() });
      }
    }
    if (gone !== null) {
      this.#groupGone.set(name, { from: gone, to: gone + 20 * DAY });
      this.#happens(gone, { kind: 'group', name, filters: null });
      this.#happens(gone + 20 * DAY, { kind: 'group', name, filters: this.#filters() });
    }
  }

  #alarmLife(name: string): void {
    for (let at = BEGIN + 20 * DAY; at < END; at += this.#chance.between(20, 80) * DAY) {
      const raisedAt = this.#sometime(at, at + 10 * DAY);
      this.#happens(raisedAt, { kind: 'alarm', name, isRaised: true });
      this.#happens(raisedAt + this.#chance.between(1, 50) * HOUR, { kind: 'alarm', name, isRaised: false });
    }
  }

  // Associations

  #targets(at: Moment): TargetLine {
    const chance = this.#chance;
    const known = this.#nodesFromStart;
    return chance.oneOf([
      (): TargetLine => ({
        kind: 'nodes',
        nodes: Array.from(new Set(Array.from({ length: chance.between(1, 12) }, () => chance.between(1, known)))),
      }),
      (): TargetLine => ({ kind: 'tags', filters: this.#filters() }),
      (): TargetLine => ({ kind: 'tags', filters: this.#filters() }),
      (): TargetLine => (at > BEGIN + DAY ? { kind: 'group', name: chance.oneOf(GROUPS) } : { kind: 'tags', filters: this.#filters() }),
    ])();
  }

  /** A schedule, and how many days an association with it is there: the more often it fires, the fewer. */
  #schedule(at: Moment): { schedule: ScheduleLine | null; days: number; isLarge: boolean } {
    const chance = this.#chance;
    const lasting = (schedule: ScheduleLine | null, days: number, isLarge = false) => ({
      schedule,
      days: days * (0.5 + chance.fraction()),
      isLarge,
    });
    const dice = chance.fraction();
    if (dice < 0.006) return lasting(null, 200, true);
    if (dice < 0.12) return lasting(null, 300);
    if (dice < 0.22) return lasting(once(chance, at), 200);
    if (dice < 0.45) return lasting(monthly(chance), 320);
    if (dice < 0.62) return lasting(weekly(chance), 32);
    if (dice < 0.72) return lasting(daily(chance), 7);
    if (dice < 0.78) return lasting(often(chance), 0.4);
    if (dice < 0.84) return lasting(rate(chance, 30, 480), 1);
    return lasting(rate(chance, 1440 * 3, 1440 * 30), 80);
  }

  #settings(number: AssociationNumber, at: Moment): { settings: Settings; days: number } {
    const chance = this.#chance;
    const { schedule, days, isLarge } = this.#schedule(at);
    const isDense = days < 10;
    const settings: Settings = {
      name: `association-${number}`,
      schedule,
      targets: isLarge ? { kind: 'all' } : this.#targets(at),
      maxConcurrency: chance.oneOf([null, null, '1', '2', '10%', '50%', '25']),
      maxErrors: chance.oneOf([null, null, '0', '1', '10%', '100%']),
      calendars: chance.happens(0.25) ? chance.someOf(CALENDARS, chance.happens(0.8) ? 1 : 2).map(({ name }) => name) : [],
      alarm: chance.happens(0.1) ? chance.oneOf(ALARMS) : null,
      durationHours: !isDense && appliesOnlyAtInterval(schedule) && chance.happens(0.4) ? chance.between(1, 3) : null,
      // Not on a full minute, at which intervals begin.
      stepTimeoutSeconds: chance.between(30, 80) * 60 + chance.between(1, 59),
      failsPerMille: chance.oneOf([0, 10, 50, 300]),
      hangsPerMille: chance.oneOf([0, 0, 10, 40]),
      usualSeconds: chance.oneOf([5, 20, 60, 200]),
    };
    return { settings, days };
  }

  /** Three in ten are there after three days, the others come until the end. Numbers are given in the order of creation. */
  #creations(): Moment[] {
    const count = this.#size.associations;
    const moments = Array.from({ length: count }, (_, place) =>
      place < count * 0.3 ? this.#sometime(BEGIN + 6 * HOUR, BEGIN + 3 * DAY) : this.#sometime(BEGIN + 3 * DAY, END - 3 * DAY),
    );
    return moments.sort((a, b) => a - b);
  }

  #associationLife(number: AssociationNumber, createdAt: Moment): void {
    const chance = this.#chance;
    const { settings: wished, days } = this.#settings(number, createdAt);
    const settings = { ...wished, targets: this.#savable(wished.targets, createdAt) ?? { kind: 'all' } };
    const life: Life = { number, settings, createdAt, endsAt: createdAt + days * DAY };
    this.#happens(createdAt, { kind: 'create', association: number, settings });
    this.#edits(life);
    if (chance.happens(0.3)) {
      this.#happens(this.#sometime(createdAt, Math.min(life.endsAt, END)), { kind: 'apply-now', associations: [number] });
    }
    // Those that fire often are always deleted in the end; of the others some stay.
    if (days < 60 || chance.happens(0.5)) this.#happens(life.endsAt, { kind: 'delete', association: number });
  }

  #edits({ number, settings, createdAt, endsAt }: Life): void {
    const chance = this.#chance;
    // One that has fired for good is refused when it is saved again.
    if (settings.schedule?.kind === 'at' && settings.schedule.appliesOnlyAtInterval) return;
    const count = chance.happens(0.35) ? chance.between(1, 3) : 0;
    const moments = Array.from({ length: count }, () => this.#sometime(createdAt + 1000, Math.min(endsAt, END))).sort((a, b) => a - b);
    let current = settings;
    for (const at of moments) {
      const edited = this.#edited(current, at);
      const targets = this.#savable(edited.next.targets, at);
      if (targets === null) continue;
      const isFelt = edited.isFelt || JSON.stringify(targets) !== JSON.stringify(current.targets);
      current = { ...edited.next, targets };
      this.#happens(at, { kind: 'edit', association: number, settings: current, isFelt });
    }
  }

  /** What of targets the site knows at a moment: others are refused when they are saved. */
  #savable(targets: TargetLine, at: Moment): TargetLine | null {
    switch (targets.kind) {
      case 'all':
      case 'tags':
        return targets;
      case 'nodes': {
        const nodes = targets.nodes.filter((node) => (this.#goesAt.get(node) ?? 0) > at + HOUR);
        return nodes.length === 0 ? null : { kind: 'nodes', nodes };
      }
      case 'group': {
        const gone = this.#groupGone.get(targets.name);
        return gone !== undefined && at > gone.from - HOUR && at < gone.to + HOUR ? null : targets;
      }
    }
  }

  #edited(settings: Settings, at: Moment): { next: Settings; isFelt: boolean } {
    const chance = this.#chance;
    return chance.oneOf([
      () => ({ next: { ...settings, name: `${settings.name}x` }, isFelt: false }),
      () => ({ next: { ...settings, stepTimeoutSeconds: settings.stepTimeoutSeconds + 60 }, isFelt: true }),
      () => ({ next: { ...settings, targets: settings.targets.kind === 'all' ? settings.targets : this.#targets(at) }, isFelt: true }),
      () => ({
        next: { ...settings, maxConcurrency: chance.oneOf(['1', '3', '20%']), maxErrors: chance.oneOf(['0', '50%']) },
        isFelt: true,
      }),
    ])();
  }
}

export const inventWorld = (seed: number, size: WorldSize): World => new Inventor(seed, size).invent();
