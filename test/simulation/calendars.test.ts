import { describe, expect, test } from 'vitest';
import { deleteDocument } from '../../electron/controller/operations/delete-document.ts';
import { createDocument, setDefaultDocumentVersion, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { anEvent, calendarText } from '../agent/calendar/a-calendar.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

/** From 02:00 to 04:00 and so on: hours of 1 March 2026, on which a simulated site begins at 02:00. */
const hours = (from: string, to: string): string => anEvent([`DTSTART:20260301T${from}0000Z`, `DTEND:20260301T${to}0000Z`]);

const text = (type: 'DEFAULT_OPEN' | 'DEFAULT_CLOSED', ...events: string[]): string => calendarText(events, [`X-CALENDAR-TYPE:${type}`]);

function addCalendar(site: SimulatedSite, name: string, content: string): void {
  const labels = { displayName: null, versionName: null };
  site.perform((context) => createDocument(context, { name, documentType: 'ChangeCalendar', format: 'TEXT', content, ...labels }));
}

const closedUntilFour = text('DEFAULT_OPEN', hours('02', '04'));

describe('an association that waits for a calendar', () => {
  test('does not run while it is closed, and runs when it opens', () => {
    const site = openSimulatedSite();
    site.addNode();
    addCalendar(site, 'Freeze', closedUntilFour);
    const { associationId } = site.save({ calendarNames: ['Freeze'] });
    expect(site.history(associationId).map(({ nodes }) => nodes)).toEqual([{ 'node-1': 'Skipped (CalendarClosed)' }]);
    site.advanceTo('2026-03-01T03:59:59Z');
    expect(site.history(associationId)).toHaveLength(1);
    site.advanceTo('2026-03-01T04:01:00Z');
    expect(site.history(associationId)[1]).toMatchObject({
      at: '2026-03-01T04:00:00.000Z',
      trigger: 'CalendarOpened',
      nodes: { 'node-1': 'Success' },
    });
  });

  test('runs a little later where the disk refuses at the moment at which it opens', () => {
    const site = openSimulatedSite();
    site.addNode();
    addCalendar(site, 'Freeze', closedUntilFour);
    const { associationId } = site.save({ calendarNames: ['Freeze'] });
    const { owedRuns } = site.context.stores;
    const { waitingForCalendar } = owedRuns;
    owedRuns.waitingForCalendar = () => {
      owedRuns.waitingForCalendar = waitingForCalendar;
      throw new Error('the disk is full');
    };
    site.advanceTo('2026-03-01T04:01:00Z');
    expect(site.history(associationId)[1]).toMatchObject({ at: '2026-03-01T04:00:10.000Z', nodes: { 'node-1': 'Success' } });
    expect(site.takeErrors()).toEqual(['calendars-not-kept: Error: the disk is full']);
  });

  test('loses a fire that meets a closed calendar, and the next one is asked anew', () => {
    const site = openSimulatedSite();
    site.addNode();
    addCalendar(site, 'Window', text('DEFAULT_CLOSED', hours('02', '03'), hours('05', '06')));
    const { associationId } = site.save({ calendarNames: ['Window'], scheduleExpression: 'rate(90 minutes)' });
    site.advanceTo('2026-03-01T05:10:00Z');
    expect(site.history(associationId).map(({ fireAt, nodes }) => [fireAt?.slice(11, 16), nodes['node-1']])).toEqual([
      [undefined, 'Success'],
      ['03:30', 'Skipped (CalendarClosed)'],
      ['05:00', 'Success'],
    ]);
  });

  test('needs all of its calendars to be open', () => {
    const site = openSimulatedSite();
    site.addNode();
    addCalendar(site, 'Freeze', closedUntilFour);
    addCalendar(site, 'Exams', text('DEFAULT_OPEN', hours('03', '05')));
    const { associationId } = site.save({ calendarNames: ['Freeze', 'Exams'] });
    site.advanceTo('2026-03-01T05:01:00Z');
    expect(site.history(associationId).at(-1)).toMatchObject({ at: '2026-03-01T05:00:00.000Z', nodes: { 'node-1': 'Success' } });
  });

  test('runs at once when the calendar is changed and is open then', () => {
    const site = openSimulatedSite();
    site.addNode();
    addCalendar(site, 'Freeze', closedUntilFour);
    const { associationId } = site.save({ calendarNames: ['Freeze'] });
    const content = text('DEFAULT_OPEN', hours('06', '07'));
    site.perform((context) =>
      updateDocument(context, { name: 'Freeze', format: 'TEXT', content, versionName: null, documentVersion: '1' }),
    );
    expect(site.history(associationId)).toHaveLength(1);
    site.perform((context) => setDefaultDocumentVersion(context, 'Freeze', 2));
    site.advance({ minutes: 1 });
    expect(site.history(associationId).at(-1)).toMatchObject({ at: '2026-03-01T02:00:00.000Z', nodes: { 'node-1': 'Success' } });
  });

  test('runs when the controller comes back after the calendar has opened', () => {
    const site = openSimulatedSite();
    const node = site.addNode();
    addCalendar(site, 'Freeze', closedUntilFour);
    const { associationId } = site.save({ calendarNames: ['Freeze'] });
    site.kill();
    site.advanceTo('2026-03-01T09:00:00Z');
    site.start();
    site.connect(node);
    site.advance({ minutes: 1 });
    expect(site.history(associationId).at(-1)).toMatchObject({ at: '2026-03-01T09:00:00.000Z', nodes: { 'node-1': 'Success' } });
  });
});

test('a calendar that associations wait for is not deleted under them', () => {
  const site = openSimulatedSite();
  addCalendar(site, 'Freeze', closedUntilFour);
  site.save({ calendarNames: ['Freeze'] });
  const remove = () => site.perform((context) => deleteDocument(context, { name: 'Freeze', documentVersion: null, versionName: null }));
  expect(remove).toThrow(expect.objectContaining({ code: 'AssociatedInstances' }));
});

test('each turn of a calendar is told once', () => {
  const site = openSimulatedSite();
  addCalendar(site, 'Freeze', text('DEFAULT_OPEN', hours('03', '04'), hours('06', '07')));
  const { context } = site;
  const told: string[] = [];
  const stop = site.heard((change) => {
    if (change.kind === 'calendar') told.push(`${change.name} ${context.calendars.stateAt(['Freeze'], site.clock.now()).state}`);
  });
  site.advanceTo('2026-03-01T03:30:00Z');
  site.advanceTo('2026-03-01T08:00:00Z');
  expect(told).toEqual(['Freeze CLOSED', 'Freeze OPEN', 'Freeze CLOSED', 'Freeze OPEN']);
  stop();
});
