/** What a part of an iCalendar text is called, and where it begins: its parser keeps no line numbers. */
export type ContentLine = {
  /** Counted from 1. */
  line: number;
  name: string;
  /** The components around it, outermost first; for BEGIN, with the one that begins. */
  path: readonly string[];
  /** How many VEVENTs have begun until here; 0 before the first. */
  events: number;
};

export type LineTrouble = { line: number; message: string };

/** VCALENDAR, VEVENT, VALARM: no calendar nests deeper, and what reads it later counts on that. */
const DEEPEST = 8;

/** Lines that begin with a blank go on with the line before (RFC 5545, 3.1); empty ones are forgiven. */
export function contentLines(text: string): { lines: ContentLine[]; trouble: LineTrouble | null } {
  const lines: ContentLine[] = [];
  let path: string[] = [];
  let events = 0;
  const stop = (line: number, message: string) => ({ lines, trouble: { line, message } });
  for (const [position, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = position + 1;
    if (raw === '' || /^[ \t]/.test(raw)) continue;
    const name = /^([A-Za-z0-9-]+)[;:]/.exec(raw)?.[1]?.toUpperCase();
    if (name === undefined) return stop(line, 'This line is not of the form NAME:value, as every line of an iCalendar is.');
    const component = raw
      .slice(raw.indexOf(':') + 1)
      .trim()
      .toUpperCase();
    if (name === 'BEGIN') {
      path = [...path, component];
      if (path.length > DEEPEST) return stop(line, 'Components are nested too deep here for a calendar.');
      if (component === 'VEVENT') events += 1;
    }
    if (name === 'END' && path.at(-1) !== component) return stop(line, `${component} ends here, but ${path.at(-1) ?? 'nothing'} is open.`);
    lines.push({ line, name, path, events });
    if (name === 'END') path = path.slice(0, -1);
  }
  const open = path.at(-1);
  return open === undefined
    ? { lines, trouble: null }
    : stop(lines.at(-1)?.line ?? 1, `${open} begins, but does not end: the text is cut off.`);
}

/** Where an event begins, or where it has the property that is named; events are counted from 0. */
export function lineOfEvent(lines: readonly ContentLine[], event: number, property?: string): number | null {
  const own = lines.filter((line) => line.events === event + 1 && line.path.at(-1) === 'VEVENT');
  return (own.find(({ name }) => name === property) ?? own[0])?.line ?? null;
}
