import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAssociation } from '../builders/association.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { refusal } from './refusal.ts';
import { TestSite } from './site.ts';

/** What is kept beside associations: their tags, the alarms that hold them back, and the limit above which a change is confirmed. */
let site: TestSite;
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock('2026-03-01T02:00:00Z');
  site = await TestSite.start({ clock });
});

afterEach(() => site.stop());

test('an alarm that is put is listed with the instant since when it is in its state, and goes when it is deleted', async () => {
  const raised = { name: 'Cooling', state: 'ALARM' as const, reason: '41 °C' };
  const since = clock.now();
  expect(await site.client.site.putAlarm(raised)).toEqual({ ...raised, changedAt: since });
  clock.advance({ minutes: 5 });
  expect(await site.client.site.putAlarm({ ...raised, reason: '43 °C' })).toMatchObject({ reason: '43 °C', changedAt: since });
  expect(await site.client.site.putAlarm({ ...raised, state: 'OK' })).toMatchObject({ state: 'OK', changedAt: clock.now() });
  expect(await site.client.site.alarms()).toHaveLength(1);
  await site.client.site.deleteAlarm({ name: 'Cooling' });
  expect(await site.client.site.alarms()).toEqual([]);
  expect((await refusal(site.client.site.deleteAlarm({ name: 'Cooling' }))).code).toBe('E-ALARM-UNKNOWN');
});

test('an alarm whose name or reason has control characters, or is too long, is refused', async () => {
  const alarm = { name: 'Cooling', state: 'ALARM' as const, reason: '' };
  for (const wrong of [
    { name: '' },
    { name: 'a\u001b[31m' },
    { name: 'x'.repeat(256) },
    { reason: 'a\nb' },
    { reason: 'x'.repeat(1025) },
  ]) {
    expect((await refusal(site.client.site.putAlarm({ ...alarm, ...wrong }))).code).toBe('ValidationException');
  }
  expect(await site.client.site.alarms()).toEqual([]);
});

test('the limit for confirmations is 20 until it is set, and takes whole numbers from 0 to 10,000', async () => {
  expect((await site.client.site.facts()).confirmAbove).toBe(20);
  expect((await site.client.site.setConfirmAbove({ confirmAbove: 0 })).confirmAbove).toBe(0);
  for (const confirmAbove of [-1, 10_001, 1.5, Number.NaN]) {
    expect((await refusal(site.client.site.setConfirmAbove({ confirmAbove }))).code).toBe('ValidationException');
  }
  site = await site.restart();
  expect((await site.client.site.facts()).confirmAbove).toBe(0);
});

test('tags of an association are given at its creation and changed without a version or a run', async () => {
  const tags = [{ key: 'owner', value: 'physics' }];
  const { associationId } = await site.client.associations.save({
    edit: null,
    draft: anAssociation({ applyOnlyAtCronInterval: false }),
    tags,
  });
  const created = await site.client.associations.get({ associationId });
  expect(created.tags).toEqual(tags);
  const changed = await site.client.associations.setTags({ associationId, tags: [{ key: 'owner', value: 'chemistry' }] });
  expect(changed).toEqual({ ...created, tags: [{ key: 'owner', value: 'chemistry' }] });
  const edit = { associationId, associationVersion: 1 };
  const saved = await site.client.associations.save({ edit, draft: anAssociation({ complianceSeverity: 'HIGH' }) });
  expect(saved.tags).toEqual([{ key: 'owner', value: 'chemistry' }]);
  const both = await site.client.associations.save({ edit: { associationId, associationVersion: 2 }, draft: anAssociation(), tags: [] });
  expect([both.associationVersion, both.tags]).toEqual([3, []]);
});

test('tags that are wrong are refused by the error name they have, and nothing is saved', async () => {
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation() });
  const many = Array.from({ length: 51 }, (_, number) => ({ key: `k${number}`, value: '' }));
  const one = { key: 'owner', value: 'physics' };
  expect((await refusal(site.client.associations.setTags({ associationId, tags: many }))).code).toBe('TooManyTagsError');
  for (const tags of ['text', null, [one, one], [{ key: '', value: '' }], [{ key: 'a\u0000', value: '' }], [{ ...one, more: 1 }]]) {
    const refused = await refusal(site.client.associations.setTags({ associationId, tags }));
    expect(refused).toMatchObject({ code: 'InvalidTag', places: [{ field: 'tags' }] });
    expect((await refusal(site.client.associations.save({ edit: null, draft: anAssociation(), tags }))).code).toBe('InvalidTag');
  }
  const edit = { associationId, associationVersion: 1 };
  expect((await refusal(site.client.associations.save({ edit, draft: anAssociation(), tags: [one, one] }))).code).toBe('InvalidTag');
  const { rows } = await site.client.associations.list({
    search: '',
    status: null,
    sort: 'title',
    order: 'ascending',
    offset: 0,
    limit: 9,
  });
  expect(rows.map((row) => [row.tags, row.associationVersion])).toEqual([[[], 1]]);
});
