import * as z from 'zod';
import { CompatibilityReport } from '../../agent/document/compatibility-report.ts';
import { DocumentType } from '../../agent/document/document-type.ts';
import { SourceFormat } from '../../agent/document/located-problem.ts';
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
  minItems: z.number().nullable(),
  maxItems: z.number().nullable(),
  minChars: z.number().nullable(),
  maxChars: z.number().nullable(),
});
export type ParameterRow = z.infer<typeof ParameterRow>;

export const DocumentDetail = z.object({
  identifier: DocumentIdentifier,
  version: DocumentVersion,
  /** The number that the next version will have. */
  nextVersion: z.number(),
  /** Newest first. */
  versions: z.array(DocumentVersion.omit({ name: true, content: true })),
  parameters: z.array(ParameterRow),
  steps: z.array(z.object({ name: z.string(), action: z.string() })),
  /** What this version does here, and what not. */
  report: CompatibilityReport,
  /** `documentVersion`: which version the association asks for. */
  usedBy: z.array(z.object({ associationId: z.string(), title: z.string(), documentVersion: z.string() })),
  /** Documents that run this one in a step of theirs. */
  usedByDocuments: z.array(z.string()),
});
export type DocumentDetail = z.infer<typeof DocumentDetail>;

/** Level 1 of a dry run: each step with its inputs as JSON, secrets and stored values still as their references. */
export const RenderedDocument = z.object({
  problems: z.array(z.string()),
  steps: z.array(z.object({ name: z.string(), action: z.string(), text: z.string() })),
});
export type RenderedDocument = z.infer<typeof RenderedDocument>;

const GivenParameters = z.record(z.string().max(128), z.array(z.string().max(65_536)).max(1000));

/** Any length is let through to the size check, which has its own error; the transport bounds it. */
const Source = { format: DocumentFormat, content: z.string() };
const Name = z.string().min(1).max(128);
const VersionNumber = z.number().int().positive();
/** Read by the operation, which has the errors of SSM for them. */
const Label = z.string().max(2000).nullable().default(null);

const NewDocument = z.strictObject({
  name: z.string().max(200),
  documentType: DocumentType.default('Command'),
  displayName: Label,
  versionName: Label,
  ...Source,
});

export const documents = {
  list: call.output(z.array(DocumentIdentifier)),
  /** By its number or its name, else the default version; as it was written, or in the other language. */
  get: call
    .input(
      z.strictObject({
        name: Name,
        documentVersion: VersionNumber.nullable(),
        versionName: Label,
        format: SourceFormat.nullable().default(null),
      }),
    )
    .output(DocumentDetail),
  /** What a source is and does here, as it is typed or before it is imported; its `problems` are what keeps it from being saved. */
  check: call.input(z.strictObject({ documentType: DocumentType.default('Command'), ...Source })).output(CompatibilityReport),
  /** Its steps as they would run with these parameters; or what is wrong with the parameters. Nothing is run. */
  render: call
    .input(z.strictObject({ name: Name, documentVersion: VersionNumber.nullable(), parameters: GivenParameters }))
    .output(RenderedDocument),
  create: call.input(NewDocument).output(DocumentDetail),
  /** Version 1 of each: all of them are saved, or none. */
  import: call.input(z.strictObject({ documents: z.array(NewDocument).min(1).max(50) })).output(z.void()),
  /**
   * Makes the next version of the newest one, which `documentVersion` names. The default stays where it is until it is moved, which
   * `makesDefault` does in the same commit.
   */
  update: call
    .input(
      z.strictObject({
        name: Name,
        documentVersion: z
          .string()
          .regex(/^(\$LATEST|[1-9][0-9]{0,8})$/, 'A document is updated from $LATEST or a version number.')
          .default('$LATEST'),
        displayName: z.string().max(2000).nullable().optional(),
        versionName: Label,
        makesDefault: z.boolean().default(false),
        ...Source,
      }),
    )
    .output(DocumentDetail),
  setDefaultVersion: call.input(z.strictObject({ name: Name, documentVersion: VersionNumber })).output(DocumentDetail),
  /** All of it; or the one version that has this number or this name. */
  delete: call
    .input(z.strictObject({ name: Name, documentVersion: VersionNumber.nullable().default(null), versionName: Label }))
    .output(z.void()),
};
