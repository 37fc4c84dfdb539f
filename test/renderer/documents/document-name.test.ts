import { describe, expect, test } from 'vitest';
import { copyNameOf, nameProblem } from '../../../renderer/documents/document-name.ts';

describe('the name of a new document', () => {
  test('is asked for when it is empty', () => {
    expect(nameProblem('')).toBe('Give the document a name.');
  });

  test.each(['ab', 'with space', 'ümlaut', 'a'.repeat(129), 'AWS-Mine', 'holdfast-mine'])('cannot be %j', (name) => {
    expect(nameProblem(name)).not.toBeNull();
  });

  test.each(['abc', 'site-time-sync', 'A_b.c-1', 'a'.repeat(128)])('can be %j', (name) => {
    expect(nameProblem(name)).toBeNull();
  });
});

describe('the name of a copy', () => {
  test('loses a prefix that is not ours to give', () => {
    expect(copyNameOf('AWS-RunShellScript')).toBe('RunShellScript-copy');
    expect(copyNameOf('Holdfast-CheckDiskSpace')).toBe('CheckDiskSpace-copy');
  });

  test.each(['site-time-sync', 'AWS-', 'a'.repeat(128), 'Amazon.Aws-thing'])('is always one that a site may give: of %j', (name) => {
    expect(nameProblem(copyNameOf(name))).toBeNull();
  });
});
