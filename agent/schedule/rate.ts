import { MINIMUM_GAP_MINUTES, MINUTES_PER_DAY } from './minimum-gap.ts';
import { type Parsed, type Refusal, refuse } from './refusal.ts';

export type RateUnit = 'minute' | 'hour' | 'day';
export type RateTiming = { amount: number; unit: RateUnit };

const minutesIn: Record<RateUnit, number> = { minute: 1, hour: 60, day: MINUTES_PER_DAY };
const MINUTE_MS = 60_000;
const TOO_LONG_MINUTES = 31 * minutesIn.day;

/** The blank before the unit may be missing: the User Guide itself writes rate(1day). */
const rateForm = /^rate\((\d+)[ \t]*(minute|hour|day)(s?)\)$/i;

export function parseRate(expression: string): Parsed<RateTiming> {
  const [, digits, unitText, plural] = rateForm.exec(expression) ?? [];
  const unit = rateUnit(unitText);
  if (digits === undefined || unit === null) return refuse('RATE_SYNTAX', { expression });
  const amount = Number(digits);
  if (amount < 1) return refuse('RATE_VALUE', {});
  const isPlural = plural !== '';
  if (isPlural !== (amount !== 1)) {
    return refuse('RATE_UNIT_PLURAL', { amount, instead: `rate(${amount} ${amount === 1 ? unit : `${unit}s`})` });
  }
  return { ok: true, value: { amount, unit } };
}

export function refusedAsOutOfBounds({ amount, unit }: RateTiming): Refusal | null {
  const minutes = amount * minutesIn[unit];
  if (minutes < MINIMUM_GAP_MINUTES) return refuse('RATE_TOO_FREQUENT', { minimumMinutes: MINIMUM_GAP_MINUTES });
  return minutes >= TOO_LONG_MINUTES ? refuse('RATE_TOO_LONG', {}) : null;
}

/**
 * Fires at anchor + k · interval with k ≥ 1: the run at the anchor itself is the one that creation or update caused.
 * The SSM agent counts from the last completion instead, so its rates drift; ours must not.
 */
export function nextRateFire({ amount, unit }: RateTiming, after: Date, anchor: Date): Date {
  const interval = amount * minutesIn[unit] * MINUTE_MS;
  const passed = Math.floor((after.getTime() - anchor.getTime()) / interval);
  return new Date(anchor.getTime() + Math.max(1, passed + 1) * interval);
}

function rateUnit(text: string | undefined): RateUnit | null {
  const unit = text?.toLowerCase();
  return unit === 'minute' || unit === 'hour' || unit === 'day' ? unit : null;
}
