import * as z from 'zod';
import { DocumentFormat, DocumentIdentifier, DocumentVersion } from '../domain/managed-document.ts';
import { call } from './call.ts';

export const ParameterRow = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string(),
  required: z.boolean(),
  defaultText: z.string().nullable(),
  allowedValues: z.array(z.string()).nullable(),
  allowedPattern: z.string().nullable(),
  displayType: z.string().nullable(),
});
export type ParameterRow = z.infer<typeof ParameterRow>;

export const DocumentDetail = z.object({
  identifier: DocumentIdentifier,
  version: DocumentVersion,
  versions: z.array(z.object({ documentVersion: z.number(), createdAt: z.date(), hash: z.string() })),
  parameters: z.array(ParameterRow),
  steps: z.array(z.object({ name: z.string(), action: z.string() })),
  usedBy: z.array(z.object({ associationId: z.string(), title: z.string() })),
});
export type DocumentDetail = z.infer<typeof DocumentDetail>;

export const SourceProblem = z.object({
  code: z.string(),
  message: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
});
export type SourceProblem = z.infer<typeof SourceProblem>;

/** Any length is let through to the size check, which has its own error; the transport bounds it. */
const Source = { format: DocumentFormat, content: z.string() };
const Name = z.string().min(1).max(128);

export const documents = {
  list: call.output(z.array(DocumentIdentifier)),
  get: call.input(z.strictObject({ name: Name, documentVersion: z.number().int().positive().nullable() })).output(DocumentDetail),
  /** What is wrong with a source, as it is typed. */
  check: call.input(z.strictObject(Source)).output(z.array(SourceProblem)),
  create: call.input(z.strictObject({ name: z.string().max(200), ...Source })).output(DocumentDetail),
  /** Makes the next version; the default stays where it is until it is moved. */
  update: call.input(z.strictObject({ name: Name, ...Source })).output(DocumentDetail),
  setDefaultVersion: call.input(z.strictObject({ name: Name, documentVersion: z.number().int().positive() })).output(DocumentDetail),
  delete: call.input(z.strictObject({ name: Name })).output(z.void()),
};
