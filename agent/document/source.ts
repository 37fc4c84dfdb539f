import { stringify } from 'yaml';
import type * as z from 'zod';
import type { DocumentContent } from './document.ts';
import { brokenDocumentRules, brokenLegacyRules } from './document-rules.ts';
import type { SchemaDocumentType } from './document-type.ts';
import type { StepWhere } from './findings.ts';
import { LegacySource, legacyDocument, legacySteps } from './legacy-source.ts';
import { type ReadSource, type Refused, readSource, refusedFor, type SourceFormat, type SourceText } from './located-problem.ts';
import { isLegacySchema, schemaVersionOf, schemaViolation } from './schema-version.ts';
import { StepsSource } from './steps-source.ts';
import { type Violation, violationsOf } from './violation.ts';

export interface DocumentSource extends SourceText {
  /** Command where nothing is said. */
  readonly documentType?: Exclude<SchemaDocumentType, 'Automation'>;
}

/** Where everything in a document stands in its text: what a report on it names the lines by. */
export interface DocumentOrigin {
  readonly source: ReadSource;
  /** Of each step, in their order. */
  readonly places: readonly StepWhere[];
}

export type ParsedDocument = { readonly ok: true; readonly document: DocumentContent; readonly origin: DocumentOrigin } | Refused;

/** A document as an author wrote it, checked as far as it can be without a node; or everything that is wrong with it, and where. */
export function parseDocumentSource({ documentType = 'Command', ...text }: DocumentSource): ParsedDocument {
  const reading = readSource(text);
  if (!reading.ok) return reading;
  const { source } = reading;
  const wrongSchema = schemaViolation(source.content, documentType);
  if (wrongSchema !== null) return refusedFor('InvalidDocumentSchemaVersion', [wrongSchema], source);
  return isLegacySchema(schemaVersionOf(source.content))
    ? checked(source, LegacySource, { rules: brokenLegacyRules, document: legacyDocument, places: legacyPlaces })
    : checked(source, StepsSource, { rules: brokenDocumentRules, document: (steps) => steps, places: stepPlaces });
}

/** A key with nothing behind it is as if it were not there: the service writes out documents so. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const filled = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(filled.map(([key, inner]) => [key, withoutEmpty(inner)]));
}

interface Reading<Source> {
  rules(source: Source): Violation[];
  document(source: Source): DocumentContent;
  places(source: Source): StepWhere[];
}

function checked<Source>(source: ReadSource, schema: z.ZodType<Source>, { rules, document, places }: Reading<Source>): ParsedDocument {
  const parsed = schema.safeParse(withoutEmpty(source.content));
  const violations = parsed.success ? rules(parsed.data) : violationsOf(parsed.error, { root: source.content, at: [] });
  if (!parsed.success || violations.length > 0) return refusedFor('InvalidDocumentContent', violations, source);
  return { ok: true, document: document(parsed.data), origin: { source, places: places(parsed.data) } };
}

function stepPlaces({ mainSteps }: DocumentContent): StepWhere[] {
  return mainSteps.map((_, position) => {
    const path = ['mainSteps', position];
    return { path, action: { path: [...path, 'action'], half: 'value' }, parts: [[...path, 'inputs']] };
  });
}

function legacyPlaces(source: LegacySource): StepWhere[] {
  return legacySteps(source).map(({ path, parts }) => ({ path, action: { path, half: 'key' }, parts }));
}

/** The same document in the other language, without the comments of its author. Null for a text that cannot be read. */
export function convertedSource({ text, format }: SourceText, to: SourceFormat): string | null {
  if (format === to) return text;
  const reading = readSource({ text, format });
  if (!reading.ok) return null;
  const { content } = reading.source;
  switch (to) {
    case 'YAML':
      return stringify(content, { schema: 'core', lineWidth: 0, aliasDuplicateObjects: false });
    case 'JSON':
      return `${JSON.stringify(content, null, 2)}\n`;
  }
}
