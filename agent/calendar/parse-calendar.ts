import type { CalendarEvent } from './calendar-event.ts';
import type { CalendarType, ChangeCalendar } from './change-calendar.ts';
import { type ContentLine, contentLines, lineOfEvent } from './content-lines.ts';
import { fileZones } from './file-zones.ts';
import { type JcalComponent, propertiesOf, readJcal, textOf } from './jcal.ts';
import { quoted } from './quoted.ts';
import { CALENDAR_TYPE, CANCELLING, type EventZones, MOST_COUNTED, readEvent, tooOften } from './read-event.ts';

/** The API answers all of them with InvalidDocumentContent. */
export type CalendarProblemCode =
  | 'NOT_A_CALENDAR'
  | 'VERSION_NOT_SUPPORTED'
  | 'TYPE_MISSING'
  | 'TIME_ZONE'
  | 'NO_EVENT'
  | 'OCCURRENCE_CANCELLED'
  | 'EVENT_INVALID';
export type CalendarProblem = { code: CalendarProblemCode; message: string; line: number | null };

export type ParsedCalendar =
  | { ok: true; calendar: ChangeCalendar; component: JcalComponent }
  | { ok: false; problems: readonly CalendarProblem[] };

/** What somebody says of a file that does not say it itself. */
export type CalendarChoices = {
  type?: CalendarType;
  /** For times that name no zone. */
  timeZone?: string;
};

/** However wrong a text is, nobody reads more about it at once. */
const MOST_PROBLEMS = 20;

/** More do not fit into a document, however short they are; each has its rule looked through. */
const MOST_EVENTS = 2000;

/** Understands the text of a change calendar (spec.md 11), or says everything that is wrong with it, and on which line. */
export function parseCalendar(text: string, choices: CalendarChoices = {}): ParsedCalendar {
  const { lines, trouble } = contentLines(text.replace(/^\uFEFF/, ''));
  if (lines[0]?.name !== 'BEGIN' || lines[0].path[0] !== 'VCALENDAR')
    return refused({ code: 'NOT_A_CALENDAR', message: 'This is no iCalendar: its first line is not BEGIN:VCALENDAR.', line: 1 });
  if (trouble !== null) return refused({ code: 'NOT_A_CALENDAR', ...trouble });
  const second = lines.find(({ name, path }, position) => position > 0 && name === 'BEGIN' && path.length === 1);
  if (second !== undefined)
    return refused({ code: 'NOT_A_CALENDAR', message: 'A second calendar begins here; bring them in one by one.', line: second.line });
  const tooMany = lines.find(({ events }) => events > MOST_EVENTS);
  if (tooMany !== undefined)
    return refused({
      code: 'EVENT_INVALID',
      message: `The calendar has more than ${MOST_EVENTS} events; no document has room for them.`,
      line: tooMany.line,
    });
  const read = readJcal(text.replace(/^\uFEFF/, ''));
  if (!read.ok)
    return refused({ code: 'NOT_A_CALENDAR', message: `This is no iCalendar: ${quoted(read.problem)}.`, line: lineIn(text, read.problem) });
  return understood(read.component, lines, choices);
}

function understood(component: JcalComponent, lines: readonly ContentLine[], choices: CalendarChoices): ParsedCalendar {
  const lineOf = (property: string) => lines.find(({ name, path }) => name === property && path.length === 1)?.line ?? 1;
  const problems: CalendarProblem[] = [];
  const version = textOf(component, 'version');
  if (version !== null && version !== '2.0')
    problems.push({
      code: 'VERSION_NOT_SUPPORTED',
      message: `This is iCalendar ${quoted(version)}; export it as version 2.0.`,
      line: lineOf('VERSION'),
    });
  const type = choices.type ?? typeOf(component);
  if (type === null)
    problems.push({
      code: 'TYPE_MISSING',
      message:
        'The calendar does not say what it is when nothing is on; write X-CALENDAR-TYPE:DEFAULT_OPEN or X-CALENDAR-TYPE:DEFAULT_CLOSED into it.',
      line: lineOf('X-CALENDAR-TYPE'),
    });
  const zones = fileZones(component);
  const named = choices.timeZone ?? textOf(component, 'x-wr-timezone');
  const floating = named === null ? null : zones.clockOf(named);
  if (named !== null && floating === null)
    problems.push({
      code: 'TIME_ZONE',
      message: `${quoted(named)} is no time zone; write a name of the IANA data base, for example Europe/Berlin.`,
      line: lineOf('X-WR-TIMEZONE'),
    });
  const events = readEvents(component, { lines, zones: { zones, floating }, problems });
  if (type === null || problems.length > 0) return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) };
  return { ok: true, calendar: { type, description: textOf(component, 'x-wr-caldesc') ?? '', events }, component };
}

/** Both are one word, or the calendar says two things. */
function typeOf(component: JcalComponent): CalendarType | null {
  const said = new Set(
    propertiesOf(component, CALENDAR_TYPE).map(([, , , value]) => (typeof value === 'string' ? value.trim().toUpperCase() : '')),
  );
  const [type] = said;
  return said.size === 1 && (type === 'DEFAULT_OPEN' || type === 'DEFAULT_CLOSED') ? type : null;
}

type Reading = { lines: readonly ContentLine[]; zones: EventZones; problems: CalendarProblem[] };

function readEvents([, , components]: JcalComponent, { lines, zones, problems }: Reading): CalendarEvent[] {
  const events: CalendarEvent[] = [];
  let counted = 0;
  const written = components.filter(([name]) => name === 'vevent');
  if (written.length === 0)
    problems.push({ code: 'NO_EVENT', message: 'The calendar has no event; a change calendar has at least one.', line: null });
  for (const [position, component] of written.entries()) {
    if (problems.length > MOST_PROBLEMS) break;
    const read = readEvent(component, zones);
    if (!read.ok) {
      const { property, message } = read.problem;
      const isCancelled = CANCELLING.some((name) => name === property);
      problems.push({
        code: isCancelled ? 'OCCURRENCE_CANCELLED' : 'EVENT_INVALID',
        message,
        line: lineOfEvent(lines, position, property),
      });
      continue;
    }
    events.push(read.event);
    counted += read.event.repeat?.count ?? 0;
    if (counted <= MOST_COUNTED) continue;
    problems.push({ code: 'EVENT_INVALID', message: tooOften('This calendar'), line: lineOfEvent(lines, position, 'RRULE') });
    break;
  }
  return events;
}

const refused = (problem: CalendarProblem): ParsedCalendar => ({ ok: false, problems: [problem] });

/** The parser quotes the line that it did not understand. */
function lineIn(text: string, problem: string): number | null {
  const quote = /"([^"]{3,})"/.exec(problem)?.[1];
  const position = quote === undefined ? -1 : text.split(/\r\n|\r|\n/).findIndex((line) => line.includes(quote));
  return position < 0 ? null : position + 1;
}
