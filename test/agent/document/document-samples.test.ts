import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { ActionName } from '../../../agent/document/action-inputs.ts';
import { SCHEMA_VERSION } from '../../../agent/document/document.ts';
import { type DocumentProblem, parseDocumentSource, renderDocumentSource } from '../../../agent/document/source.ts';
import { vectorFile, vectorText } from '../../vectors.ts';

const Sample = z.object({
  file: z.string(),
  documentType: z.string(),
  documentFormat: z.enum(['YAML', 'JSON', 'TEXT']),
  valid: z.boolean(),
  expectedError: z.string().optional(),
  why: z.string(),
});
const Index = z.object({ samples: z.array(Sample), operations: z.array(z.looseObject({ case: z.string(), expectedError: z.string() })) });
const index = Index.parse(vectorFile('document-samples/index.json'));

const samples = index.samples.flatMap(({ documentFormat, ...sample }) => {
  return documentFormat === 'TEXT' ? [] : [{ ...sample, format: documentFormat, text: vectorText(`document-samples/${sample.file}`) }];
});
type DocumentSample = (typeof samples)[number];

/** Read with an expression because some samples are not meant to be readable. */
function schemaOf({ text }: DocumentSample): string | undefined {
  return /"?schemaVersion"?: *"([^"]*)"/.exec(text)?.[1];
}

const LaterFeatures = z.object({
  parameters: z.record(z.string(), z.object({ default: z.unknown().optional() })).optional(),
  mainSteps: z.array(z.object({ action: z.string() })),
});

/** Parts of a sample that need what this version does not have: other actions, Parameter Store. */
function partsOfLaterVersions({ text }: DocumentSample): string[] {
  const { parameters = {}, mainSteps } = LaterFeatures.parse(parse(text));
  const references = Object.entries(parameters).filter(([, definition]) => JSON.stringify(definition.default)?.includes('{{ ssm:'));
  const actions = mainSteps.flatMap(({ action }, position) =>
    ActionName.safeParse(action).success ? [] : [`mainSteps[${position}].action`],
  );
  return [...references.map(([name]) => `parameters.${name}.default`), ...actions];
}

const ofThisSchema = samples.filter((sample) => schemaOf(sample) === SCHEMA_VERSION);
const valid = ofThisSchema.filter((sample) => sample.valid);
const ofThisVersion = valid.filter((sample) => partsOfLaterVersions(sample).length === 0);

function problemsOf({ text, format }: Pick<DocumentSample, 'text' | 'format'>): DocumentProblem[] {
  const parsed = parseDocumentSource({ text, format });
  return parsed.ok ? [] : parsed.problems;
}

describe('the sample documents', () => {
  test.for(ofThisVersion)('$file is a document: $why', (sample) => {
    expect(problemsOf(sample)).toEqual([]);
  });

  test.for(ofThisVersion)('$file stays the same document when it is written as YAML or JSON and read again', (sample) => {
    const parsed = parseDocumentSource({ text: sample.text, format: sample.format });
    for (const format of ['YAML', 'JSON'] as const) {
      expect(parsed.ok && parseDocumentSource({ text: renderDocumentSource(parsed.document, format), format })).toEqual(parsed);
    }
  });

  test.for(ofThisSchema.filter((sample) => !sample.valid))('$file is refused with $expectedError at a line: $why', (sample) => {
    const problems = problemsOf(sample);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set([sample.expectedError]));
    expect(problems.map(({ line, column }) => (line ?? 0) > 0 && (column ?? 0) > 0)).not.toContain(false);
  });

  test.for(valid.filter((sample) => !ofThisVersion.includes(sample)))(
    '$file is refused for what a later version brings, and for that only',
    (sample) => {
      expect(problemsOf(sample).map(({ path }) => path)).toEqual(partsOfLaterVersions(sample));
    },
  );

  test.for(samples.filter((sample) => schemaOf(sample) !== SCHEMA_VERSION))(
    '$file is refused because its schema is not the one that runs here',
    (sample) => {
      const message = `schemaVersion is "${schemaOf(sample)}", but this version of Holdfast runs schema 2.2.`;
      expect(problemsOf(sample)).toMatchObject([{ code: 'InvalidDocumentSchemaVersion', path: 'schemaVersion', message }]);
    },
  );

  test('every row of the index is one of these, except calendars', () => {
    const later = samples.filter((sample) => schemaOf(sample) !== SCHEMA_VERSION);
    expect(ofThisSchema.length + later.length).toBe(index.samples.filter(({ documentType }) => documentType !== 'ChangeCalendar').length);
    expect(ofThisVersion.length).toBeGreaterThan(0);
  });

  test('a document one byte over the limit is refused with the error that the index names', () => {
    const row = index.operations.find((operation) => operation.case.includes('65,537 bytes'));
    const hello = vectorText('document-samples/01-shell-hello.yaml');
    const padded = (bytes: number) => hello.replace('description: ', `description: ${'x'.repeat(bytes - hello.length)}`);
    expect(problemsOf({ text: padded(65_536), format: 'YAML' })).toEqual([]);
    expect(problemsOf({ text: padded(65_537), format: 'YAML' })).toMatchObject([{ code: row?.expectedError, line: null, path: '' }]);
  });
});
