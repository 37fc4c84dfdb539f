import { describe, expect, test, vi } from 'vitest';
import { NO_FILTER } from '../../../renderer/routes.ts';
import {
  addressTime,
  executionFilterOf,
  fieldTime,
  filterWords,
  instantOf,
  isFiltered,
  lastNight,
} from '../../../renderer/terms/execution-query.ts';

const id = '0190f0e0-0000-7000-8000-000000000001';

describe('a filter in an address', () => {
  test('becomes what is asked for', () => {
    const query = { status: 'Failed', trigger: 'Manual', after: '2026-03-01T02:00:00Z', before: null, id, version: '3' };
    expect(executionFilterOf(query)).toEqual({
      status: 'Failed',
      trigger: 'Manual',
      createdAfter: new Date('2026-03-01T02:00:00Z'),
      createdBefore: null,
      executionId: id,
      associationVersion: 3,
    });
  });

  test('that cannot be read is no filter, part by part', () => {
    const query = { status: 'Gone', trigger: '<b>', after: 'soon', before: 'x'.repeat(9999), id: '../..', version: '-1' };
    expect(isFiltered(executionFilterOf(query))).toBe(false);
    expect(executionFilterOf({ ...query, status: 'Failed' }).status).toBe('Failed');
  });

  test('is said in words, but for the status, which is in sight', () => {
    expect(filterWords(executionFilterOf(NO_FILTER))).toEqual([]);
    const words = filterWords(executionFilterOf({ ...NO_FILTER, status: 'Failed', trigger: 'Manual', version: '3' }));
    expect(words).toEqual([
      { key: 'trigger', label: 'Started by hand' },
      { key: 'version', label: 'Version 3' },
    ]);
  });
});

test('a field for date and time holds this computer’s clock, and the address keeps the instant', () => {
  const at = new Date('2026-03-01T02:00:00Z');
  expect(instantOf(addressTime(fieldTime(at)))).toEqual(at);
  expect([fieldTime(null), addressTime('')]).toEqual(['', null]);
});

test('a year is typed digit by digit, with what is typed left as it is', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  for (const year of ['0002', '0020', '0202', '2026'])
    expect(fieldTime(instantOf(addressTime(`${year}-03-01T02:00`)))).toBe(`${year}-03-01T02:00`);
});

test('last night is from 18:00 yesterday to 07:00 today, at any time of the day', () => {
  for (const hour of [3, 8, 20]) {
    const { after, before } = lastNight(new Date(2026, 2, 10, hour));
    expect(instantOf(after)).toEqual(new Date(2026, 2, 9, 18));
    expect(instantOf(before)).toEqual(new Date(2026, 2, 10, 7));
  }
});
