import { join } from 'node:path';
import { v4 } from 'uuid';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { nextRun, parseSchedule, type ScheduleInput } from '../../agent/schedule/schedule.ts';
import { rearmSchedules } from '../../electron/controller/operations/rearm-schedules.ts';
import { openDatabase } from '../../electron/controller/store/database.ts';
import { openStores, type Stores } from '../../electron/controller/store/stores.ts';
import type { Association } from '../../electron/domain/association.ts';
import { nextRunOf } from '../../electron/domain/association-check.ts';
import { NO_TARGETS } from '../../electron/domain/execution.ts';
import { anAssociation } from '../builders/association.ts';
import { atMost, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';

const ROUNDS = 7;
const ASSOCIATIONS = 10_000;
/** The design's words are "in microseconds": far below a millisecond, whatever is asked. */
const NEXT_FIRE_BUDGET = atMost(50);
const REARM_BUDGET = atMost(200, `${ASSOCIATIONS} associations`);

const START = new Date('2026-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;

type Timing = Pick<ScheduleInput, 'expression' | 'scheduleOffset' | 'applyOnlyAtCronInterval' | 'timeZone'>;

const TIMINGS: readonly { what: string; timing: Timing }[] = [
  { what: 'next fire, rate', timing: { expression: 'rate(45 minutes)' } },
  { what: 'next fire, cron in UTC', timing: { expression: 'cron(30 2 ? * MON-FRI *)' } },
  { what: 'next fire, cron on a fifth Tuesday', timing: { expression: 'cron(0 2 ? * TUE#5 *)' } },
  { what: 'next fire, cron in a zone', timing: { expression: 'cron(30 2 ? * MON-FRI *)', timeZone: 'America/New_York' } },
  { what: 'next fire, yearly cron in a zone', timing: { expression: 'cron(0 2 ? * TUE#5 2026/3)', timeZone: 'Europe/Berlin' } },
  {
    what: 'next fire, cron with an offset',
    timing: { expression: 'cron(30 23 ? * TUE#3 *)', scheduleOffset: 2, applyOnlyAtCronInterval: true, timeZone: 'Europe/Berlin' },
  },
];

/** Microseconds for one answer, over moments of a year and a half; what the zones need to learn first is a figure of its own. */
function nextFire({ what, timing }: (typeof TIMINGS)[number], rounds: number): Figure {
  const parsed = parseSchedule({ ...timing, now: START });
  if (!parsed.ok) throw new Error(parsed.message);
  const moments = Array.from({ length: 10_000 }, (_, hour) => new Date(START.getTime() + hour * 1.3 * HOUR_MS));
  const ask = () => moments.filter((moment) => nextRun(parsed.schedule, moment) === null).length;
  ask();
  const values = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    if (ask() > 0) throw new Error(`${what} ends too early to be measured.`);
    return ((performance.now() - startedAt) / moments.length) * 1000;
  });
  return { what, unit: 'µs', values, budget: NEXT_FIRE_BUDGET };
}

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney'];

/** Every kind of schedule, in a handful of zones, as a large site has them. */
function aTiming(number: number): Partial<Association> {
  const [minute, hour] = [number % 60, number % 24];
  const timeZone = ZONES[number % ZONES.length] ?? 'UTC';
  switch (number % 4) {
    case 0:
      return { scheduleExpression: `rate(${30 + (number % 500)} minutes)` };
    case 1:
      return { scheduleExpression: `cron(${minute} ${hour} ? * TUE#3 *)`, scheduleOffset: 2, applyOnlyAtCronInterval: true, timeZone };
    case 2:
      return { scheduleExpression: `cron(${minute} ${hour} ? * MON-FRI *)`, timeZone };
    default:
      return { scheduleExpression: `cron(${minute} * ? * * *)`, timeZone };
  }
}

function addAssociations(stores: Stores, at: Date): void {
  for (let number = 0; number < ASSOCIATIONS; number += 1) {
    const draft = { ...anAssociation({}), ...aTiming(number) };
    stores.associations.insert({
      ...draft,
      associationId: AssociationId.parse(v4()),
      associationVersion: 1,
      createdAt: at,
      lastUpdatedAt: at,
      scheduleAnchor: at,
      nextRunAt: nextRunOf(draft, at, at),
      lastFiredAt: null,
      lastExecutionAt: null,
      lastSuccessfulExecutionAt: null,
      overview: { status: 'Pending', detailedStatus: 'Associated', counts: { ...NO_TARGETS } },
      tags: [],
      isSample: false,
    });
  }
}

/** What a start does before its one timer is armed: rows are read from a database file, parsed, asked, compared, and the earliest is found. */
function rearm(lab: Lab): Figure[] {
  const database = openDatabase({ file: join(lab.folder, 'holdfast.db'), backupsFolder: join(lab.folder, 'backups'), now: () => START });
  lab.cleanUp.add(() => Promise.resolve(database.close()));
  const stores = openStores(database);
  database.transaction(() => addAssociations(stores, START));
  const context = { stores, transaction: <Result>(work: () => Result) => database.transaction(work) };
  const startAt = (now: Date): number => {
    const startedAt = performance.now();
    rearmSchedules({ ...context, clock: { now: () => now, wakeAt: () => () => undefined } });
    if (stores.associations.earliestNextRun() === null) throw new Error('Nothing is armed.');
    return performance.now() - startedAt;
  };
  const values = Array.from({ length: lab.rounds(ROUNDS) }, (_, round) => startAt(new Date(START.getTime() + round * 1000)));
  return [{ what: `${ASSOCIATIONS.toLocaleString('en-US')} associations re-armed at a start`, unit: 'ms', values, budget: REARM_BUDGET }];
}

function run(lab: Lab) {
  const rounds = lab.rounds(ROUNDS);
  const figures = [...rearm(lab), ...TIMINGS.map((timing) => nextFire(timing, rounds))];
  return Promise.resolve({ figures, notes: ['the first start of the first line also learns when the clocks of its zones change.'] });
}

export const schedules: Bench = {
  name: 'schedules',
  about: 'the next fire, and arming all associations at a start',
  unable: () => null,
  run,
};
