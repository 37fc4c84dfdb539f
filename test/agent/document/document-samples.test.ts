import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { convertedSource, parseDocumentSource } from '../../../agent/document/source.ts';
import { vectorFile, vectorText } from '../../vectors.ts';

const Sample = z.object({
  file: z.string(),
  documentType: z.enum(['Command', 'Policy', 'Automation', 'ChangeCalendar']),
  documentFormat: z.enum(['YAML', 'JSON', 'TEXT']),
  valid: z.boolean(),
  expectedError: z.string().optional(),
  why: z.string(),
});
const { samples } = z.object({ samples: z.array(Sample) }).parse(vectorFile('document-samples/index.json'));

const readable = samples.flatMap(({ documentFormat: format, documentType, ...sample }) => {
  if (format === 'TEXT' || documentType === 'ChangeCalendar' || documentType === 'Automation') return [];
  return [{ ...sample, documentType, format, text: vectorText(`document-samples/${sample.file}`) }];
});

describe('the sample documents for nodes', () => {
  test.for(readable.filter(({ valid }) => valid))(
    '$file stays the same document in the other language',
    ({ text, format, documentType }) => {
      const other = format === 'YAML' ? 'JSON' : 'YAML';
      const converted = convertedSource({ text, format }, other) ?? '';
      const documentOf = (parsed: ReturnType<typeof parseDocumentSource>) => (parsed.ok ? parsed.document : parsed.problems);
      expect(documentOf(parseDocumentSource({ documentType, text: converted, format: other }))).toEqual(
        documentOf(parseDocumentSource({ documentType, text, format })),
      );
    },
  );

  test.for(readable.filter(({ valid }) => !valid))('$file is refused with $expectedError at a line: $why', (sample) => {
    const { documentType, text, format } = sample;
    const parsed = parseDocumentSource({ documentType, text, format });
    const problems = parsed.ok ? [] : parsed.problems;
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set([sample.expectedError]));
    expect(problems.map(({ line, column }) => (line ?? 0) > 0 && (column ?? 0) > 0)).not.toContain(false);
  });

  test.each([
    { file: '07-composite.yaml', actions: ['aws:downloadContent', 'aws:runDocument'] },
    { file: '08-all-parameter-types.json', actions: ['aws:downloadContent', 'aws:updateSsmAgent'] },
  ])('$file warns of each action that this version does not run, at its line', ({ file, actions }) => {
    const sample = readable.find((candidate) => candidate.file === file);
    if (sample === undefined) throw new Error(`There is no sample ${file}.`);
    const parsed = parseDocumentSource({ text: sample.text, format: sample.format });
    const warnings = parsed.ok ? parsed.warnings : [];
    expect(warnings.map(({ message }) => message.split(' ')[0])).toEqual(actions);
    const lines = sample.text.split('\n');
    expect(warnings.map(({ line }, position) => lines[(line ?? 0) - 1]?.includes(actions[position] ?? '?'))).toEqual([true, true]);
  });
});
