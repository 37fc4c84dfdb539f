import * as z from 'zod';
import { DocumentType } from '../../agent/document/document-type.ts';
import { createDocument, type NewDocument } from '../../electron/controller/operations/save-document.ts';
import { Fault } from '../../electron/domain/faults.ts';
import { DocumentFormat } from '../../electron/domain/managed-document.ts';
import { vectorFile } from '../vectors.ts';
import { operationOf } from './document-operations.ts';
import { type Surroundings, vectorGroup } from './vector-group.ts';

export const Sample = z.object({
  file: z.string(),
  documentType: DocumentType,
  documentFormat: DocumentFormat,
  valid: z.boolean(),
  expectedError: z.string().optional(),
});
type Sample = z.output<typeof Sample>;

const ACCEPTED = 'accepted';

/** The error name that the work is refused with, else that it was accepted. */
function outcomeOf(work: () => void): string {
  try {
    work();
    return ACCEPTED;
  } catch (cause) {
    if (cause instanceof Fault) return cause.code;
    throw cause;
  }
}

let made = 0;

/** A document that there is not yet. */
function documentOf(sample: Sample, { companion }: Pick<Surroundings, 'companion'>): NewDocument {
  made += 1;
  const { documentType, documentFormat: format, file } = sample;
  return { name: `Sample-${made}`, displayName: null, versionName: null, documentType, format, content: companion(file) };
}

const samples = vectorGroup({
  name: 'samples',
  row: Sample,
  title: ({ file }) => file,
  check(sample, surroundings) {
    const document = documentOf(sample, surroundings);
    const got = outcomeOf(() => createDocument(surroundings.desk, document));
    if (sample.valid) return { expected: ACCEPTED, got };
    return sample.expectedError === undefined
      ? { expected: 'refused', got: got === ACCEPTED ? got : 'refused' }
      : { expected: sample.expectedError, got };
  },
});

const Index = z.object({ samples: z.array(Sample).default([]) });

/** The sample with this number, by which the sentences call it; of those that everybody has where the file has not got it. */
function numbered(number: string, { file }: Pick<Surroundings, 'file'>): Sample {
  const among = (index: unknown) => Index.parse(index).samples.find((sample) => sample.file.startsWith(`${number}-`));
  const found = among(file) ?? among(vectorFile('document-samples/index.json'));
  if (found === undefined) throw new Error(`There is no sample ${number}.`);
  return found;
}

const operations = vectorGroup({
  name: 'operations',
  row: z.object({ case: z.string(), documentType: z.string().optional(), expectedError: z.string().optional() }),
  title: (row) => `“${row.case}”`,
  check(row, surroundings) {
    const operation = operationOf(row.case);
    const expected = row.expectedError ?? ACCEPTED;
    if (operation === null) return { expected, got: 'a sentence that is not known here: teach it to document-operations.ts' };
    const sample = (number: string) => documentOf(numbered(number, surroundings), surroundings);
    return { expected, got: outcomeOf(operation.prepared({ desk: surroundings.desk, sample })) };
  },
});

export const documentGroups = [samples, operations];
