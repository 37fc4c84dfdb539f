import { describe, expect, test } from 'vitest';
import { isPreconditionMet, type Precondition } from '../../../agent/document/precondition.ts';

function isMet(left: string, right: string): boolean {
  const precondition: Precondition = { StringEquals: [left, right] };
  return isPreconditionMet(precondition, { platformType: 'Linux', values: { Notify: 'yes', platform: 'Linux', Count: 5 } });
}

describe('a precondition', () => {
  test('that a step does not have is met', () => {
    expect(isPreconditionMet(undefined, { platformType: 'Linux', values: {} })).toBe(true);
  });

  test('on the platform is met without regard to case, in either order', () => {
    expect(isMet('platformType', 'Linux')).toBe(true);
    expect(isMet('LINUX', 'platformType')).toBe(true);
    expect(isMet('platformType', 'Windows')).toBe(false);
  });

  test('on a parameter compares exactly', () => {
    expect(isMet('{{ Notify }}', 'yes')).toBe(true);
    expect(isMet('{{ Notify }}', 'Yes')).toBe(false);
    expect(isMet('no-{{ Notify }}', 'no-yes')).toBe(true);
    expect(isMet('5', '{{ Count }}')).toBe(true);
  });

  test('does not take a parameter’s value for the name of the platform', () => {
    const precondition: Precondition = { StringEquals: ['{{ p }}', 'Linux'] };
    expect(isPreconditionMet(precondition, { platformType: 'Linux', values: { p: 'platformType' } })).toBe(false);
  });
});
