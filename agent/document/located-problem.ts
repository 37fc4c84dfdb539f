import * as z from 'zod';
import { exceedsDocumentSize, MAX_DOCUMENT_BYTES } from './document-size.ts';
import { readJson } from './json-source.ts';
import { pathText } from './path.ts';
import { offsetAt, plainValue, type SourceNode } from './source-node.ts';
import type { Violation } from './violation.ts';
import { readYaml } from './yaml-source.ts';

export const SourceFormat = z.enum(['YAML', 'JSON']);
export type SourceFormat = z.infer<typeof SourceFormat>;

/** Something about a part of a document's text, for its author. */
export const SourceRemark = z.strictObject({
  /** A whole sentence. */
  message: z.string(),
  /** From 1, as editors count; null when it is about the text as a whole. Columns are UTF-16 units. */
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** `mainSteps[0].inputs.runCommand[1]`; empty for the document itself or where it could not be read. */
  path: z.string(),
});
export type SourceRemark = z.infer<typeof SourceRemark>;

/** What keeps a text from being a document. */
export const DocumentProblem = SourceRemark.extend({
  /** As the SSM API names the error. */
  code: z.enum(['InvalidDocumentContent', 'InvalidDocumentSchemaVersion', 'MaxDocumentSizeExceeded']),
});
export type DocumentProblem = z.infer<typeof DocumentProblem>;

export interface SourceText {
  readonly text: string;
  readonly format: SourceFormat;
}

/** A text that could be read: what it says, and where each part of it stands. */
export interface ReadSource {
  readonly text: string;
  readonly root: SourceNode;
  readonly content: unknown;
}

export type Refused = { readonly ok: false; readonly problems: DocumentProblem[] };

/** More would only hide the first ones. */
const MAX_PROBLEMS = 100;

export function readSource({ text, format }: SourceText): { readonly ok: true; readonly source: ReadSource } | Refused {
  if (exceedsDocumentSize(text)) return { ok: false, problems: [sizeProblem()] };
  const reading = format === 'YAML' ? readYaml(text) : readJson(text);
  if (reading.ok) return { ok: true, source: { text, root: reading.root, content: plainValue(reading.root) } };
  const remarks = firstOf(reading.faults, text).map(({ message, line, column }) => ({ message, line, column, path: '' }));
  return { ok: false, problems: remarks.map((remark) => ({ code: 'InvalidDocumentContent', ...remark })) };
}

export function refusedFor(code: DocumentProblem['code'], violations: readonly Violation[], source: ReadSource): Refused {
  return { ok: false, problems: remarksOn(violations, source).map((remark) => ({ code, ...remark })) };
}

export function remarksOn(violations: readonly Violation[], source: ReadSource): SourceRemark[] {
  return placed(violations, source).map(({ found: { message }, line, column, path }) => ({ message, line, column, path }));
}

/** Whatever is about parts of a text, with where the parts stand. */
export function placed<Found extends Pick<Violation, 'path' | 'half'>>(
  found: readonly Found[],
  { text, root }: ReadSource,
): { found: Found; line: number; column: number; path: string }[] {
  const offsets = found.map((each) => ({ found: each, path: pathText(each.path), offset: offsetAt(root, each.path, each.half) }));
  return firstOf(offsets, text).map(({ offset: _offset, ...rest }) => rest);
}

/** In the order of the text, as an author goes through it. Only the first get a place: there can be as many as the text has lines. */
function firstOf<Found extends { readonly offset: number }>(found: readonly Found[], text: string) {
  const first = found.toSorted((a, b) => a.offset - b.offset).slice(0, MAX_PROBLEMS);
  const placeOf = linePlaces(text);
  return first.map((each) => ({ ...each, ...placeOf(each.offset) }));
}

function sizeProblem(): DocumentProblem {
  const message = `The document is larger than ${MAX_DOCUMENT_BYTES / 1024} KiB.`;
  return { code: 'MaxDocumentSizeExceeded', message, line: null, column: null, path: '' };
}

/** The text is gone through once, however many places are asked for. */
function linePlaces(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
