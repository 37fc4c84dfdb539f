import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { ExecutionRow } from '../../electron/api/executions.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { anAssociation } from '../builders/association.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { TestSite } from './site.ts';

/**
 * A real controller with its database, one enrolled machine that is switched off, and a clock that the test moves. It begins at the
 * midnight that was last, so that certificates made by it are valid for a machine with the true time.
 */
let site: TestSite;
let clock: FakeClock;

const midnight = new Date(new Date().setUTCHours(0, 0, 0, 0));
/** A time of day, or of a later day, as an instant. */
const at = (time: string, day = 0): Date =>
  new Date(`${new Date(midnight.getTime() + day * 86_400_000).toISOString().slice(0, 11)}${time}Z`);

beforeEach(async () => {
  clock = new FakeClock(midnight);
  site = await TestSite.start({ clock });
  await site.enrolledAgent({ name: 'switched-off' });
});

afterEach(() => site.stop());

async function save(settings: Partial<AssociationDraft>): Promise<AssociationId> {
  return (await site.client.associations.save({ edit: null, draft: anAssociation(settings) })).associationId;
}

/** Executions that a schedule began, oldest first. */
async function firesOf(associationId: AssociationId): Promise<ExecutionRow[]> {
  const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 100 });
  return rows.filter((row) => row.fireAt !== null).reverse();
}

const times = (rows: readonly ExecutionRow[]): (Date | null)[] => rows.map((row) => row.fireAt);

test('a rate fires at its anchor plus whole intervals, without drift', async () => {
  const associationId = await save({ scheduleExpression: 'rate(30 minutes)' });
  for (let minute = 0; minute < 95; minute += 1) clock.advance({ minutes: 1 });
  expect(times(await firesOf(associationId))).toEqual([at('00:30:00'), at('01:00:00'), at('01:30:00')]);
});

test('a clock that is set back fires no moment twice', async () => {
  const associationId = await save({ scheduleExpression: 'cron(0 2 ? * * *)' });
  clock.set(at('02:00:30'));
  clock.set(at('01:00:00'));
  clock.set(at('02:00:30'));
  expect(times(await firesOf(associationId))).toEqual([at('02:00:00')]);
});

test('a clock that jumps forward makes one missed fire and not many', async () => {
  const associationId = await save({ scheduleExpression: 'rate(30 minutes)' });
  clock.jump(at('12:10:00'));
  const fires = await firesOf(associationId);
  expect(fires).toHaveLength(1);
  expect(fires[0]).toMatchObject({ trigger: 'MissedSchedule', status: 'Skipped' });
});

test('a fire that passed while the controller was away runs late, once, when the next one is far', async () => {
  const associationId = await save({ scheduleExpression: 'cron(0 2 ? * * *)' });
  const later = new FakeClock(at('06:00:00'));
  site = await site.restart({ clock: later });
  const fires = await site.until('the missed fire is on record', async () => {
    const found = await firesOf(associationId);
    return found.length > 0 ? found : null;
  });
  expect(fires).toHaveLength(1);
  expect(fires[0]).toMatchObject({ trigger: 'MissedSchedule', fireAt: at('02:00:00') });
  expect((await site.client.associations.get({ associationId })).nextRunAt).toEqual(at('02:00:00', 1));
});

test('a fire that was missed when the next one is near is recorded as missed and not run', async () => {
  const associationId = await save({ scheduleExpression: 'cron(0 2 ? * * *)' });
  clock.jump(at('01:45:00', 1));
  const [missed] = await firesOf(associationId);
  const { rows } = await site.client.executions.targets({ executionId: missed!.executionId, status: null, offset: 0, limit: 1 });
  expect(rows[0]).toMatchObject({ status: 'Skipped', detailedStatus: 'MissedInterval' });
});

test('with ApplyOnlyAtCronInterval the first run is the first fire', async () => {
  const associationId = await save({ scheduleExpression: 'cron(0 2 ? * * *)', applyOnlyAtCronInterval: true });
  const { total } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
  expect(total).toBe(0);
  clock.set(at('02:00:00'));
  expect(await firesOf(associationId)).toHaveLength(1);
});

test('a deleted association fires no more', async () => {
  const associationId = await save({ scheduleExpression: 'rate(30 minutes)' });
  await site.client.associations.delete({ associationIds: [associationId] });
  clock.advance({ hours: 5 });
  expect(await firesOf(associationId)).toHaveLength(0);
});
