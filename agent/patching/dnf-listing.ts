import type { Patch } from './patch.ts';

/** For `rpm -qa --qf`; a description could have any sign in it, these fields have none of ours. */
export const RPM_FORMAT = '%{NAME} %{EPOCHNUM} %{VERSION} %{RELEASE} %{ARCH} %{INSTALLTIME}\\n';
/** For `dnf repoquery --upgrades --qf`. */
export const UPGRADE_FORMAT = '%{name} %{epoch} %{version} %{release} %{arch} %{repoid}\\n';

interface RpmPackage {
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
  readonly epoch: string;
  readonly version: string;
  readonly release: string;
  /** `[epoch:]version-release`. */
  readonly evr: string;
}

function rpmPackage([name = '', epoch = '', version = '', release = '', architecture = '']: readonly string[]): RpmPackage | null {
  if (architecture === '') return null;
  const evr = `${epoch === '0' || epoch === '(none)' ? '' : `${epoch}:`}${version}-${release}`;
  return { id: `${name}.${architecture}`, name, architecture, epoch, version, release, evr };
}

export interface InstalledRpm extends RpmPackage {
  readonly installedAt: Date | null;
}

/** What rpm has; of a package in several versions, as kernels are, the one that came last. */
export function readRpmList(text: string): InstalledRpm[] {
  const packages = new Map<string, InstalledRpm>();
  for (const line of text.split('\n')) {
    const fields = line.split(' ');
    const one = rpmPackage(fields);
    const seconds = Number(fields[5]);
    if (one === null || one.name === 'gpg-pubkey') continue;
    const installedAt = Number.isSafeInteger(seconds) ? new Date(seconds * 1000) : null;
    const known = packages.get(one.id);
    if (known === undefined || (known.installedAt ?? 0) <= (installedAt ?? 0)) packages.set(one.id, { ...one, installedAt });
  }
  return [...packages.values()];
}

export interface AvailableRpm extends RpmPackage {
  readonly repository: string;
}

export function readUpgrades(text: string): AvailableRpm[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(' ');
    const one = rpmPackage(fields);
    return one === null ? [] : [{ ...one, repository: fields[5] ?? '' }];
  });
}

export interface Advisory {
  readonly id: string;
  readonly classification: string;
  readonly severity: string;
  /** `name-[epoch:]version-release.architecture`. */
  readonly nevra: string;
}

const CLASSIFICATIONS: Readonly<Record<string, string>> = {
  security: 'Security',
  bugfix: 'Bugfix',
  enhancement: 'Enhancement',
  newpackage: 'Newpackage',
};

/** `dnf updateinfo list`: of dnf 4 `ID Important/Sec. NEVRA`, of dnf 5 `ID security Important NEVRA date`. */
export function readAdvisories(text: string): Advisory[] {
  return text.split('\n').flatMap((line) => {
    const [id = '', kind = '', third = '', fourth] = line.replace(/^i? +/, '').trim().split(/\s+/);
    if (third === '') return [];
    const security = /^(\S+)\/Sec\.$/.exec(kind);
    if (security) return [{ id, classification: 'Security', severity: security[1] ?? 'None', nevra: third }];
    const classification = CLASSIFICATIONS[kind];
    if (classification === undefined) return [];
    return [{ id, classification, severity: fourth === undefined ? 'None' : third, nevra: fourth ?? third }];
  });
}

export interface AdvisoryFacts {
  readonly updatedAt: Date | null;
  readonly cves: readonly string[];
}

/** `dnf updateinfo info`: a block per advisory, of lines `name: value` whose value may go on in lines that begin with a colon. */
export function readAdvisoryFacts(text: string): ReadonlyMap<string, AdvisoryFacts> {
  const facts = new Map<string, AdvisoryFacts>();
  for (const block of text.split(/^ *(?:Update ID|Name) *: /m).slice(1)) {
    const id = block.split('\n', 1)[0]?.trim() ?? '';
    const updated = /^ *(?:Updated|Issued) *: (\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})/m.exec(block);
    facts.set(id, {
      updatedAt: updated === null ? null : new Date(`${updated[1]}T${updated[2]}Z`),
      cves: [...new Set(block.match(/\bCVE-\d{4}-\d{4,}\b/g))],
    });
  }
  return facts;
}

