import { expect, test } from 'vitest';
import * as z from 'zod';
import { calendarState } from '../../../agent/calendar/calendar-state.ts';
import { vectorFile, vectorText } from '../../vectors.ts';
import { understood } from './a-calendar.ts';

const Vector = z.object({
  id: z.string(),
  calendars: z.array(z.string()).min(1),
  atTime: z.string(),
  expect: z.object({ State: z.enum(['OPEN', 'CLOSED']), AtTime: z.coerce.date(), NextTransitionTime: z.coerce.date().optional() }),
  note: z.string().optional(),
});

const { state } = z.object({ state: z.array(Vector).min(1) }).parse(vectorFile('calendar-vectors.json'));

test.each(state)('$id $calendars at $atTime: $note', ({ calendars, atTime, expect: expected }) => {
  const parsed = calendars.map((file) => understood(vectorText(`document-samples/${file}`)));
  expect(calendarState(parsed, new Date(atTime))).toEqual({ state: expected.State, nextTransitionAt: expected.NextTransitionTime ?? null });
  expect(new Date(atTime)).toEqual(expected.AtTime);
});
