import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DocumentContent } from '../../../agent/document/document.ts';
import { readJson } from '../../../agent/document/json-source.ts';
import { parseDocumentSource } from '../../../agent/document/source.ts';
import { plainValue } from '../../../agent/document/source-node.ts';
import { warnedBy } from '../../builders/document-report.ts';

const formats = ['YAML', 'JSON'] as const;

function messagesOf(text: string, format: (typeof formats)[number] = 'YAML'): string[] {
  const parsed = parseDocumentSource({ text, format });
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

function withStepName(name: string): string {
  return JSON.stringify({ schemaVersion: '2.2', mainSteps: [{ action: 'aws:runShellScript', name, inputs: { runCommand: 'x' } }] });
}

describe('a hostile document', () => {
  test.for(formats)('of 10 MB is refused unread as %s', (format) => {
    expect(messagesOf(' '.repeat(10_000_000), format)).toEqual(['The document is larger than 64 KiB.']);
    expect(messagesOf('☃'.repeat(21_846), format)).toEqual(['The document is larger than 64 KiB.']);
  });

  test.for([
    ['YAML', '['],
    ['YAML', '{a: '],
    ['YAML', '- '],
    ['YAML', '? '],
    ['YAML', 'a: ['],
    ['JSON', '['],
    ['JSON', '{"a":'],
  ] as const)('in %s that is nested by %j without end is refused', ([format, piece]) => {
    expect(messagesOf(piece.repeat(65_000 / piece.length), format)).toEqual(['Lists and maps may be nested 64 levels deep at most.']);
  });

  test('with thousands of problems is told the first of them soon', () => {
    const text = `{"schemaVersion":"2.2","mainSteps":[${Array.from({ length: 16_000 }, () => '{}').join(',\n')}]}`;
    const startedAt = performance.now();
    const parsed = parseDocumentSource({ text, format: 'JSON' });
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(parsed.ok ? [] : parsed.problems.map(({ line }) => line).slice(-2)).toEqual([50, 50]);
  });

  test('whose aliases would expand to millions of values is refused', () => {
    const lines = ['a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'];
    for (let level = 1; level < 40; level += 1) lines.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`);
    expect(messagesOf(lines.join('\n'))[0]).toBe('The aliases make this value too large.');
    expect(messagesOf(`a: &a ${'x'.repeat(60_000)}\nb: [${'*a, '.repeat(1000)}]`)).toContain('The aliases make this value too large.');
  });

  test('whose aliases nest deeper than any list could be written is refused', () => {
    const lines = ['a0: &a0 [x]'];
    for (let level = 1; level < 100; level += 1) lines.push(`a${level}: &a${level} [*a${level - 1}]`);
    expect(messagesOf(lines.join('\n'))[0]).toBe('Lists and maps may be nested 64 levels deep at most.');
  });

  test.for(['"\n', '- !x a\n'])('with something wrong on every line, as in %j, is refused with the first problems, soon', (line) => {
    const before = process.cpuUsage();
    expect(messagesOf(line.repeat(65_000 / line.length))).toHaveLength(100);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });

  test('that contains itself is refused', () => {
    expect(messagesOf('a: &a [*a]')).toEqual(['The alias *a stands before or inside the value that &a would name.']);
    expect(messagesOf('a: *b\nb: &b 1')).toEqual(['The alias *b stands before or inside the value that &b would name.']);
  });

  test.for([
    ['YAML', '__proto__: {polluted: true}\n'],
    ['YAML', 'schemaVersion: "2.2"\nmainSteps: [{inputs: {"__proto__": {polluted: true}}}]'],
    ['JSON', '{"__proto__": {"polluted": true}}'],
    ['JSON', '{"schemaVersion": "2.2", "mainSteps": [{"inputs": {"\\u005f_proto__": {"polluted": true}}}]}'],
  ] as const)('in %s cannot set a prototype: %s', ([format, text]) => {
    expect(messagesOf(text, format)).toEqual(['The key "__proto__" cannot be used.']);
    expect('polluted' in {}).toBe(false);
  });

  test('cannot hide behind a name that every object has', () => {
    const text =
      'schemaVersion: "2.2"\nmainSteps: [{action: aws:runShellScript, name: a, inputs: {runCommand: "{{ constructor }} {{ toString }}"}}]';
    expect(messagesOf(text)).toEqual([
      expect.stringContaining('uses the parameter "constructor", which the document does not declare'),
      expect.stringContaining('uses the parameter "toString", which the document does not declare'),
    ]);
  });

  test.for(['', '.', '..', 'a..b', '../../etc', 'a/b', 'a\\b', 'a\0b', 'a\u001b[2J', 'a\nb', 'ä', 'a b', '\u202ea', 'x'.repeat(129)])(
    'cannot name a step %j, which becomes a folder',
    (name) => {
      expect(messagesOf(withStepName(name), 'JSON')).toEqual([expect.stringMatching(/^mainSteps\[0\]\.name (may|must) have /)]);
    },
  );

  test.for(['a', 'a.b', '.a', '-', '_', 'x'.repeat(128)])('may name a step %j', (name) => {
    expect(messagesOf(withStepName(name), 'JSON')).toEqual([]);
  });

  test.for(['a b', '', 'a\u0007', 'a_b', 'ä', 'x'.repeat(129)])('cannot name a parameter %j', (name) => {
    const document = { ...JSON.parse(withStepName('a')), parameters: { [name]: { type: 'String' } } };
    expect(messagesOf(JSON.stringify(document), 'JSON')).toEqual([expect.stringMatching(/^parameters\..* (may|must) have /)]);
  });

  test.for([
    ['a tag of its own', 'a: !exec rm'],
    ['a binary', 'a: !!binary aGk='],
    ['another version of YAML', '%YAML 1.1\n---\na: no'],
    ['an own prefix for tags', '%TAG ! tag:evil,2000:\n---\na: 1'],
    ['a second document', 'a: 1\n---\nb: 2'],
    ['a key that is a list', '? [a]\n: b'],
    ['a number without end', 'a: .inf'],
    ['an anchor on an alias', 'a: &a 1\nb: &b *a'],
  ] as const)('in YAML cannot have %s', ([, text]) => {
    const parsed = parseDocumentSource({ text, format: 'YAML' });
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems.map(({ code, path }) => `${code} ${path}`)).toContain('InvalidDocumentContent ');
  });

  test('with a merge key is refused, neither merged nor read past', () => {
    const text =
      'schemaVersion: "2.2"\nmainSteps:\n  - &a {action: aws:runShellScript, name: a, inputs: {runCommand: x}}\n  - {<<: *a, name: b}';
    expect(messagesOf(text)).toEqual(['A merge key "<<" cannot be used here: write out what it would bring.']);
  });

  test('with ten thousand mistakes gets a hundred answers, each of which can be read', () => {
    const document = { schemaVersion: '2.2', mainSteps: Array.from({ length: 10_000 }, () => 5), [`${'k'.repeat(2000)}`]: 1 };
    const messages = messagesOf(JSON.stringify(document), 'JSON');
    expect(messages.length).toBe(100);
    expect(Math.max(...messages.map((message) => message.length))).toBeLessThan(300);
  });

  test('with thousands of unknown keys gets no more', () => {
    const keys = Array.from({ length: 8000 }, (_, position) => `k${position}: `);
    const step = 'schemaVersion: "2.2"\nmainSteps: [{action: aws:runShellScript, name: a, inputs: {runCommand: x}}]\n';
    const parsed = parseDocumentSource({ text: `${step}${keys.slice(0, 5000).join('\n')}`, format: 'YAML' });
    expect(warnedBy(parsed).length).toBe(100);
  });

  test('cannot come in by the wire either: values nested without end are refused by the shape alone', () => {
    const inputs = JSON.parse(`{"a": ${'['.repeat(5000)}${']'.repeat(5000)}}`);
    const document = { schemaVersion: '2.2', mainSteps: [{ action: 'aws:runShellScript', name: 'a', inputs }] };
    expect(DocumentContent.safeParse(document).error?.issues.map(({ message }) => message)).toEqual(['is nested more than 64 levels deep']);
  });
});

describe('reading a document', () => {
  const documentLike = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'schemaVersion: "2.2"\n',
          'mainSteps:',
          '\n  - ',
          'action: aws:runShellScript',
          'name: a',
          'inputs:',
          'parameters: ',
          '{{ a }}',
          '\n',
        ),
        fc.constantFrom(...'{}[]:,-?&*!|>%@`"\'#\\ \t\n'),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  test.for(formats)('never throws on arbitrary text taken as %s', (format) => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), documentLike), (text) => {
        const parsed = parseDocumentSource({ text, format });
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { line, column, message } of parsed.problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).toMatch(/\.$/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('never throws on a document of any JSON', () => {
    const anyStep = fc.record(
      { action: fc.constantFrom('aws:runShellScript', 'x'), name: fc.string(), inputs: fc.jsonValue(), precondition: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const anyDocument = fc.record(
      {
        schemaVersion: fc.constant('2.2'),
        parameters: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())),
        mainSteps: fc.array(anyStep),
      },
      { requiredKeys: ['schemaVersion'] },
    );
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(typeof parseDocumentSource({ text: JSON.stringify(document), format: 'JSON' }).ok).toBe('boolean');
      }),
    );
  });

  test('takes as JSON what JSON.parse takes, keys that occur twice apart', () => {
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const jsonLike = fc.oneof(
      fc.json(),
      fc
        .array(fc.constantFrom(...'{}[]:,"\\-+.eE019 \t\n', 'true', 'null', '"a"', '\u0001', '\u2028', '\\u00e9', 'x'), { maxLength: 12 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(jsonLike, (text) => {
        const reading = readJson(text);
        fc.pre(reading.ok || !reading.faults.some(({ message }) => /occurs twice|__proto__/.test(message)));
        expect(reading.ok).toBe(isJson(text));
        if (reading.ok) expect(plainValue(reading.root)).toEqual(JSON.parse(text));
      }),
      { numRuns: 3000 },
    );
  });
});
