import { describe, expect, test } from 'vitest';
import { confirmLimitProblem, confirmLimitWords } from '../../../renderer/settings/confirm-limit.ts';
import { hubAddress } from '../../../renderer/settings/hub-address.ts';
import { labSizeProblem, startLabel } from '../../../renderer/settings/lab-size.ts';

test('an address with colons of its own is in brackets before the port', () => {
  expect(hubAddress('10.0.0.4', 8443)).toBe('10.0.0.4:8443');
  expect(hubAddress('office.lab', 8443)).toBe('office.lab:8443');
  expect(hubAddress('2001:db8::4', 8443)).toBe('[2001:db8::4]:8443');
});

describe('the size of the sample lab', () => {
  test.each([1, '3', 50])('can be %j', (typed) => {
    expect(labSizeProblem(typed)).toBeNull();
  });

  test.each(['', 0, 51, -1, 2.5, 'many'])('cannot be %j', (typed) => {
    expect(labSizeProblem(typed)).not.toBeNull();
  });

  test('the button says what it does', () => {
    expect(startLabel(0, 3)).toBe('Start 3 sample nodes');
    expect(startLabel(3, 4)).toBe('Add 1 node');
    expect(startLabel(4, 1)).toBe('Remove 3 nodes');
    expect(startLabel(3, 3)).toBe('No change');
  });
});

describe('the limit for confirmations', () => {
  test.each([0, '20', 10_000])('can be %j', (typed) => {
    expect(confirmLimitProblem(typed)).toBeNull();
  });

  test.each(['', -1, 10_001, 2.5, '1e3', 'many'])('cannot be %j', (typed) => {
    expect(confirmLimitProblem(typed)).not.toBeNull();
  });

  test('says what it comes to', () => {
    expect(confirmLimitWords(0)).toContain('Every change');
    expect(confirmLimitWords(1200)).toContain('more than 1,200 machines');
  });
});
