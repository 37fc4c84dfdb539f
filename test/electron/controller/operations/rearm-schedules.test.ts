import { expect, test } from 'vitest';
import { rearmSchedules } from '../../../../electron/controller/operations/rearm-schedules.ts';
import { openStores } from '../../../../electron/controller/store/stores.ts';
import type { Association } from '../../../../electron/domain/association.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { minutesOn, NOW } from '../store/instants.ts';
import { aStoredAssociation, associationId } from '../store/stored-things.ts';
import { openTemporary } from '../store/temporary-database.ts';

/** A site that starts now, with one association that was stored before. */
function started(settings: Partial<Association>, now: Date = NOW) {
  const database = openTemporary();
  const stores = openStores(database);
  stores.associations.insert(aStoredAssociation(1, settings));
  const changed = rearmSchedules({ stores, transaction: (work) => database.transaction(work), clock: new FakeClock(now) });
  return { changed, nextRunAt: stores.associations.find(associationId(1))?.nextRunAt };
}

const rate = { scheduleExpression: 'rate(30 minutes)', scheduleAnchor: NOW };

test('a next run that the schedule still gives stays', () => {
  expect(started({ ...rate, nextRunAt: minutesOn(30) }, minutesOn(10))).toEqual({ changed: 0, nextRunAt: minutesOn(30) });
});

test('a next run that the schedule does not give any more is worked out anew', () => {
  expect(started({ ...rate, nextRunAt: minutesOn(44) }, minutesOn(10))).toEqual({ changed: 1, nextRunAt: minutesOn(30) });
});

test('an association whose schedule was not understood before is armed', () => {
  expect(started({ ...rate, nextRunAt: null }, minutesOn(31))).toEqual({ changed: 1, nextRunAt: minutesOn(60) });
});

test('a moment that passed while nobody was there is left to be missed', () => {
  expect(started({ ...rate, nextRunAt: minutesOn(30) }, minutesOn(95))).toEqual({ changed: 0, nextRunAt: minutesOn(30) });
});

test('a clock that was set back does not bring back a moment that has fired', () => {
  expect(started({ ...rate, lastFiredAt: minutesOn(60), nextRunAt: minutesOn(90) }, minutesOn(20))).toEqual({
    changed: 0,
    nextRunAt: minutesOn(90),
  });
});

test('one without a schedule has nothing to be armed with', () => {
  expect(started({ scheduleExpression: null })).toEqual({ changed: 0, nextRunAt: null });
});
