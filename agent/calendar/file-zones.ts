import { findIana } from 'windows-iana';
import { DAY_MS, dayOf } from './day.ts';
import { clockOf, type EventClock } from './event-clock.ts';
import { type JcalComponent, propertiesOf, textOf } from './jcal.ts';
import { readRepeat, type WrittenRepeat } from './read-repeat.ts';
import { lastRepeatedDay } from './repeat-days.ts';
import { writtenTime } from './written-time.ts';

/** The zones that a file's times can be meant by. */
export type FileZones = { clockOf(tzid: string): EventClock | null };

/** More is no zone that anybody lives in. */
const MOST_OBSERVANCES = 400;
const LARGEST_OFFSET_MS = 24 * 3_600_000;

/**
 * A name of the IANA data base means what this computer knows of it, also where the file brings rules of its own, which are often old.
 * Any other name means the rules in the file; where there are none, the zone that Windows calls so.
 */
export function fileZones(calendar: JcalComponent): FileZones {
  const known = new Map<string, EventClock | null>();
  const written = new Map(calendar[2].filter(([name]) => name === 'vtimezone').map((zone) => [textOf(zone, 'tzid') ?? '', zone]));
  return {
    clockOf(tzid) {
      const found = known.get(tzid);
      if (found !== undefined) return found;
      const clock = namedClock(tzid) ?? writtenClock(tzid, written.get(tzid)) ?? windowsClock(tzid);
      known.set(tzid, clock);
      return clock;
    },
  };
}

/** Some programs write a prefix before the name: /mozilla.org/20070129_1/Europe/Berlin. */
function namedClock(tzid: string): EventClock | null {
  const parts = tzid.split('/').filter((part) => part !== '');
  for (let first = 0; first < Math.min(parts.length, 5); first += 1) {
    const clock = clockOf(parts.slice(first).join('/'));
    if (clock !== null && (first === 0 || parts.length - first > 1)) return clock;
  }
  return null;
}

function windowsClock(tzid: string): EventClock | null {
  const [name] = findIana(tzid);
  return name === undefined ? null : clockOf(name);
}

type Observance = { first: number; offsetFrom: number; offsetTo: number; repeat: WrittenRepeat | null; extraStarts: readonly number[] };

/** By the STANDARD and DAYLIGHT parts of a VTIMEZONE; null when they cannot be used. */
function writtenClock(tzid: string, zone: JcalComponent | undefined): EventClock | null {
  if (zone === undefined || zone[2].length === 0 || zone[2].length > MOST_OBSERVANCES) return null;
  const observances: Observance[] = [];
  for (const component of zone[2]) {
    const observance = readObservance(component);
    if (observance === null) return null;
    observances.push(observance);
  }
  const earliest = observances.toSorted((a, b) => a.first - b.first)[0];
  const offsetAt = (instant: number): number => {
    let latest = { onset: Number.NEGATIVE_INFINITY, offset: earliest?.offsetFrom ?? 0 };
    for (const observance of observances) {
      const onset = lastOnset(observance, instant);
      if (onset !== null && onset > latest.onset) latest = { onset, offset: observance.offsetTo };
    }
    return latest.offset;
  };
  return { name: tzid, zone: { offsetAt, windows: new Map() } };
}

function readObservance(component: JcalComponent): Observance | null {
  const start = writtenTime(textOf(component, 'dtstart'));
  const offsetFrom = writtenOffset(textOf(component, 'tzoffsetfrom'));
  const offsetTo = writtenOffset(textOf(component, 'tzoffsetto'));
  if (start === null || start.isDate || offsetFrom === null || offsetTo === null) return null;
  const [rule, second] = propertiesOf(component, 'rrule');
  const read = rule === undefined ? null : readRepeat(rule[3], start.local);
  if (second !== undefined || (read !== null && (!read.ok || read.repeat.count !== null))) return null;
  const extras = propertiesOf(component, 'rdate').flatMap(([, , , ...values]) => values.map(writtenTime));
  if (extras.includes(null)) return null;
  const extraStarts = extras.flatMap((extra) => (extra === null ? [] : [extra.local]));
  return { first: start.local, offsetFrom, offsetTo, repeat: read?.repeat ?? null, extraStarts };
}

/** When this part of the year began last, at `instant` or before. Its local times are those of the clocks before they change. */
function lastOnset({ first, offsetFrom, repeat, extraStarts }: Observance, instant: number): number | null {
  const local = instant + offsetFrom;
  const starts = extraStarts.filter((start) => start <= local);
  if (first <= local) starts.push(repeat === null ? first : lastRepeat(repeat, { first, offsetFrom }, local));
  return starts.length === 0 ? null : Math.max(...starts) - offsetFrom;
}

function lastRepeat(
  { rule, until }: WrittenRepeat,
  { first, offsetFrom }: Pick<Observance, 'first' | 'offsetFrom'>,
  local: number,
): number {
  const timeOfDay = first - dayOf(first) * DAY_MS;
  const end = until === null ? local : Math.min(local, until.local + (until.isUtc ? offsetFrom : 0));
  const day = lastRepeatedDay(rule, dayOf(first), dayOf(end - timeOfDay));
  return day === null ? first : day * DAY_MS + timeOfDay;
}

/** In jCal +01:00 or -04:56:02. */
function writtenOffset(text: string | null): number | null {
  const [, sign, hours, minutes, seconds = 0] = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(text ?? '') ?? [];
  if (sign === undefined) return null;
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return size >= LARGEST_OFFSET_MS ? null : sign === '-' ? -size : size;
}
