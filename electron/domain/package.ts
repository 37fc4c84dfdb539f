import * as z from 'zod';

/** spec.md 16 and the Distributor's own limits: of files in one version, and of bytes in one file. */
export const PACKAGE_FILES_LIMIT = 20;
export const PACKAGE_FILE_BYTES = 1024 ** 3;
/** Bytes of a file that a window hands over in one call. */
export const UPLOAD_PART_BYTES = 1024 ** 2;
export const PACKAGE_LIMIT = 500;
export const PACKAGE_VERSIONS_LIMIT = 100;

export type PackageLimits = {
  /** Bytes of all files together. */
  quotaBytes: number;
};
export const PACKAGE_LIMITS: PackageLimits = { quotaBytes: 20 * 1024 ** 3 };

/** Of a package, and of a version. `.` and `..` would be no names of files, and are none here. */
const SAFE = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,128}$/;

export const PackageName = z.string().regex(SAFE, 'has 1 to 128 letters, digits and . _ -');
export const PackageVersionName = z
  .string()
  .regex(SAFE, 'has 1 to 128 letters, digits and . _ -')
  .refine((version) => version.toLowerCase() !== 'latest', 'is not called latest: that stands for the default version');

export const PackageFileName = z
  .string()
  .regex(/^(?!\.{1,2}$)[a-zA-Z0-9._+~-]{1,128}$/, 'is a file name of 1 to 128 letters, digits and . _ + ~ -');

/** What a package runs on a node: one that it must have, and two that it may have. */
export const PACKAGE_SCRIPTS = ['install.sh', 'update.sh', 'uninstall.sh', 'install.ps1', 'update.ps1', 'uninstall.ps1'] as const;
export const PackageScript = z.enum(PACKAGE_SCRIPTS);
export type PackageScript = z.infer<typeof PackageScript>;

/** platform → release → architecture → file, as a Distributor manifest has it. */
export const PackagePlatforms = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.object({ file: z.string() }))));
export type PackagePlatforms = z.infer<typeof PackagePlatforms>;

export const PackageFile = z.object({ fileName: z.string(), sha256: z.string(), size: z.number(), scripts: z.array(PackageScript) });
export type PackageFile = z.infer<typeof PackageFile>;

export const PackageVersion = z.object({
  name: z.string(),
  version: z.string(),
  publisher: z.string(),
  packages: PackagePlatforms,
  addedAt: z.date(),
  addedBy: z.string(),
});
export type PackageVersion = z.infer<typeof PackageVersion>;

/** Where it runs, as the package's scripts and manifests name it: debian, 12, x86_64. */
export type PackageMachine = { platform: string; release: string; architecture: string };

const ANY = '_any';

const own = <Value>(map: Readonly<Record<string, Value>>, key: string): Value | null =>
  Object.hasOwn(map, key) ? (map[key] ?? null) : null;

const exactOrAny = <Value>(map: Readonly<Record<string, Value>>, key: string): Value | null => own(map, key) ?? own(map, ANY);

/** `7.*` stands for every release that begins with these parts; the longest that fits is meant. */
function releaseOf<Value>(releases: Readonly<Record<string, Value>>, release: string): Value | null {
  const exact = own(releases, release);
  if (exact !== null) return exact;
  const parts = release.split('.');
  const fitting = Object.keys(releases)
    .filter((key) => key.endsWith('.*'))
    .map((key) => key.slice(0, -2).split('.'))
    .filter((wanted) => wanted.every((part, position) => part === parts[position]))
    .sort((a, b) => b.length - a.length);
  const [best] = fitting;
  return (best === undefined ? null : own(releases, `${best.join('.')}.*`)) ?? own(releases, ANY) ?? own(releases, '*');
}

/** The file for a machine, by the rules of Distributor: what is named before `_any`, at each of the three levels by itself. */
export function fileFor(packages: PackagePlatforms, { platform, release, architecture }: PackageMachine): string | null {
  const releases = (platform === 'macos' ? own(packages, 'mac_os_x') : null) ?? exactOrAny(packages, platform);
  const architectures = releases === null ? null : releaseOf(releases, release);
  return architectures === null ? null : (exactOrAny(architectures, architecture)?.file ?? null);
}

/** Every place of a manifest that names a file. */
export const placesOf = (packages: PackagePlatforms): (PackageMachine & { file: string })[] =>
  Object.entries(packages).flatMap(([platform, releases]) =>
    Object.entries(releases).flatMap(([release, architectures]) =>
      Object.entries(architectures).map(([architecture, { file }]) => ({ platform, release, architecture, file })),
    ),
  );

/** What is wrong with the scripts of a file that is for these platforms; null where nothing is. */
export function scriptProblem(platforms: readonly string[], scripts: readonly PackageScript[]): string | null {
  const has = (script: PackageScript) => scripts.includes(script);
  if (platforms.includes('windows') && !has('install.ps1')) return 'has no install.ps1 at its top, which Windows needs';
  const isForOthers = platforms.some((platform) => platform !== 'windows');
  if (isForOthers && !has('install.sh') && !has('install.ps1')) return 'has no install.sh at its top';
  return null;
}
