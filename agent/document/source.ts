import { stringify } from 'yaml';
import type * as z from 'zod';
import type { DocumentContent } from './document.ts';
import { brokenDocumentRules, brokenLegacyRules } from './document-rules.ts';
import type { SchemaDocumentType } from './document-type.ts';
import { doubtsAbout } from './doubts.ts';
import { ignoredKeys } from './ignored-keys.ts';
import { LegacySource, legacyDocument } from './legacy-source.ts';
import {
  type ReadSource,
  type Refused,
  readSource,
  refusedFor,
  remarksOn,
  type SourceFormat,
  type SourceRemark,
  type SourceText,
} from './located-problem.ts';
import { isLegacySchema, schemaVersionOf, schemaViolation } from './schema-version.ts';
import { StepsSource } from './steps-source.ts';
import { type Violation, violationsOf } from './violation.ts';

export interface DocumentSource extends SourceText {
  /** Command where nothing is said. */
  readonly documentType?: Exclude<SchemaDocumentType, 'Automation'>;
}

/** `warnings` are about what is right, and will not do here what its author may think. */
export type ParsedDocument = { readonly ok: true; readonly document: DocumentContent; readonly warnings: SourceRemark[] } | Refused;

/** A document as an author wrote it, checked as far as it can be without a node; or everything that is wrong with it, and where. */
export function parseDocumentSource({ documentType = 'Command', ...text }: DocumentSource): ParsedDocument {
  const reading = readSource(text);
  if (!reading.ok) return reading;
  const { source } = reading;
  const wrongSchema = schemaViolation(source.content, documentType);
  if (wrongSchema !== null) return refusedFor('InvalidDocumentSchemaVersion', [wrongSchema], source);
  return isLegacySchema(schemaVersionOf(source.content))
    ? checked(source, LegacySource, { rules: brokenLegacyRules, document: legacyDocument })
    : checked(source, StepsSource, { rules: brokenDocumentRules, document: (steps) => steps });
}

interface Reading<Source> {
  rules(source: Source): Violation[];
  document(source: Source): DocumentContent;
}

function checked<Source>(source: ReadSource, schema: z.ZodType<Source>, { rules, document }: Reading<Source>): ParsedDocument {
  const parsed = schema.safeParse(source.content);
  const violations = parsed.success ? rules(parsed.data) : violationsOf(parsed.error, { root: source.content, at: [] });
  if (!parsed.success || violations.length > 0) return refusedFor('InvalidDocumentContent', violations, source);
  const understood = document(parsed.data);
  return { ok: true, document: understood, warnings: remarksOn([...ignoredKeys(source.content), ...doubtsAbout(understood)], source) };
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
