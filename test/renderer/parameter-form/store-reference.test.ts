import { describe, expect, test } from 'vitest';
import { unfinishedReference, withReference } from '../../../renderer/parameter-form/store-reference.ts';

describe('a reference that is being written', () => {
  test.each([
    ['{{ssm:', 'ssm', ''],
    ['curl {{ ssm:/lab/po', 'ssm', '/lab/po'],
    ['{{ssm-secure:pass', 'ssm-secure', 'pass'],
    ['{{ssm:done}} {{ssm:', 'ssm', ''],
    ['{{ssm:por\nnext line', 'ssm', 'por'],
    ['{{ssm:por}', 'ssm', 'por'],
  ])('is found in %j', (text, kind, typed) => {
    expect(unfinishedReference(text)).toMatchObject({ kind, typed });
  });

  test.each(['', 'ssm:', '{{ ssm', '{{ssm:port}}', '{{ssm:port:3}}', '{{ name }}', '{{ssm:port }}'])('is not in %j', (text) => {
    expect(unfinishedReference(text)).toBeNull();
  });

  test.each([
    ['a {{ ssm:po b', 'a {{ssm:/lab/port}} b'],
    ['{{ssm:po}', '{{ssm:/lab/port}}'],
    ['{{ssm:x}} {{ssm-secure:', '{{ssm:x}} {{ssm-secure:/lab/port}}'],
  ])('of %j is completed in its place', (text, completed) => {
    const reference = unfinishedReference(text);
    expect(reference && withReference(text, reference, '/lab/port')).toBe(completed);
  });
});
