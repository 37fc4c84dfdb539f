import { expect, test } from 'vitest';
import { fileNameOf, lineCount, withoutLastBreak } from '../../../renderer/documents/source-text.ts';

test('a downloaded source is named with its version and format', () => {
  expect(fileNameOf({ name: 'site-time-sync', documentVersion: 3, format: 'YAML' })).toBe('site-time-sync-v3.yaml');
  expect(fileNameOf({ name: 'site-time-sync', documentVersion: 1, format: 'JSON' })).toBe('site-time-sync-v1.json');
});

test('the break at the end of the last line is not a line of its own', () => {
  expect(lineCount('a\nb\n')).toBe(2);
  expect(lineCount('a\nb')).toBe(2);
  expect(withoutLastBreak('a\r\n')).toBe('a');
  expect(withoutLastBreak('a\n\n')).toBe('a\n');
});
