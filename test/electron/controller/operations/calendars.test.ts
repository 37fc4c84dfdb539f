import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { calendarAgenda } from '../../../../electron/controller/operations/calendar-agenda.ts';
import { getCalendarState } from '../../../../electron/controller/operations/calendar-state.ts';
import { deleteDocument } from '../../../../electron/controller/operations/delete-document.ts';
import { saveAssociation } from '../../../../electron/controller/operations/save-association.ts';
import { saveCalendar } from '../../../../electron/controller/operations/save-calendar.ts';
import { createDocument, updateDocument } from '../../../../electron/controller/operations/save-document.ts';
import type { CalendarChange } from '../../../../electron/domain/calendar-draft.ts';
import { anEvent, calendarText } from '../../../agent/calendar/a-calendar.ts';
import { anAssociation } from '../../../builders/association.ts';
import { openDocumentDesk } from '../../../builders/document-desk.ts';

/** A site at 02:00 on 1 March 2026. */
function desk() {
  const opened = openDocumentDesk();
  onTestFinished(() => opened.close());
  return opened;
}

const code = (name: string) => expect.objectContaining({ code: name });
const bringIn = (text: string, fileName = 'exams.ics'): CalendarChange => ({
  kind: 'import',
  type: 'DEFAULT_OPEN',
  fileName,
  text,
  timeZone: null,
});
const freeze = (day: string, summary = 'Freeze') => anEvent([`DTSTART:202603${day}T180000Z`, `DTEND:202603${day}T220000Z`], summary);
const asDocument = (content: string) =>
  ({ name: 'Freeze', documentType: 'ChangeCalendar', format: 'TEXT', content, displayName: null, versionName: null }) as const;

describe('a calendar that is saved', () => {
  test('is a document, and its newest version counts at once', () => {
    const context = desk();
    saveCalendar(context, { name: 'Freeze', documentVersion: null, change: bringIn(calendarText([freeze('05')])) });
    expect(context.stores.documents.find('Freeze')).toMatchObject({ documentType: 'ChangeCalendar', defaultVersion: 1 });
    saveCalendar(context, { name: 'Freeze', documentVersion: 1, change: bringIn(calendarText([freeze('07')]), 'more.ics') });
    expect(context.stores.documents.find('Freeze')).toMatchObject({ defaultVersion: 2, latestVersion: 2 });
    expect(context.calendars.find('Freeze')?.events).toHaveLength(2);
  });

  test('is refused when somebody else changed it meanwhile, and nothing is stored', () => {
    const context = desk();
    saveCalendar(context, { name: 'Freeze', documentVersion: null, change: bringIn(calendarText([freeze('05')])) });
    saveCalendar(context, { name: 'Freeze', documentVersion: 1, change: bringIn(calendarText([freeze('07')])) });
    const late = () => saveCalendar(context, { name: 'Freeze', documentVersion: 1, change: bringIn(calendarText([freeze('09')])) });
    expect(late).toThrow(code('InvalidDocumentVersion'));
    expect(context.stores.documents.find('Freeze')?.latestVersion).toBe(2);
  });

  test('is stored whole or not at all: where the new version cannot count, there is none', () => {
    const context = desk();
    saveCalendar(context, { name: 'Freeze', documentVersion: null, change: bringIn(calendarText([freeze('05')])) });
    const setDefault = () => {
      throw new Error('the disk is full');
    };
    const failing = { ...context, stores: { ...context.stores, documents: { ...context.stores.documents, setDefault } } };
    const change = bringIn(calendarText([freeze('07')]));
    expect(() => saveCalendar(failing, { name: 'Freeze', documentVersion: 1, change })).toThrow('the disk is full');
    expect(context.stores.documents.find('Freeze')).toMatchObject({ defaultVersion: 1, latestVersion: 1 });
  });

  test('stays as it is when the same file is brought in again', () => {
    const context = desk();
    const text = calendarText([freeze('05').replace('SUMMARY', 'DTSTAMP:20260101T000000Z\r\nSUMMARY')]);
    saveCalendar(context, { name: 'Freeze', documentVersion: null, change: bringIn(text) });
    saveCalendar(context, { name: 'Freeze', documentVersion: 1, change: bringIn(text) });
    expect(context.stores.documents.find('Freeze')?.latestVersion).toBe(1);
  });

  test.each([
    ['a name that is taken', 'Freeze', 'DocumentAlreadyExists'],
    ['a name that is none', 'a b', 'ValidationException'],
    ['a reserved name', 'AWS-Freeze', 'ValidationException'],
  ])('%s is refused', (_what, name, expected) => {
    const context = desk();
    createDocument(context, asDocument(calendarText([freeze('05')])));
    expect(() => saveCalendar(context, { name, documentVersion: null, change: bringIn(calendarText([freeze('05')])) })).toThrow(
      code(expected),
    );
  });

  test('what cannot be understood is refused by its lines', () => {
    const change = bringIn(calendarText([freeze('05'), freeze('06').replace('END:VEVENT', 'EXDATE:20260306T180000Z\r\nEND:VEVENT')]));
    expect(() => saveCalendar(desk(), { name: 'Freeze', documentVersion: null, change })).toThrow(
      expect.objectContaining({ code: 'InvalidDocumentContent', places: [{ field: 'content', line: 16, column: null }] }),
    );
  });

  test('a file that is too large for a document is refused by its size', () => {
    const many = Array.from({ length: 600 }, (_, number) => freeze('05', `Freeze number ${number}`));
    expect(() => saveCalendar(desk(), { name: 'Freeze', documentVersion: null, change: bringIn(calendarText(many)) })).toThrow(
      code('MaxDocumentSizeExceeded'),
    );
  });
});

