import { expect, test } from 'vitest';
import { isRenewalDue, renewalMoment } from '../../../agent/connection/certificate-life.ts';

test('a certificate of 60 days is renewed after 40', () => {
  const life = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-03-02T00:00:00Z') };
  expect(renewalMoment(life)).toEqual(new Date('2026-02-10T00:00:00Z'));
  expect(isRenewalDue(life, new Date('2026-02-09T23:59:59Z'))).toBe(false);
  expect(isRenewalDue(life, new Date('2026-02-10T00:00:00Z'))).toBe(true);
});
