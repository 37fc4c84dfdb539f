import type { PackageInputs, PackageProviderName } from '../document/desired-package-inputs.ts';
import type { ResourceChange } from '../protocol/status.ts';
import { type Answer, type Call, change } from './plan.ts';
import { Trouble } from './troubles.ts';

export interface PackageFacts {
  readonly installed: string | null;
  /** What would be installed where no version is named. */
  readonly candidate: string | null;
  /** All that could be; null where the provider does not tell. */
  readonly versions: readonly string[] | null;
  readonly isHeld: boolean;
  /** It was removed, and its configuration is still there. */
  readonly hasResidue?: boolean;
}

/** What is to be done, by any provider. */
export interface PackageWork {
  readonly install: readonly { readonly name: string; readonly version: string | null; readonly isUpgrade: boolean }[];
  readonly remove: readonly string[];
  readonly settings: Pick<PackageInputs, 'allowDowngrade' | 'allowRemovals' | 'changeHeld' | 'purge'>;
}

/** A package manager: what it is asked, how its answers are read, and what it is told. All but `refresh` and `work` change nothing. */
export interface PackageProvider {
  readonly name: PackageProviderName;
  readonly program: string;
  look(names: readonly string[]): readonly Call[];
  read(names: readonly string[], answers: readonly Answer[]): ReadonlyMap<string, PackageFacts>;
  readonly refresh: Call | null;
  work(work: PackageWork): readonly Call[];
  /** What else it would do; of a provider that can say so. */
  readonly simulation?: { of(work: PackageWork): Call; read(work: PackageWork, answer: Answer): readonly SimulatedChange[] };
  /** Who holds the lock that made a call fail, or '' for somebody; null when that was not why. */
  lockedBy(answer: Answer): string | null;
}

export interface SimulatedChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface PackagePlan {
  readonly changes: readonly ResourceChange[];
  readonly work: PackageWork;
}

const versionChange = (name: string, before: string | null, after: string | null): ResourceChange =>
  change(`package ${name}`, 'version', { before, after });

interface PackageStep {
  readonly change: ResourceChange;
  readonly install?: PackageWork['install'][number];
  readonly remove?: string;
}

export function packagePlan(inputs: PackageInputs, facts: ReadonlyMap<string, PackageFacts>, provider: string): PackagePlan {
  const steps = [...new Set(inputs.name)].flatMap((name): PackageStep[] => {
    const found = facts.get(name) ?? { installed: null, candidate: null, versions: null, isHeld: false };
    const step = inputs.ensure === 'absent' ? removal(name, found, inputs) : installation(name, found, { inputs, provider });
    if (step !== null && found.isHeld && !inputs.changeHeld)
      throw new Trouble('E-PACKAGE-HELD', { name, version: found.installed ?? 'nothing' });
    return step === null ? [] : [step];
  });
  return {
    changes: steps.map((step) => step.change),
    work: {
      install: steps.flatMap(({ install }) => install ?? []),
      remove: steps.flatMap(({ remove }) => remove ?? []),
      settings: inputs,
    },
  };
}

function removal(name: string, { installed, hasResidue = false }: PackageFacts, { purge }: PackageInputs): PackageStep | null {
  if (installed !== null) return { change: versionChange(name, installed, null), remove: name };
  if (!purge || !hasResidue) return null;
  return { change: change(`package ${name}`, 'configuration', { before: 'left on the node', after: null }), remove: name };
}

function installation(
  name: string,
  { installed, candidate, versions }: PackageFacts,
  { inputs, provider }: { inputs: PackageInputs; provider: string },
): PackageStep | null {
  const { version, ensure, allowDowngrade } = inputs;
  if (installed !== null && (version === installed || (version === undefined && ensure === 'installed'))) return null;
  const wanted = version ?? candidate;
  if (wanted === null || (version !== undefined && candidate === null && installed === null && versions !== null)) {
    if (installed !== null) return null;
    throw new Trouble('E-PACKAGE-UNKNOWN', { name, provider });
  }
  if (version !== undefined && versions !== null && !versions.includes(version)) {
    throw new Trouble('E-PACKAGE-VERSION', { name, version, available: versions.join(', ') || 'none' });
  }
  if (installed === wanted) return null;
  if (installed !== null && compareVersions(wanted, installed) < 0) {
    if (version === undefined && !allowDowngrade) return null;
    if (!allowDowngrade) throw new Trouble('E-PACKAGE-DOWNGRADE', { name, from: installed, to: wanted });
  }
  const install = { name, version: version ?? null, isUpgrade: installed !== null };
  return { change: versionChange(name, installed, wanted), install };
}

/** The plan's own changes, and those of packages that come or go with them. */
export function withSimulation(plan: PackagePlan, simulated: readonly SimulatedChange[]): ResourceChange[] {
  const named = new Set(plan.changes.map(({ resource }) => resource));
  const others = simulated
    .filter(({ name }) => !named.has(`package ${name}`))
    .map(({ name, before, after }) => versionChange(name, before, after));
  return [...plan.changes, ...others];
}

/** As dpkg orders versions, which is near enough for the others: an epoch, then text and numbers in turn, `~` before everything. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [epochOf(left), epochOf(right)];
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  return compareParts(a.rest, b.rest);
}

function epochOf(version: string): { epoch: number; rest: string } {
  const found = /^(\d+):(.*)$/.exec(version);
  return found === null ? { epoch: 0, rest: version } : { epoch: Number(found[1]), rest: found[2] ?? '' };
}

function compareParts(left: string, right: string): number {
  const pattern = /(\d+)|(\D+)/g;
  const [a, b] = [left.match(pattern) ?? [], right.match(pattern) ?? []];
  for (let position = 0; position < Math.max(a.length, b.length); position += 1) {
    const order = comparePart(a[position] ?? '', b[position] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(left: string, right: string): number {
  if (/^\d/.test(left) && /^\d/.test(right)) return Number(left) - Number(right);
  for (let position = 0; position < Math.max(left.length, right.length); position += 1) {
    const order = weight(left[position]) - weight(right[position]);
    if (order !== 0) return order;
  }
  return 0;
}

const LETTER = /[A-Za-z]/;

/** The end and a digit alike, so that `1.0` and `1.0~rc1`, and `1.0` and `1.0a`, are ordered. */
function weight(character: string | undefined): number {
  if (character === undefined || /\d/.test(character)) return 0;
  if (character === '~') return -1;
  return character.charCodeAt(0) + (LETTER.test(character) ? 0 : 256);
}
