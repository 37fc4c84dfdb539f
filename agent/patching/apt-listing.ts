import type { Patch } from './patch.ts';

/** For dpkg-query, so that the columns are what this file reads. */
export const DPKG_FORMAT = [
  'db:Status-Abbrev',
  'binary:Package',
  'Package',
  'Architecture',
  'Version',
  'Priority',
  'Section',
  'db-fsys:Last-Modified',
]
  .map((field) => `\${${field}}`)
  .join('\\t')
  .concat('\\n');

export interface InstalledPackage {
  /** As apt calls it on this node: with its architecture where that is not the node's own. */
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
  readonly priority: string;
  readonly section: string;
  readonly installedAt: Date | null;
  /** Somebody has put it on hold. */
  readonly isHeld: boolean;
}

/** What dpkg has installed; packages of which only the configuration is left are not. */
export function readDpkgList(text: string, nativeArchitecture: string): InstalledPackage[] {
  return text.split('\n').flatMap((line) => {
    const [status = '', binary = '', name = '', architecture = '', version = '', priority = '', section = '', modified = ''] =
      line.split('\t');
    if (!/^[a-z]i/.test(status) || version === '') return [];
    const isForeign = architecture !== nativeArchitecture && architecture !== 'all';
    const id = isForeign ? `${name}:${architecture}` : name;
    const seconds = Number(modified);
    const installedAt = modified === '' || !Number.isSafeInteger(seconds) ? null : new Date(seconds * 1000);
    return binary === '' ? [] : [{ id, name, architecture, version, priority, section, installedAt, isHeld: status.startsWith('h') }];
  });
}

/** A package source by the words that `apt-cache policy` has for it, with what its Release file says. */
export interface AptSource {
  readonly suite: string;
  readonly codename: string;
  readonly label: string;
  readonly origin: string;
  readonly version: string;
}

/** `apt-cache policy` without a name: every source, and below it a line `release v=12,o=Debian,a=stable-security,…`. */
export function readSources(text: string): ReadonlyMap<string, AptSource> {
  const sources = new Map<string, AptSource>();
  let current: string | null = null;
  for (const line of text.split('\n')) {
    const source = /^ {0,3}-?\d+ (.+)$/.exec(line);
    const release = /^ +release (.*)$/.exec(line);
    if (source) current = source[1] ?? null;
    else if (release && current !== null) sources.set(current, sourceOf(release[1] ?? ''));
  }
  return sources;
}

function sourceOf(release: string): AptSource {
  const value = (key: string) => new RegExp(`(?:^|,)${key}=([^,]*)`).exec(release)?.[1] ?? '';
  return { suite: value('a'), codename: value('n'), label: value('l'), origin: value('o'), version: value('v') };
}

/** Debian's and Ubuntu's pockets for security updates, and mirrors that keep their Release files. */
const isSecuritySource = ({ suite, codename, label }: AptSource): boolean =>
  [suite, codename].some((name) => /(^|[-/])security$/.test(name)) || /security/i.test(label);

export interface AptVersion {
  readonly version: string;
  /** Keys of the sources that have it. */
  readonly sources: readonly string[];
}

export interface AptPolicy {
  readonly candidate: string | null;
  /** The newest first. */
  readonly versions: readonly AptVersion[];
}

/** `apt-cache policy NAME …`: per package the candidate, and a table of versions with their sources. */
export function readPolicies(text: string): ReadonlyMap<string, AptPolicy> {
  const policies = new Map<string, AptPolicy>();
  let policy: { candidate: string | null; versions: { version: string; sources: string[] }[] } | null = null;
  for (const line of text.split('\n')) {
    const header = /^(\S+):$/.exec(line);
    const candidate = /^ {2}Candidate: (\S+)$/.exec(line);
    const version = /^ (?:\*\*\*| {3}) (\S+) -?\d+$/.exec(line);
    const source = /^ {8,}-?\d+ (.+)$/.exec(line);
    if (header) {
      policy = { candidate: null, versions: [] };
      policies.set(header[1] ?? '', policy);
    } else if (candidate && policy) policy.candidate = candidate[1] === '(none)' ? null : (candidate[1] ?? null);
    else if (version && policy) policy.versions.push({ version: version[1] ?? '', sources: [] });
    else if (source && policy) policy.versions.at(-1)?.sources.push(source[1] ?? '');
  }
  return policies;
}

interface AptListing {
  readonly installed: readonly InstalledPackage[];
  readonly policies: ReadonlyMap<string, AptPolicy>;
  readonly sources: ReadonlyMap<string, AptSource>;
}

/** What apt has that is newer than what is installed, and what is installed. */
export function aptPatches(listing: AptListing): Patch[] {
  return listing.installed.flatMap((one) => {
    const policy = listing.policies.get(one.id);
    const present = patchOf(one, { listing, wanted: null, above: versionsBetween(policy, one.version, one.version) });
    const wanted = wantedVersion(policy, one.version);
    if (wanted === null) return [present];
    const above = versionsBetween(policy, wanted, one.version).filter(({ version }) => version !== one.version);
    return [present, patchOf(one, { listing, wanted, above })];
  });
}

/** The candidate where it stands above the installed version: the table is in apt's order. */
function wantedVersion(policy: AptPolicy | undefined, installed: string): string | null {
  if (policy === undefined || policy.candidate === null || policy.candidate === installed) return null;
  const place = (version: string) => policy.versions.findIndex((one) => one.version === version);
  return place(policy.candidate) !== -1 && place(policy.candidate) < place(installed) ? policy.candidate : null;
}

function versionsBetween(policy: AptPolicy | undefined, newest: string, oldest: string): readonly AptVersion[] {
  const versions = policy?.versions ?? [];
  const from = versions.findIndex(({ version }) => version === newest);
  const to = versions.findIndex(({ version }) => version === oldest);
  return from === -1 || to === -1 ? [] : versions.slice(from, to + 1);
}

/** A security update stays one when a later point release has taken it over: any version on the way that is from security counts. */
function patchOf(
  one: InstalledPackage,
  { listing, wanted, above }: { listing: AptListing; wanted: string | null; above: readonly AptVersion[] },
): Patch {
  const sources = above.flatMap((version) => version.sources.flatMap((key) => listing.sources.get(key) ?? []));
  const isSecurity = sources.some(isSecuritySource);
  const version = wanted ?? one.version;
  const products = sources.flatMap(({ origin, version: release, codename }) => [
    `${origin}${release.split('.')[0] ?? ''}`,
    `${origin}${release}`,
    `${origin} ${codename}`,
  ]);
  const priority = capitalised(one.priority);
  const classification = isSecurity ? 'Security' : 'Other';
  return {
    id: one.id,
    title: `${one.id} ${version}`,
    installed: one.version,
    wanted,
    attributes: {
      PRODUCT: products,
      PRIORITY: [priority],
      SEVERITY: [priority],
      SECTION: [one.section],
      CLASSIFICATION: [classification],
      NAME: [one.name],
      ARCH: [one.architecture],
      VERSION: [version],
      SECURITY: [String(isSecurity)],
    },
    classification,
    severity: priority,
    isSecurity,
    releasedAt: null,
    installedAt: wanted === null ? one.installedAt : null,
    isHeld: one.isHeld,
    names: [
      one.name,
      `${one.name}:${one.architecture}`,
      `${one.name}.${one.architecture}`,
      `${one.name}=${version}`,
      `${one.name}-${version}`,
    ],
  };
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
