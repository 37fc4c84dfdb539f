import * as z from 'zod';
import type { PackagePlatforms } from './package.ts';
import { PACKAGE_FILE_BYTES, PACKAGE_FILES_LIMIT, PackageFileName, PackageVersionName, placesOf } from './package.ts';

/** The largest manifest.json that is read, in characters; Distributor's documents have 64 KB. */
export const MANIFEST_LIMIT = 256 * 1024;
export const MANIFEST_NAME = 'manifest.json';

/** At each level of `packages`: platform, release, architecture. */
export const ManifestKey = z
  .string()
  .regex(/^(?!__proto__$)[a-zA-Z0-9._*-]{1,64}$/, 'must be a name of 1 to 64 letters, digits and . _ - *');
const Levels = <Value extends z.ZodType>(value: Value) =>
  z.record(ManifestKey, value).refine((map) => Object.keys(map).length > 0, 'names nothing');

/** manifest.json of a Distributor package. What it may have besides is of no use here, and is let stand. */
export const PackageManifest = z.object({
  schemaVersion: z.literal('2.0', 'must be "2.0"'),
  publisher: z.string().max(256).default(''),
  version: PackageVersionName,
  packages: Levels(Levels(Levels(z.object({ file: PackageFileName })))),
  files: z
    .record(
      PackageFileName,
      z.object({
        checksums: z.object({
          sha256: z
            .string()
            .regex(/^[0-9a-fA-F]{64}$/, 'must be a SHA-256 in hexadecimal')
            .transform((text) => text.toLowerCase()),
        }),
        size: z.number().int().nonnegative().max(PACKAGE_FILE_BYTES).optional(),
      }),
    )
    .refine((files) => Object.keys(files).length <= PACKAGE_FILES_LIMIT, `may name ${PACKAGE_FILES_LIMIT} files at most`),
});
export type PackageManifest = z.infer<typeof PackageManifest>;

export type ReadManifest = { ok: true; manifest: PackageManifest } | { ok: false; problems: string[] };

const problemAt = (path: readonly PropertyKey[], message: string): string =>
  `${MANIFEST_NAME}: ${path.length === 0 ? 'it' : path.map(String).join(' → ')} ${message}.`;

/** The manifest in a text, with what is wrong with it as sentences. */
export function readManifest(text: string): ReadManifest {
  if (text.length > MANIFEST_LIMIT) return { ok: false, problems: [`${MANIFEST_NAME} has more than ${MANIFEST_LIMIT} characters.`] };
  let json: unknown;
  try {
    // Some editors on Windows put a byte order mark before it.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, problems: [`${MANIFEST_NAME} is not JSON.`] };
  }
  const parsed = PackageManifest.safeParse(json);
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.slice(0, 20).map(({ path, message }) => problemAt(path, message)) };
  const problems = unlistedFiles(parsed.data);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, manifest: parsed.data };
}

function unlistedFiles({ packages, files }: PackageManifest): string[] {
  const named = new Set(placesOf(packages).map(({ file }) => file));
  return [...named].filter((file) => !Object.hasOwn(files, file)).map((file) => `${MANIFEST_NAME}: files has no entry for ${file}.`);
}

/** For a package that is made here out of files, each with where it is for. */
export function platformsOfFiles(
  files: readonly { file: string; platform: string; release: string; architecture: string }[],
): PackagePlatforms {
  const packages: PackagePlatforms = {};
  for (const { file, platform, release, architecture } of files) {
    const releases = packages[platform] ?? {};
    packages[platform] = { ...releases, [release]: { ...releases[release], [architecture]: { file } } };
  }
  return packages;
}
