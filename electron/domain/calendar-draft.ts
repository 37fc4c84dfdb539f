import * as z from 'zod';

export const CalendarType = z.enum(['DEFAULT_OPEN', 'DEFAULT_CLOSED']);

const LocalTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'A time is written as 2026-01-05T18:00.');

/** What a person writes of an event in the editor. */
export const EventDraft = z.strictObject({
  summary: z.string().trim().min(1, 'An event has a title.').max(200, 'A title has at most 200 characters.'),
  isAdvisory: z.boolean(),
  timeZone: z.string().min(1).max(64),
  startsAt: LocalTime,
  endsAt: LocalTime,
  weekdays: z.array(z.number().int().min(0).max(6)).max(7),
  until: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'A day is written as 2026-01-05.')
    .nullable(),
});
export type EventDraft = z.infer<typeof EventDraft>;

/** Whatever is in a file besides its events, what is kept of them has to fit into a document. */
export const LONGEST_FILE = 1024 ** 2;

/** One change of a calendar. Those that make a new one say what it is when nothing is on; that can never be changed afterwards. */
export const CalendarChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), type: CalendarType, description: z.string().max(500), event: EventDraft }),
  z.strictObject({ kind: z.literal('add-event'), event: EventDraft }),
  /** Replaces the events that came from a file of this name before. `type` only for a new calendar. */
  z.strictObject({
    kind: z.literal('import'),
    type: CalendarType.nullable(),
    fileName: z.string().min(1, 'A file has a name.').max(128),
    text: z.string().max(LONGEST_FILE, 'A calendar file has at most 1 MiB.'),
    /** For times that name no zone; null: as the file says. */
    timeZone: z.string().max(64).nullable(),
  }),
  /** Counted from 0, in the order of the text. */
  z.strictObject({ kind: z.literal('remove-events'), positions: z.array(z.number().int().nonnegative()).min(1).max(5000) }),
]);
export type CalendarChange = z.infer<typeof CalendarChange>;