describe('GetCalendarState', () => {
  test('answers of several calendars, now or at an instant', () => {
    const context = desk();
    createDocument(context, asDocument(calendarText([freeze('01')])));
    createDocument(context, { ...asDocument(calendarText([freeze('02')])), name: 'Exams' });
    expect(getCalendarState(context, { names: ['Freeze', 'Exams'], at: null })).toEqual({
      state: 'OPEN',
      at: new Date('2026-03-01T02:00:00Z'),
      nextTransitionAt: new Date('2026-03-01T18:00:00Z'),
    });
    expect(getCalendarState(context, { names: ['Freeze', 'Exams'], at: new Date('2026-03-02T19:00:00Z') })).toMatchObject({
      state: 'CLOSED',
    });
  });

  test('refuses what is not there, and what is no calendar', () => {
    const context = desk();
    expect(() => getCalendarState(context, { names: ['Freeze'], at: null })).toThrow(code('InvalidDocument'));
    expect(() => getCalendarState(context, { names: ['Holdfast-RunShellScript'], at: null })).toThrow(code('InvalidDocumentType'));
  });

  test('a calendar whose text is not understood any more is unsupported, and counts as closed', () => {
    const context = desk();
    createDocument(context, asDocument(calendarText([freeze('05')])));
    const [first] = context.stores.documents.versions('Freeze');
    const spoiled = {
      ...first,
      name: 'Freeze',
      documentVersion: 2,
      versionName: null,
      schemaVersion: null,
      format: 'TEXT' as const,
      content: 'x',
      hash: 'x',
      createdAt: context.clock.now(),
    };
    context.stores.documents.addVersion(spoiled, { description: '', platformTypes: [] });
    context.stores.documents.setDefault('Freeze', 2);
    expect(() => getCalendarState(context, { names: ['Freeze'], at: null })).toThrow(code('UnsupportedCalendarException'));
    expect(context.calendars.stateAt(['Freeze'], context.clock.now())).toEqual({
      state: 'CLOSED',
      nextTransitionAt: null,
      missing: ['Freeze'],
    });
  });

  test('the version that is the default counts, and not the newest', () => {
    const context = desk();
    createDocument(context, asDocument(calendarText([freeze('01')])));
    updateDocument(context, {
      name: 'Freeze',
      format: 'TEXT',
      content: calendarText([freeze('09')]),
      versionName: null,
      documentVersion: '1',
    });
    expect(getCalendarState(context, { names: ['Freeze'], at: null }).nextTransitionAt).toEqual(new Date('2026-03-01T18:00:00Z'));
  });
});

describe('the agenda', () => {
  const march = { from: new Date('2026-03-28T00:00:00Z'), to: new Date('2026-03-31T00:00:00Z') };

  function site() {
    const context = desk();
    const text = calendarText([
      anEvent(['DTSTART;TZID=Europe/Berlin:20260328T010000', 'DURATION:PT4H', 'RRULE:FREQ=DAILY']),
      anEvent(['X-EVENT-TYPE:ADVISORY', 'DTSTART:20260329T120000Z', 'DURATION:PT1H'], 'Visit'),
    ]);
    createDocument(context, asDocument(text));
    const draft = anAssociation({ associationName: 'nightly', calendarNames: ['Freeze'], scheduleExpression: 'cron(0 2,12 ? * * *)' });
    saveAssociation(context, { edit: null, draft });
    return context;
  }

  test('has the open and closed times without gaps, and what is on', () => {
    const { periods, events } = calendarAgenda(site(), 'Freeze', march);
    expect(periods.map(({ state, endsAt }) => `${state} ${endsAt.toISOString().slice(5, 13)}`)).toEqual([
      'CLOSED 03-28T04',
      'OPEN 03-29T00',
      'CLOSED 03-29T04',
      'OPEN 03-29T23',
      'CLOSED 03-30T03',
      'OPEN 03-30T23',
      'CLOSED 03-31T00',
    ]);
    expect(events.map(({ summary, isAdvisory }) => [summary, isAdvisory])).toContainEqual(['Visit', true]);
  });

  test('has the runs to come, with those that the calendar will skip', () => {
    const { runs } = calendarAgenda(site(), 'Freeze', march);
    expect(runs.slice(0, 2).map(({ title, at, isSkipped }) => [title, at.toISOString().slice(5, 13), isSkipped])).toEqual([
      ['nightly', '03-28T02', true],
      ['nightly', '03-28T12', false],
    ]);
  });

  test('looks its calendars up once, however many runs there are', () => {
    const context = site();
    const lookUp = vi.spyOn(context.stores.documents, 'calendarHash');
    expect(calendarAgenda(context, 'Freeze', march).runs.length).toBeGreaterThan(1);
    expect(lookUp).toHaveBeenCalledTimes(1);
  });

  test('says when clocks change in its zones', () => {
    expect(calendarAgenda(site(), 'Freeze', march).clockChanges).toEqual([
      { timeZone: 'Europe/Berlin', at: new Date('2026-03-29T01:00:00Z'), minutes: 60 },
    ]);
  });

  test('is of two months at the most', () => {
    const long = { from: march.from, to: new Date('2026-09-01T00:00:00Z') };
    expect(() => calendarAgenda(desk(), 'Freeze', long)).toThrow(code('ValidationException'));
  });
});

test('a calendar that an association names, also by its ARN, is not deleted', () => {
  const context = desk();
  createDocument(context, asDocument(calendarText([freeze('05')])));
  const calendarNames = ['arn:aws:ssm:eu-central-1:123456789012:document/Freeze'];
  saveAssociation(context, { edit: null, draft: anAssociation({ calendarNames }) });
  expect(() => deleteDocument(context, { name: 'Freeze', documentVersion: null, versionName: null })).toThrow(code('AssociatedInstances'));
});
