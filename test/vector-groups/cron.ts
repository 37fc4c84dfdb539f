import * as z from 'zod';
import { nextRuns, parseSchedule, runsWhenSaved } from '../../agent/schedule/schedule.ts';
import { asWritten, vectorGroup } from './vector-group.ts';

/** How many fires a row names at the most. */
const FIRES = 3;

const schedules = vectorGroup({
  name: 'vectors',
  row: z.object({
    expr: z.string(),
    valid: z.boolean(),
    from: z.coerce.date(),
    next: z.array(z.string()).default([]),
    scheduleOffset: z.number().nullish(),
    applyOnlyAtCronInterval: z.boolean().optional(),
    timeZone: z.string().optional(),
    runsImmediately: z.boolean().optional(),
    code: z.string().optional(),
    /** In other words than ours. */
    reason: z.string().optional(),
    apiError: z.string().optional(),
  }),
  check({ expr, from, scheduleOffset, applyOnlyAtCronInterval, timeZone, ...row }) {
    const options = { scheduleOffset: scheduleOffset ?? null, ...(timeZone === undefined ? {} : { timeZone }) };
    const parsed = parseSchedule({ expression: expr, now: from, applyOnlyAtCronInterval: applyOnlyAtCronInterval ?? false, ...options });
    const next = row.next.map((text) => asWritten(new Date(text)));
    if (!row.valid) {
      const names = { code: row.code, apiError: row.apiError ?? 'InvalidSchedule' };
      if (parsed.ok) return { expected: { valid: false, ...names }, got: { valid: true } };
      // A row may leave the code out; then any will do.
      const code = row.code === undefined ? undefined : parsed.code;
      return { expected: { valid: false, next, ...names }, got: { valid: false, next: [], code, apiError: parsed.apiError } };
    }
    if (!parsed.ok) return { expected: { valid: true, next }, got: { valid: false, code: parsed.code, message: parsed.message } };
    const fires = nextRuns(parsed.schedule, from, Math.max(FIRES, next.length)).map(asWritten);
    const isAlone = row.runsImmediately === undefined ? {} : { runsImmediately: row.runsImmediately };
    const runs = row.runsImmediately === undefined ? {} : { runsImmediately: runsWhenSaved(parsed.schedule) && fires.length === 0 };
    return { expected: { valid: true, next, ...isAlone }, got: { valid: true, next: fires, ...runs } };
  },
});

export const cronGroups = [schedules];
