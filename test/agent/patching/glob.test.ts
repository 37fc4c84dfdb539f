import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../../agent/patching/glob.ts';

test('a star stands for anything or nothing, and nothing else for anything but itself', () => {
  expect(['kernel', 'kernel-core', 'a.kernel'].filter((name) => matchesGlob('kernel*', name))).toEqual(['kernel', 'kernel-core']);
  expect(matchesGlob('*ssl*1.1*', 'openssl-1.1.1')).toBe(true);
  expect(matchesGlob('a*a', 'a')).toBe(false);
  expect(matchesGlob('k.rnel', 'kernel')).toBe(false);
  expect(matchesGlob(`${'a*'.repeat(40)}b`, 'a'.repeat(5000))).toBe(false);
});

test('a pattern means what the same regular expression means', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  fc.assert(
    fc.property(pattern, text, (glob, name) => {
      expect(matchesGlob(glob, name)).toBe(new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(name));
    }),
  );
});
