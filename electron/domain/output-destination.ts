import * as z from 'zod';
import { printable } from './tag.ts';

/** As many as a site can have. */
export const MOST_DESTINATIONS = 50;

/** What OutputS3BucketName of an association says: of an S3-compatible store it is the bucket as well. */
export const DestinationName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/,
    'The name has 3 to 63 letters, digits and . _ -, and begins and ends with a letter or digit.',
  );

const Line = (words: string, most: number) => z.string().trim().min(1, words).max(most, words).refine(printable, words);

/** A computer by name or address, with or without a port. */
const STORE_ADDRESS = /^https?:\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?\/?$/;
const Endpoint = z
  .string()
  .trim()
  .max(500)
  .regex(
    STORE_ADDRESS,
    'The address begins with https:// or http:// and is a computer with or without a port, such as https://store.lab:9000.',
  );

/** Absolute on the controller's computer: /mnt/output, D:\Output, \\server\share. */
const FOLDER = /^(\/|[A-Za-z]:[\\/]|\\\\[^\\/]+[\\/][^\\/]+)/;
const Folder = Line('A folder is named.', 1000).refine(
  (text) => FOLDER.test(text) && !text.split(/[\\/]/).includes('..'),
  'The folder is named from its root, such as /mnt/output or \\\\server\\share, and has no “..” in it.',
);

const CERTIFICATE = /^\s*-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----\s*$/;

const S3Store = z.strictObject({
  kind: z.literal('S3'),
  name: DestinationName,
  endpoint: Endpoint,
  region: Line('A region has up to 64 characters.', 64),
  /** endpoint/bucket/key, as most stores on a LAN want it; otherwise bucket.endpoint/key. */
  pathStyle: z.boolean(),
  accessKeyId: Line('An access key id has 1 to 128 characters.', 128),
  /** PEM of the authority that the store's certificate is from, where that is none that everybody knows. */
  authority: z.string().max(65_536).regex(CERTIFICATE, 'The certificate is in PEM: it begins with -----BEGIN CERTIFICATE-----.').nullable(),
});

const FolderStore = z.strictObject({ kind: z.literal('folder'), name: DestinationName, folder: Folder });

/** Where the output of runs is copied to, under the name that associations use. */
export const OutputDestination = z.discriminatedUnion('kind', [S3Store, FolderStore]);
export type OutputDestination = z.infer<typeof OutputDestination>;

/** With a new secret; null keeps the one that there is. */
export const DestinationDraft = z.strictObject({
  destination: OutputDestination,
  secretAccessKey: Line('A secret access key has up to 1,024 characters.', 1024).nullable(),
});
export type DestinationDraft = z.infer<typeof DestinationDraft>;

/** What the secret is sealed as: that of one store opens as no other's. */
export const secretLabel = (name: string): string => `output-destination:${name}`;

/** What is wrong with a key prefix; null when it is right. Its parts become folders. */
export function prefixProblem(prefix: string): string | null {
  if (!printable(prefix)) return 'A key prefix has no control characters.';
  if (prefix.includes('\\')) return 'The parts of a key prefix are separated by /.';
  if (prefix.split('/').some((part) => part === '.' || part === '..')) return 'A key prefix has no . or .. as a part.';
  return null;
}
