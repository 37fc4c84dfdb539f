import * as z from 'zod';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { CalendarChange, CalendarType } from '../domain/calendar-draft.ts';
import { call } from './call.ts';

export const CalendarState = z.enum(['OPEN', 'CLOSED']);

/** Null: as far as can be seen, never. */
const StateAt = { state: CalendarState, nextTransitionAt: z.date().nullable() };

export const CalendarRow = z.object({
  ...StateAt,
  name: z.string(),
  /** Null where the text cannot be understood; then it counts as closed, and `problem` says why. */
  type: CalendarType.nullable(),
  problem: z.string().nullable(),
  description: z.string(),
  eventCount: z.number(),
  usedBy: z.array(z.object({ associationId: AssociationId, title: z.string() })),
  /** The version that counts. */
  documentVersion: z.number(),
});
export type CalendarRow = z.infer<typeof CalendarRow>;

const Time = z.object({ startsAt: z.date(), endsAt: z.date() });

export const CalendarEventRow = z.object({
  /** Counted from 0, in the order of the text. */
  position: z.number(),
  summary: z.string(),
  isAdvisory: z.boolean(),
  isCancelled: z.boolean(),
  isAllDay: z.boolean(),
  /** The file that it came from. */
  source: z.string().nullable(),
  timeZone: z.string(),
  first: Time,
  repeatText: z.string().nullable(),
  /** The one that is on now, or the next one; null when all are over. */
  next: Time.nullable(),
});
export type CalendarEventRow = z.infer<typeof CalendarEventRow>;

export const CalendarDetail = z.object({ ...CalendarRow.shape, events: z.array(CalendarEventRow), content: z.string() });
export type CalendarDetail = z.infer<typeof CalendarDetail>;

export const CalendarAgenda = z.object({
  /** Without gaps from `from` to `to`. */
  periods: z.array(z.object({ state: CalendarState, startsAt: z.date(), endsAt: z.date() })),
  /** By their start; advisory ones too. */
  events: z.array(z.object({ position: z.number(), summary: z.string(), isAdvisory: z.boolean(), startsAt: z.date(), endsAt: z.date() })),
  /** Of the associations that wait for the calendar. `isSkipped`: one of their calendars is closed then. */
  runs: z.array(z.object({ associationId: AssociationId, title: z.string(), at: z.date(), isSkipped: z.boolean() })),
  /** Of the zones that its events and those associations are in. */
  clockChanges: z.array(z.object({ timeZone: z.string(), at: z.date(), minutes: z.number() })),
  /** More of something than is answered. */
  isCut: z.boolean(),
});
export type CalendarAgenda = z.infer<typeof CalendarAgenda>;

/** What is wrong with a change, by the lines of the file that was brought in; or what the calendar will be. */
export const CalendarDraft = z.object({
  problems: z.array(z.object({ code: z.string(), message: z.string(), line: z.number().nullable() })),
  /** Null where there are problems. */
  after: z.object({ ...StateAt, content: z.string(), events: z.array(CalendarEventRow) }).nullable(),
});
export type CalendarDraft = z.infer<typeof CalendarDraft>;

const Name = z.string().min(1).max(200);

export const calendars = {
  /** Every change calendar, by name. */
  list: call.output(z.array(CalendarRow)),
  get: call.input(z.strictObject({ name: Name })).output(CalendarDetail),
  /** At most 62 days at once. */
  agenda: call.input(z.strictObject({ name: Name, from: z.date(), to: z.date() })).output(CalendarAgenda),
  /** GetCalendarState: what the calendars say together; without `at`, now. */
  stateAt: call
    .input(z.strictObject({ names: z.array(Name).min(1).max(20), at: z.date().nullable() }))
    .output(z.object({ ...StateAt, at: z.date() })),
  /** What a change would make of a calendar. Nothing is stored. */
  draft: call.input(z.strictObject({ name: Name, change: CalendarChange })).output(CalendarDraft),
  /** `documentVersion`: the version that was looked at; null makes a new calendar. What counts from now on is the new version. */
  save: call
    .input(z.strictObject({ name: Name, documentVersion: z.number().int().positive().nullable(), change: CalendarChange }))
    .output(CalendarDetail),
  /** Refused while an association waits for it. */
  delete: call.input(z.strictObject({ name: Name })).output(z.void()),
};
