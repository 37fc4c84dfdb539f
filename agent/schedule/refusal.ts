/** The field of an association that has to be changed, spelled as the SSM API spells it. */
export type RefusedField = 'ScheduleExpression' | 'ScheduleOffset' | 'ApplyOnlyAtCronInterval' | 'TimeZone';

/** What each refusal has to say. */
type Facts = {
  EMPTY: NoFacts;
  TOO_LONG: { length: number; longest: number };
  UNKNOWN_KIND: { expression: string };
  CRON_WRAPPER: { expression: string };
  FIELD_COUNT: { count: number };
  SECONDS_NOT_ZERO: { text: string };
  MONTH_NOT_SUPPORTED: { text: string };
  DOM_DOW_BOTH_SET: { dayOfMonth: string; dayOfWeek: string };
  DOM_DOW_BOTH_ANY: NoFacts;
  FIELD_SYNTAX: { field: string; text: string; instead: string };
  FIELD_RANGE: { field: string; text: string; lowest: number; highest: number };
  FIELD_RANGE_REVERSED: { field: string; text: string; instead: string };
  FIELD_STEP: { field: string; text: string; largest: number };
  HASH_SYNTAX: { text: string };
  HASH_RANGE: { text: string };
  CRON_TOO_FREQUENT: { gapMinutes: number; minimumMinutes: number };
  NEVER_FIRES: { expression: string; instead: string };
  RATE_SYNTAX: { expression: string };
  RATE_VALUE: NoFacts;
  RATE_UNIT_PLURAL: { amount: number; instead: string };
  RATE_TOO_FREQUENT: { minimumMinutes: number };
  RATE_TOO_LONG: NoFacts;
  AT_SYNTAX: { expression: string };
  AT_DATE: { text: string };
  OFFSET_RANGE: { offset: number };
  OFFSET_CRON_ONLY: NoFacts;
  OFFSET_NEEDS_APPLY_ONLY: NoFacts;
  APPLY_ONLY_RATE: NoFacts;
  TIME_ZONE: { timeZone: string };
};

type NoFacts = Record<never, never>;

export type ScheduleErrorCode = keyof Facts;

/** A schedule that cannot be saved, and one sentence that says what is wrong and what to write instead. */
export type Refusal = { ok: false; code: ScheduleErrorCode; field: RefusedField; apiError: ScheduleApiError; message: string };

/** The error name of the SSM API: ValidationException for what is wrong by its length or range alone. */
export type ScheduleApiError = 'InvalidSchedule' | 'ValidationException';

export type Parsed<T> = { ok: true; value: T } | Refusal;

