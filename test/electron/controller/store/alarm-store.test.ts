import { expect, test } from 'vitest';
import type { Alarm } from '../../../../electron/domain/alarm.ts';
import { minutesOn, NOW } from './instants.ts';
import { temporaryStores } from './temporary-database.ts';

const raised: Alarm = { name: 'Cooling “B12”', state: 'ALARM', reason: '41 °C', changedAt: NOW };

test('an alarm is not there before it is reported, and is what was reported last', () => {
  const { alarms } = temporaryStores();
  expect(alarms.find(raised.name)).toBeNull();
  alarms.put(raised);
  expect(alarms.find(raised.name)).toEqual(raised);
  const cleared: Alarm = { ...raised, state: 'OK', reason: '', changedAt: minutesOn(5) };
  alarms.put(cleared);
  expect([alarms.list(), alarms.count()]).toEqual([[cleared], 1]);
});

test('alarms are listed by name, and one that is forgotten is gone', () => {
  const { alarms } = temporaryStores();
  for (const name of ['Power', 'Cooling']) alarms.put({ ...raised, name });
  expect(alarms.list().map((alarm) => alarm.name)).toEqual(['Cooling', 'Power']);
  expect([alarms.delete('Power'), alarms.delete('Power'), alarms.count()]).toEqual([true, false, 1]);
});
