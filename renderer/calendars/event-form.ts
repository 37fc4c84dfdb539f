import type { EventDraft } from '../../electron/domain/calendar-draft.ts';

/** An event as its form has it: dates and times in the fields that browsers have for them. */
export interface EventForm {
  summary: string;
  isAdvisory: boolean;
  timeZone: string;
  startDate: string;
  startTime: string;
  endDate: string;
  endTime: string;
  repeats: 'once' | 'weekly';
  weekdays: readonly number[];
  /** Empty: it goes on. */
  until: string;
}

const DAY_MS = 86_400_000;

/** As they are listed: a week begins on Monday. */
export const WEEKDAYS = [
  { value: 1, label: 'Mon' },
  { value: 2, label: 'Tue' },
  { value: 3, label: 'Wed' },
  { value: 4, label: 'Thu' },
  { value: 5, label: 'Fri' },
  { value: 6, label: 'Sat' },
  { value: 0, label: 'Sun' },
] as const;

const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/** A working example on that day, which is easier to change than nothing. */
export function firstForm(date: string, timeZone: string): EventForm {
  return {
    summary: '',
    isAdvisory: false,
    timeZone,
    startDate: date,
    startTime: '18:00',
    endDate: date,
    endTime: '22:00',
    repeats: 'once',
    weekdays: [],
    until: '',
  };
}

/** A start that moves takes the end along: what was two hours stays two hours. */
export function withStartDate(form: EventForm, startDate: string): EventForm {
  const days = (Date.parse(`${form.endDate}T00:00:00Z`) - Date.parse(`${form.startDate}T00:00:00Z`)) / DAY_MS;
  const moved = Date.parse(`${startDate}T00:00:00Z`) + days * DAY_MS;
  return { ...form, startDate, endDate: Number.isNaN(moved) ? form.endDate : new Date(moved).toISOString().slice(0, 10) };
}

/** Begins with the weekday of the first event. */
export function withRepeats(form: EventForm, repeats: EventForm['repeats']): EventForm {
  const own = weekdayOf(form.startDate);
  return { ...form, repeats, weekdays: repeats === 'weekly' && form.weekdays.length === 0 && !Number.isNaN(own) ? [own] : form.weekdays };
}

export const draftOf = (form: EventForm): EventDraft => ({
  summary: form.summary.trim(),
  isAdvisory: form.isAdvisory,
  timeZone: form.timeZone,
  startsAt: `${form.startDate}T${form.startTime}`,
  endsAt: `${form.endDate}T${form.endTime}`,
  weekdays: form.repeats === 'weekly' ? [...form.weekdays] : [],
  until: form.repeats === 'weekly' && form.until !== '' ? form.until : null,
});

/** Why it cannot be looked at yet; null when it can. What is wrong with the times the controller says. */
export function whyIncomplete(form: EventForm): string | null {
  if (form.summary.trim() === '') return 'Give the event a title.';
  if ([form.startDate, form.startTime, form.endDate, form.endTime].includes('')) return 'Say when it starts and when it ends.';
  if (form.repeats === 'weekly' && form.weekdays.length === 0) return 'Choose at least one weekday.';
  return null;
}
