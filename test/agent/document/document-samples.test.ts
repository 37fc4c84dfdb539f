import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { stepsReport } from '../../../agent/document/compatibility.ts';
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

  test.for(readable.filter(({ valid }) => valid))('$file has a report whose findings stand where they are about', (sample) => {
    const { documentType, text, format } = sample;
    const parsed = parseDocumentSource({ documentType, text, format });
    if (!parsed.ok) throw new Error(`${sample.file} is refused.`);
    const report = stepsReport(parsed.document, parsed.origin);
    expect(report.steps.map(({ name }) => name)).toEqual(parsed.document.mainSteps.map(({ name }) => name));
    const lines = text.split('\n');
    for (const { line, action } of report.steps) expect(lines[(line ?? 0) - 1]).toContain(action);
    for (const { line, column } of report.findings) expect(lines[(line ?? 0) - 1]?.length).toBeGreaterThanOrEqual((column ?? 0) - 1);
    expect(report.platforms.some(({ fate }) => fate === 'runs' || fate === 'limited')).toBe(report.verdict !== 'cannot');
  });
});
