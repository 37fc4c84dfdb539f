import * as z from 'zod';
import { DocumentType } from '../../agent/document/document-type.ts';
import { PlatformType } from '../../agent/protocol/messages.ts';

/** What a site keeps at the most (spec.md 16). */
export type DocumentLimits = { readonly documents: number; readonly versionsPerDocument: number };
export const DOCUMENT_LIMITS: DocumentLimits = { documents: 500, versionsPerDocument: 1000 };

/** TEXT is for change calendars, and they have no other. */
export const DocumentFormat = z.enum(['YAML', 'JSON', 'TEXT']);
export type DocumentFormat = z.infer<typeof DocumentFormat>;

/** Names that only AWS and we give (spec.md 8.8). */
const RESERVED = /^(aws|amazon|amzn|awsec2|awsconfigremediation|awssupport|holdfast)/i;

export const OwnDocumentName = z
  .string()
  .regex(/^[a-zA-Z0-9_\-.]{3,128}$/, 'A document name has 3 to 128 letters, digits and _ - .')
  .refine((name) => !RESERVED.test(name), 'Names that begin with aws, amazon, amzn or holdfast are reserved.');

export const DisplayName = z.string().regex(/^[\w.\-:/ ]{1,128}$/, 'A display name has 1 to 128 letters, digits, blanks and _ - . : /');

/** Given to one version of a document and never changed (spec.md 8.8). */
export const VersionName = z.string().regex(/^[a-zA-Z0-9_\-.]{1,128}$/, 'A version name has 1 to 128 letters, digits and _ - .');

export const DocumentIdentifier = z.object({
  name: z.string(),
  displayName: z.string().nullable(),
  owner: z.enum(['Holdfast', 'Self']),
  documentType: DocumentType,
  /** Of the default version; null for a change calendar. */
  schemaVersion: z.string().nullable(),
  description: z.string(),
  platformTypes: z.array(PlatformType),
  defaultVersion: z.number(),
  latestVersion: z.number(),
  createdAt: z.date(),
  /** The document that this name stands for; null for a document of its own. */
  aliasOf: z.string().nullable(),
  associationCount: z.number(),
});
export type DocumentIdentifier = z.infer<typeof DocumentIdentifier>;

export const DocumentVersion = z.object({
  name: z.string(),
  documentVersion: z.number(),
  versionName: z.string().nullable(),
  schemaVersion: z.string().nullable(),
  format: DocumentFormat,
  content: z.string(),
  /** SHA-256 of the content, in hexadecimal. */
  hash: z.string(),
  createdAt: z.date(),
});
export type DocumentVersion = z.infer<typeof DocumentVersion>;

/** The number that `$DEFAULT`, `$LATEST` or a number as text stands for. */
export function versionNumber(document: Pick<DocumentIdentifier, 'defaultVersion' | 'latestVersion'>, choice: string): number {
  if (choice === '$DEFAULT') return document.defaultVersion;
  return choice === '$LATEST' ? document.latestVersion : Number.parseInt(choice, 10);
}

/** Whose document it is decides which version an association gets: one of somebody else always runs its default (spec.md 1.1). */
export const alwaysRunsDefault = ({ owner }: Pick<DocumentIdentifier, 'owner'>): boolean => owner !== 'Self';
