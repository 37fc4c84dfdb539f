import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseSchedule } from '../../../agent/schedule/schedule.ts';
import { vectorFile } from '../../vectors.ts';

const Vector = z.strictObject({
  id: z.string(),
  expr: z.string(),
  valid: z.boolean(),
  from: z.coerce.date(),
  next: z.array(z.coerce.date()),
  applyOnlyAtCronInterval: z.boolean().optional(),
  scheduleOffset: z.number().optional(),
  runsImmediately: z.boolean().optional(),
  code: z.string().optional(),
  reason: z.string().optional(),
  apiError: z.string().optional(),
  basis: z.string(),
  note: z.string().optional(),
});
type Vector = z.infer<typeof Vector>;

const { vectors } = z.object({ vectors: z.array(Vector).min(1) }).parse(vectorFile('cron-vectors.json'));
const accepted = vectors.filter((vector) => vector.valid);
const refused = vectors.filter((vector) => !vector.valid);

function parsed({ expr, from, applyOnlyAtCronInterval, scheduleOffset }: Vector) {
  return parseSchedule({ expression: expr, now: from, applyOnlyAtCronInterval, scheduleOffset });
}

describe('accepted schedules', () => {
  test.each(accepted)('$id $expr keeps its text and options', (vector) => {
    expect(parsed(vector)).toMatchObject({
      ok: true,
      schedule: {
        expression: vector.expr,
        applyOnlyAtCronInterval: vector.applyOnlyAtCronInterval ?? false,
        scheduleOffsetDays: vector.scheduleOffset ?? null,
      },
    });
  });
});

describe('refused schedules', () => {
  test.each(refused)('$id $expr is refused in one sentence with a remedy', (vector) => {
    const result = parsed(vector);
    expect(result.ok ? '' : result.message).toMatch(/^[^\n]+; (?:write|start|leave|shorten|turn) [^\n]+\.$/);
  });
});
