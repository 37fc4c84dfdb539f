import { describe, expect, test } from 'vitest';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import { sourceAfterFormat, starterSource } from '../../../renderer/documents/starter-source.ts';

describe('the document that a new one begins from', () => {
  test.each(['YAML', 'JSON'] as const)('works as it is in %s', (format) => {
    expect(parseDocumentSource({ text: starterSource(format), format })).toMatchObject({ ok: true });
  });

  test('is the same document in both formats', () => {
    const yaml = parseDocumentSource({ text: starterSource('YAML'), format: 'YAML' });
    const json = parseDocumentSource({ text: starterSource('JSON'), format: 'JSON' });
    if (!yaml.ok || !json.ok) throw new Error('It is not right.');
    expect(yaml.document).toEqual(json.document);
  });
});

describe('another format', () => {
  test('turns an untouched example into the example of that format', () => {
    expect(sourceAfterFormat(starterSource('YAML'), 'JSON')).toBe(starterSource('JSON'));
    expect(sourceAfterFormat(starterSource('JSON'), 'YAML')).toBe(starterSource('YAML'));
  });

  test('puts the example where there is nothing', () => {
    expect(sourceAfterFormat(' \n', 'JSON')).toBe(starterSource('JSON'));
  });

  test('leaves alone what somebody wrote', () => {
    const written = `${starterSource('YAML')}# mine\n`;
    expect(sourceAfterFormat(written, 'JSON')).toBe(written);
  });
});
