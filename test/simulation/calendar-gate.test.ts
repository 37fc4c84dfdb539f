import { describe, expect, test } from 'vitest';
import { createDocument } from '../../electron/controller/operations/save-document.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { anEvent, calendarText } from '../agent/calendar/a-calendar.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

/** Closed from 03:00 to 06:00 on 1 March 2026; simulated sites begin an hour before. */
function aSite(settings: Parameters<typeof openSimulatedSite>[0] = {}): SimulatedSite {
  const site = openSimulatedSite(settings);
  const content = calendarText([anEvent(['DTSTART:20260301T030000Z', 'DTEND:20260301T060000Z'])], ['X-CALENDAR-TYPE:DEFAULT_OPEN']);
  const labels = { displayName: null, versionName: null };
  site.perform((context) =>
    createDocument(context, { name: 'Freeze', documentType: 'ChangeCalendar', format: 'TEXT', content, ...labels }),
  );
  return site;
}

const GATED: Partial<AssociationDraft> = { scheduleExpression: null, calendarNames: ['Freeze'] };
const CLOSED = '2026-03-01T04:00:00Z';
const OPEN_AGAIN = '2026-03-01T06:10:00Z';

const byTrigger = (site: SimulatedSite, associationId: Parameters<SimulatedSite['history']>[0]) =>
  site.history(associationId).map(({ trigger, nodes }) => [trigger, nodes]);

describe('while the calendar is closed', () => {
  test('an edit runs nothing, and the new version runs once when it opens', () => {
    const site = aSite();
    site.addNode();
    const { associationId } = site.save(GATED);
    site.advanceTo(CLOSED);
    site.edit(associationId, { parameters: { commands: ['date'] } });
    site.edit(associationId, { parameters: { commands: ['uptime'] } });
    site.advanceTo(OPEN_AGAIN);
    expect(byTrigger(site, associationId)).toEqual([
      ['Created', { 'node-1': 'Success' }],
      ['Edited', { 'node-1': 'Skipped (CalendarClosed)' }],
      ['Edited', { 'node-1': 'Skipped (CalendarClosed)' }],
      ['CalendarOpened', { 'node-1': 'Success' }],
    ]);
    expect(site.history(associationId).at(-1)?.version).toBe(3);
  });

  test('a node that joins runs nothing, and is served when it opens', () => {
    const site = aSite();
    site.addNode();
    const { associationId } = site.save(GATED);
    site.advanceTo(CLOSED);
    site.addNode();
    site.advanceTo(OPEN_AGAIN);
    expect(byTrigger(site, associationId)).toEqual([
      ['Created', { 'node-1': 'Success' }],
      ['CalendarOpened', { 'node-2': 'Success' }],
    ]);
  });

  test('a node that comes back runs nothing, and catches up when it opens', () => {
    const site = aSite();
    const node = site.addNode();
    site.disconnect(node);
    const { associationId } = site.save(GATED);
    site.advanceTo(CLOSED);
    site.connect(node);
    site.advanceTo(OPEN_AGAIN);
    expect(byTrigger(site, associationId)).toEqual([
      ['Created', { 'node-1': 'Skipped (NodeOffline)' }],
      ['CalendarOpened', { 'node-1': 'Success' }],
    ]);
  });

  test('a manual start is recorded as skipped, and is not made up for', () => {
    const site = aSite();
    site.addNode();
    const { associationId } = site.save(GATED);
    site.advanceTo(CLOSED);
    site.applyNow(associationId);
    site.advanceTo(OPEN_AGAIN);
    expect(byTrigger(site, associationId)).toEqual([
      ['Created', { 'node-1': 'Success' }],
      ['Manual', { 'node-1': 'Skipped (CalendarClosed)' }],
    ]);
  });

  test('what had begun before goes on, and nothing more of it starts until it opens', () => {
    const site = aSite({ script: () => ({ status: 'Success', seconds: 40 * 60 }) });
    site.addNodes(3);
    const { associationId } = site.save({ ...GATED, maxConcurrency: '1' });
    site.advanceTo(CLOSED);
    expect(byTrigger(site, associationId)).toEqual([
      ['Created', { 'node-1': 'Success', 'node-2': 'Success', 'node-3': 'Skipped (CalendarClosed)' }],
    ]);
    site.advanceTo('2026-03-01T07:00:00Z');
    expect(byTrigger(site, associationId)[1]).toEqual(['CalendarOpened', { 'node-3': 'Success' }]);
  });
});

test('a calendar that is gone counts as closed, and the association says so', () => {
  const site = aSite();
  site.addNode();
  const { associationId } = site.save({ ...GATED, scheduleExpression: 'rate(1 day)' });
  site.advanceTo(OPEN_AGAIN);
  site.withoutDocument('Freeze');
  site.advance({ days: 2 });
  expect(byTrigger(site, associationId).slice(1)).toEqual([
    ['Schedule', { 'node-1': 'Skipped (CalendarMissing)' }],
    ['Schedule', { 'node-1': 'Skipped (CalendarMissing)' }],
  ]);
  expect(site.association(associationId).overview.detailedStatus).toBe('CalendarMissing');
});
