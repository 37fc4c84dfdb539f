import { expect, test } from 'vitest';
import { staleText } from '../../../renderer/terms/item-status.tsx';

const confirmedAt = new Date('2026-03-01T02:00:00Z');
const after = (hours: number) => new Date(confirmedAt.getTime() + hours * 3_600_000);

test('compliance says its age once nobody has confirmed it for three days', () => {
  const item = { status: 'COMPLIANT' as const, confirmedAt };
  expect([0, 71, 72, 97, 24 * 40].map((hours) => staleText(item, after(hours)))).toEqual([
    '',
    '',
    '3 days old',
    '4 days old',
    '40 days old',
  ]);
});

test('what is not compliant never fades', () => {
  expect(staleText({ status: 'NON_COMPLIANT', confirmedAt }, after(1000))).toBe('');
});