interface DnfListing {
  readonly installed: readonly InstalledRpm[];
  readonly upgrades: readonly AvailableRpm[];
  /** Of what is available above the installed versions, and of what is installed. */
  readonly pending: readonly Advisory[];
  readonly applied: readonly Advisory[];
  readonly facts: ReadonlyMap<string, AdvisoryFacts>;
}

/** What dnf has that is newer than what is installed, and what is installed; each with the worst advisory that speaks of it. */
export function dnfPatches({ installed, upgrades, pending, applied, facts }: DnfListing): Patch[] {
  const [waiting, done] = [byPackage(pending), byPackage(applied)];
  const present = installed.map((one) => {
    return patchOf(one, { advisories: done.get(one.id) ?? [], facts, installed: one.evr, wanted: null, installedAt: one.installedAt });
  });
  const versions = new Map(installed.map(({ id, evr }) => [id, evr]));
  const missing = upgrades.map((one) => {
    const attributes = { REPOSITORY: [one.repository] };
    const patch = patchOf(one, {
      advisories: waiting.get(one.id) ?? [],
      facts,
      installed: versions.get(one.id) ?? null,
      wanted: one.evr,
      installedAt: null,
    });
    return { ...patch, attributes: { ...patch.attributes, ...attributes } };
  });
  return [...present, ...missing];
}

function byPackage(advisories: readonly Advisory[]): ReadonlyMap<string, Advisory[]> {
  const found = new Map<string, Advisory[]>();
  for (const advisory of advisories) {
    const [, name = '', architecture = ''] = /^(.+)-[^-]+-[^-]+\.([^.]+)$/.exec(advisory.nevra) ?? [];
    const id = `${name}.${architecture}`;
    found.set(id, [...(found.get(id) ?? []), advisory]);
  }
  return found;
}

const FROM_WORST = ['Critical', 'Important', 'Moderate', 'Low'];

/** Security before everything else, then by severity. */
function worstOf(advisories: readonly Advisory[]): Advisory | undefined {
  const rank = ({ classification, severity }: Advisory) =>
    (classification === 'Security' ? 0 : 10) + (FROM_WORST.includes(severity) ? FROM_WORST.indexOf(severity) : 9);
  return advisories.toSorted((a, b) => rank(a) - rank(b))[0];
}

interface Known {
  readonly advisories: readonly Advisory[];
  readonly facts: ReadonlyMap<string, AdvisoryFacts>;
  readonly installed: string | null;
  readonly wanted: string | null;
  readonly installedAt: Date | null;
}

function patchOf(one: RpmPackage, { advisories, facts, installed, wanted, installedAt }: Known): Patch {
  const worst = worstOf(advisories);
  const cves = [...new Set(advisories.flatMap(({ id }) => facts.get(id)?.cves ?? []))];
  const ids = [...new Set(advisories.map(({ id }) => id))];
  const classification = worst?.classification ?? 'Other';
  const severity = worst?.severity ?? 'None';
  return {
    id: one.id,
    title: `${one.name}-${one.evr}.${one.architecture}`,
    installed,
    wanted,
    attributes: {
      CLASSIFICATION: [classification],
      SEVERITY: [severity],
      NAME: [one.name],
      EPOCH: [one.epoch],
      VERSION: [one.version],
      RELEASE: [one.release],
      ARCH: [one.architecture],
      CVE_ID: cves,
      ADVISORY_ID: ids,
      SECURITY: [String(classification === 'Security')],
    },
    classification,
    severity,
    isSecurity: worst !== undefined,
    // What is installed was released before that, and its advisories can be far too many to ask about.
    releasedAt: worst === undefined ? null : (facts.get(worst.id)?.updatedAt ?? installedAt),
    installedAt,
    isHeld: false,
    names: [one.name, `${one.name}-${one.evr}`, `${one.name}-${one.evr}.${one.architecture}`, ...ids, ...cves],
  };
}