const wording: { [Code in ScheduleErrorCode]: (facts: Facts[Code]) => string } = {
  EMPTY: () => 'The schedule is empty; write cron(…), rate(…) or at(…), for example rate(1 day).',
  TOO_LONG: ({ length, longest }) => `The schedule has ${length} characters; shorten it to ${longest} or fewer.`,
  UNKNOWN_KIND: ({ expression }) => `${quoted(expression)} is not a schedule; start it with cron(, rate( or at(, for example rate(1 day).`,
  CRON_WRAPPER: ({ expression }) =>
    `${quoted(expression)} is not of the form cron(…); write nothing before "cron(" and nothing after ")", for example cron(0 2 ? * SUN *).`,
  FIELD_COUNT: ({ count }) =>
    `This cron has ${count} ${count === 1 ? 'field' : 'fields'}; write six (minutes, hours, day-of-month, month, day-of-week, year), for example cron(0 2 ? * SUN *).`,
  SECONDS_NOT_ZERO: ({ text }) =>
    `The seconds are ${quoted(text)}, but schedules know whole minutes only; write 0 or leave the seconds out.`,
  MONTH_NOT_SUPPORTED: ({ text }) =>
    `The month is ${quoted(text)}, but associations do not support months; write * and choose the day instead, for example 15, L or TUE#3.`,
  DOM_DOW_BOTH_SET: ({ dayOfMonth, dayOfWeek }) =>
    `Day-of-month is ${quoted(dayOfMonth)} and day-of-week is ${quoted(dayOfWeek)}; write ? in the one that should not count.`,
  DOM_DOW_BOTH_ANY: () => 'Day-of-month and day-of-week are both ?; write * in one of them for every day, or the days you want.',
  FIELD_SYNTAX: ({ field, text, instead }) => `The ${field} cannot be ${quoted(text)}; ${instead}.`,
  FIELD_RANGE: ({ field, text, lowest, highest }) => `The ${field} cannot be ${quoted(text)}; write a number from ${lowest} to ${highest}.`,
  FIELD_RANGE_REVERSED: ({ field, text, instead }) => `The ${field} range ${quoted(text)} runs backwards; write ${instead}.`,
  FIELD_STEP: ({ field, text, largest }) => `The ${field} cannot step as in ${quoted(text)}; write a step from 1 to ${largest}.`,
  HASH_SYNTAX: ({ text }) => `The day-of-week cannot be ${quoted(text)}; write one weekday, # and one number, for example TUE#3.`,
  HASH_RANGE: ({ text }) => `No month has the weekday ${quoted(text)}; write a number from 1 to 5 after #.`,
  CRON_TOO_FREQUENT: ({ gapMinutes, minimumMinutes }) =>
    `This cron fires ${gapMinutes} ${gapMinutes === 1 ? 'minute' : 'minutes'} apart; leave at least ${minimumMinutes} minutes between any two fires, for example cron(0/30 * * * ? *).`,
  NEVER_FIRES: ({ expression, instead }) => `${quoted(expression)} never fires again; ${instead}.`,
  RATE_SYNTAX: ({ expression }) =>
    `${quoted(expression)} is not of the form rate(<number> <unit>); write a whole number and minutes, hours or days, for example rate(30 minutes).`,
  RATE_VALUE: () => 'A rate of 0 never passes; write a number of at least 1.',
  RATE_UNIT_PLURAL: ({ amount, instead }) => `The unit does not fit the number ${amount}; write ${instead}.`,
  RATE_TOO_FREQUENT: ({ minimumMinutes }) => `The rate is too short; write rate(${minimumMinutes} minutes) or more.`,
  RATE_TOO_LONG: () => 'The rate is too long; write less than 31 days, or use a monthly cron such as cron(0 2 1 * ? *).',
  AT_SYNTAX: ({ expression }) =>
    `${quoted(expression)} is not of the form at(yyyy-mm-ddThh:mm:ss); write the moment without a zone, for example at(2030-07-07T15:55:00).`,
  AT_DATE: ({ text }) => `There is no moment ${quoted(text)}; write a day and a time of day that exist.`,
  OFFSET_RANGE: ({ offset }) => `A ScheduleOffset of ${offset} is not possible; write a whole number of days from 1 to 6, or leave it out.`,
  OFFSET_CRON_ONLY: () => 'ScheduleOffset works with cron schedules only; leave it out, or write the schedule as cron(…).',
  OFFSET_NEEDS_APPLY_ONLY: () => 'ScheduleOffset needs ApplyOnlyAtCronInterval; turn that on, or leave the offset out.',
  APPLY_ONLY_RATE: () => 'ApplyOnlyAtCronInterval does not work with rate schedules; turn it off, or write the schedule as cron(…).',
  TIME_ZONE: ({ timeZone }) => `${quoted(timeZone)} is no time zone; write a name of the IANA data base, for example UTC or Europe/Berlin.`,
};

const fieldsOfOptions: Partial<Record<ScheduleErrorCode, RefusedField>> = {
  OFFSET_RANGE: 'ScheduleOffset',
  OFFSET_CRON_ONLY: 'ScheduleOffset',
  OFFSET_NEEDS_APPLY_ONLY: 'ScheduleOffset',
  APPLY_ONLY_RATE: 'ApplyOnlyAtCronInterval',
  TIME_ZONE: 'TimeZone',
};

const outOfForm: readonly ScheduleErrorCode[] = ['EMPTY', 'TOO_LONG', 'OFFSET_RANGE'];

export function refuse<Code extends ScheduleErrorCode>(code: Code, facts: Facts[Code]): Refusal {
  const apiError = outOfForm.includes(code) ? 'ValidationException' : 'InvalidSchedule';
  return { ok: false, code, field: fieldsOfOptions[code] ?? 'ScheduleExpression', apiError, message: wording[code](facts) };
}

/** Cut to 40 characters, control characters escaped: the text is whatever somebody typed. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
