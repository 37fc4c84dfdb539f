import * as z from 'zod';
import { type ActionDeclaration, everywhere, type Fit, flowFits, flowInputs, PlainText, textFit } from './action-declaration.ts';
import { strictMap } from './violation.ts';

/** A map, or JSON or YAML text of one: AWS's documents pass a parameter of theirs on as text. YAML is read when the step runs. */
const DocumentParameters = z.preprocess(
  mapOfJson,
  z.union([z.string(), z.record(z.string(), z.unknown())], 'must be a map of parameters, or one as JSON or YAML text'),
);

function mapOfJson(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  if (given.trim() === '') return {};
  try {
    const map: unknown = JSON.parse(given);
    return map;
  } catch {
    return given;
  }
}

/** What aws:runDocument works with, after interpolation. */
export const RunDocumentInputs = strictMap({
  documentType: z.enum(['SSMDocument', 'LocalPath']),
  documentPath: PlainText.trim().min(1, 'must not be empty').max(4096),
  documentParameters: DocumentParameters.default({}),
  ...flowInputs,
});
export type RunDocumentInputs = z.infer<typeof RunDocumentInputs>;

const fits: Record<keyof RunDocumentInputs, Fit> = {
  documentType: textFit,
  documentPath: textFit,
  documentParameters: { whole: ['String', 'StringMap'], entry: ['String', 'Integer', 'Boolean'] },
  ...flowFits,
};

const limits = ({ documentType }: Readonly<Record<string, unknown>>): readonly string[] =>
  documentType === 'LocalPath'
    ? ['runs no file that refers to Parameter Store: what a document refers to is put into those of the controller alone']
    : [];

/** At AWS not on macOS, where nothing of it is different. */
export const runDocument: ActionDeclaration<RunDocumentInputs> = {
  platforms: everywhere,
  inputs: RunDocumentInputs,
  fits,
  canCheck: true,
  limits,
};
