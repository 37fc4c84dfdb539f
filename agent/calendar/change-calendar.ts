import { type CalendarEvent, lastStarted, type Occurrence, occurrencesFrom } from './calendar-event.ts';
import { DAY_MS } from './day.ts';

/** DEFAULT_OPEN is closed during its events, DEFAULT_CLOSED is open during them. */
export type CalendarType = 'DEFAULT_OPEN' | 'DEFAULT_CLOSED';
export type CalendarState = 'OPEN' | 'CLOSED';

export type ChangeCalendar = {
  type: CalendarType;
  description: string;
  events: readonly CalendarEvent[];
};

/** Whether an event is on, and until when that stays so; null: as far as can be seen, for good. */
export type Presence = { isOn: boolean; until: number | null };

/** Events are laid over each other for one window at a time: a question about an instant then is a look into a short list. */
const WINDOW_MS = 128 * DAY_MS;
const MOST_WINDOWS = 64;
/** Events that follow each other without a break for so long are taken to go on for good. */
const LONGEST_CHAIN_MS = 10 * 366 * DAY_MS;

/** Memory of a calendar that never changes: a new text is a new calendar. */
const windowsOf = new WeakMap<ChangeCalendar, Map<number, readonly Occurrence[]>>();

/** Advisory events only inform, and cancelled ones do not take place. */
const counting = (calendar: ChangeCalendar): CalendarEvent[] => calendar.events.filter((event) => !event.isAdvisory && !event.isCancelled);

export function presenceAt(calendar: ChangeCalendar, instant: number): Presence {
  const current = during(calendar, instant);
  if (current === null) return { isOn: false, until: nextStart(calendar, instant) };
  let { end } = current;
  for (let next = during(calendar, end); next !== null; next = during(calendar, end)) {
    if (end - instant > LONGEST_CHAIN_MS) return { isOn: true, until: null };
    end = next.end;
  }
  return { isOn: true, until: end };
}

/** Times in which at least one event is on, from `from` to `to`, cut there, without gaps of nothing between them. */
export function eventTimes(calendar: ChangeCalendar, from: number, to: number): Occurrence[] {
  const times: Occurrence[] = [];
  for (let instant = from; instant < to; ) {
    const { isOn, until } = presenceAt(calendar, instant);
    const end = Math.min(until ?? to, to);
    if (isOn) times.push({ start: instant, end });
    instant = end;
  }
  return times;
}

function during(calendar: ChangeCalendar, instant: number): Occurrence | null {
  return windowAt(calendar, Math.floor(instant / WINDOW_MS)).find(({ start, end }) => start <= instant && instant < end) ?? null;
}

function nextStart(calendar: ChangeCalendar, instant: number): number | null {
  const position = Math.floor(instant / WINDOW_MS);
  const inWindow = windowAt(calendar, position).find(({ start }) => start > instant);
  if (inWindow !== undefined) return inWindow.start;
  const starts = counting(calendar).flatMap((event) => {
    for (const { start } of occurrencesFrom(event, (position + 1) * WINDOW_MS)) return [start];
    return [];
  });
  return starts.length === 0 ? null : Math.min(...starts);
}

/** What is on in one window, merged; the last may end after it, but what starts after it is not in it. */
function windowAt(calendar: ChangeCalendar, position: number): readonly Occurrence[] {
  const windows = windowsOf.get(calendar) ?? new Map<number, readonly Occurrence[]>();
  windowsOf.set(calendar, windows);
  const known = windows.get(position);
  if (known !== undefined) return known;
  if (windows.size >= MOST_WINDOWS) windows.clear();
  const [from, to] = [position * WINDOW_MS, (position + 1) * WINDOW_MS];
  const merged = mergeOccurrences(counting(calendar).flatMap((event) => occurrencesIn(event, from, to)));
  windows.set(position, merged);
  return merged;
}

function occurrencesIn(event: CalendarEvent, from: number, to: number): Occurrence[] {
  const before = lastStarted(event, from - 1);
  const found = before !== null && before.end > from ? [before] : [];
  return [...found, ...occurrencesFrom(event, from, to)];
}

function mergeOccurrences(occurrences: readonly Occurrence[]): Occurrence[] {
  const merged: Occurrence[] = [];
  for (const { start, end } of occurrences.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
