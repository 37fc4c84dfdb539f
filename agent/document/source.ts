import { stringify } from 'yaml';
import * as z from 'zod';
import { DocumentContent, SCHEMA_VERSION } from './document.ts';
import { brokenDocumentRules } from './document-rules.ts';
import { exceedsDocumentSize, MAX_DOCUMENT_BYTES } from './document-size.ts';
import type { SchemaDocumentType } from './document-type.ts';
import { readJson } from './json-source.ts';
import { type Path, pathText } from './path.ts';
import { offsetAt, plainValue, type SourceNode } from './source-node.ts';
import { type Violation, violation, violationsOf } from './violation.ts';
import { readYaml } from './yaml-source.ts';

export const SourceFormat = z.enum(['YAML', 'JSON']);
export type SourceFormat = z.infer<typeof SourceFormat>;

export const DocumentProblem = z.strictObject({
  /** As the SSM API names the error. */
  code: z.enum(['InvalidDocumentContent', 'InvalidDocumentSchemaVersion', 'MaxDocumentSizeExceeded']),
  /** A whole sentence. */
  message: z.string(),
  /** From 1, as editors count; null when the problem is with the text as a whole. Columns are UTF-16 units. */
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** `mainSteps[0].inputs.runCommand[1]`; empty for the document itself or where it could not be read. */
  path: z.string(),
});
export type DocumentProblem = z.infer<typeof DocumentProblem>;

export interface DocumentSource {
  readonly text: string;
  readonly format: SourceFormat;
  /** Command where nothing is said. */
  readonly documentType?: SchemaDocumentType;
}

export type ParsedDocument = { ok: true; document: DocumentContent } | { ok: false; problems: DocumentProblem[] };

/** More would only hide the first ones. */
const MAX_PROBLEMS = 100;

/** A document as an author wrote it, checked as far as it can be without a node; or everything that is wrong with it, and where. */
export function parseDocumentSource({ text, format }: DocumentSource): ParsedDocument {
  if (exceedsDocumentSize(text)) return { ok: false, problems: [sizeProblem()] };
  const reading = format === 'YAML' ? readYaml(text) : readJson(text);
  if (!reading.ok)
    return refused(text, { code: 'InvalidDocumentContent', findings: reading.faults.map((fault) => ({ ...fault, path: '' })) });
  const { root } = reading;
  const content = plainValue(root);
  const wrongSchema = schemaViolation(content);
  if (wrongSchema !== null) return refused(text, { code: 'InvalidDocumentSchemaVersion', findings: [findingOf(wrongSchema, root)] });
  const parsed = DocumentContent.safeParse(content);
  const violations = parsed.success ? brokenDocumentRules(parsed.data) : violationsOf(parsed.error, { root: content, at: [] });
  if (parsed.success && violations.length === 0) return { ok: true, document: parsed.data };
  return refused(text, { code: 'InvalidDocumentContent', findings: violations.map((broken) => findingOf(broken, root)) });
}

/** The document as text that `parseDocumentSource` reads back to the same document. */
export function renderDocumentSource(document: DocumentContent, format: SourceFormat): string {
  const { parameters, ...rest } = document;
  const content = Object.keys(parameters).length === 0 ? rest : document;
  switch (format) {
    case 'YAML':
      return stringify(content, { schema: 'core', lineWidth: 0, aliasDuplicateObjects: false });
    case 'JSON':
      return `${JSON.stringify(content, null, 2)}\n`;
  }
}

interface Finding {
  readonly offset: number;
  readonly message: string;
  readonly path: string;
}

function findingOf({ path, half, message }: Violation, root: SourceNode): Finding {
  return { offset: offsetAt(root, path, half), message, path: pathText(path) };
}

/** In the order of the text, as an author goes through it. */
function refused(text: string, { code, findings }: { code: DocumentProblem['code']; findings: Finding[] }): ParsedDocument {
  const first = findings.toSorted((a, b) => a.offset - b.offset).slice(0, MAX_PROBLEMS);
  return { ok: false, problems: first.map(({ offset, message, path }) => ({ code, message, ...placeOf(text, offset), path })) };
}

function sizeProblem(): DocumentProblem {
  const message = `The document is larger than ${MAX_DOCUMENT_BYTES / 1024} KiB.`;
  return { code: 'MaxDocumentSizeExceeded', message, line: null, column: null, path: '' };
}

const AnySchema = z.looseObject({ schemaVersion: z.union([z.string(), z.number()]) });

/** Looked at first and alone: in another schema nothing else means what it means here. A missing one is left to the document's shape. */
function schemaViolation(content: unknown): Violation | null {
  const parsed = AnySchema.safeParse(content);
  if (!parsed.success || parsed.data.schemaVersion === SCHEMA_VERSION) return null;
  const { schemaVersion } = parsed.data;
  const path: Path = ['schemaVersion'];
  if (typeof schemaVersion === 'number') return violation(path, `must be text: write it in quotes, "${SCHEMA_VERSION}"`);
  return violation(path, `is ${JSON.stringify(schemaVersion.slice(0, 80))}, but this version of Holdfast runs schema ${SCHEMA_VERSION}`);
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
