import * as z from 'zod';
import { PlatformType } from '../../agent/protocol/messages.ts';

export const DOCUMENT_LIMIT = 500;

export const DocumentFormat = z.enum(['YAML', 'JSON']);
export type DocumentFormat = z.infer<typeof DocumentFormat>;

/** Names that only AWS and we give (spec.md 8.8). */
const RESERVED = /^(aws|amazon|amzn|awsec2|awsconfigremediation|awssupport|holdfast)/i;

export const OwnDocumentName = z
  .string()
  .regex(/^[a-zA-Z0-9_\-.]{3,128}$/, 'A document name has 3 to 128 letters, digits and _ - .')
  .refine((name) => !RESERVED.test(name), 'Names that begin with aws, amazon, amzn or holdfast are reserved.');

export const DocumentIdentifier = z.object({
  name: z.string(),
  owner: z.enum(['Holdfast', 'Self']),
  documentType: z.literal('Command'),
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
  format: DocumentFormat,
  content: z.string(),
  /** SHA-256 of the content, in hexadecimal. */
  hash: z.string(),
  createdAt: z.date(),
});
export type DocumentVersion = z.infer<typeof DocumentVersion>;
