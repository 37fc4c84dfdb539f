import type { InventoryEntry } from '../../agent/protocol/inventory.ts';
import { compareDebianPart, compareDigits } from './version-debian.ts';
import { comparePlainVersions } from './version-plain.ts';
import { compareRpmPart } from './version-rpm.ts';

/** Whose rules say which of two versions is the newer one. */
export type VersionScheme = 'debian' | 'rpm' | 'pacman' | 'apk' | 'plain';

/** By what its package manager calls the package (agent/inventory), and else by what only rpm's packages have. */
export function versionSchemeOf({ PackageId = '', Release = '', Epoch = '' }: InventoryEntry): VersionScheme {
  if (PackageId.endsWith('.deb')) return 'debian';
  if (PackageId.endsWith('.rpm')) return 'rpm';
  if (/\.pkg\.tar(\.\w+)?$/.test(PackageId)) return 'pacman';
  if (PackageId.endsWith('.apk')) return 'apk';
  return Release !== '' || Epoch !== '' ? 'rpm' : 'plain';
}

/** A version in one piece, as people write it: epoch, version and release, as far as there are any. */
export function fullVersionOf({ Version = '', Release = '', Epoch = '' }: InventoryEntry): string {
  const epoch = Epoch === '' || Epoch === '0' ? '' : `${Epoch}:`;
  return `${epoch}${Version}${Release === '' ? '' : `-${Release}`}`;
}

type Parts = { epoch: string | null; upstream: string; release: string | null };

/** Epoch before the first colon, release after the last hyphen (of apk: `-r` and a number). */
function partsOf(version: string, scheme: VersionScheme): Parts {
  if (scheme === 'plain') return { epoch: null, upstream: version, release: null };
  const epoch = /^(\d+):/.exec(version)?.[1] ?? null;
  const rest = epoch === null ? version : version.slice(epoch.length + 1);
  const hyphen = scheme === 'apk' ? rest.search(/-r\d+$/) : rest.lastIndexOf('-');
  return hyphen < 0
    ? { epoch, upstream: rest, release: null }
    : { epoch, upstream: rest.slice(0, hyphen), release: rest.slice(hyphen + 1) };
}

function comparePart(a: string, b: string, scheme: VersionScheme): number {
  switch (scheme) {
    case 'debian':
      return compareDebianPart(a, b);
    case 'rpm':
    case 'pacman':
      return compareRpmPart(a, b);
    case 'apk':
    case 'plain':
      return comparePlainVersions(a, b);
  }
}

function compareParts(a: Parts, b: Parts, scheme: VersionScheme): number {
  const epochs = compareDigits(a.epoch ?? '0', b.epoch ?? '0');
  if (epochs !== 0) return Math.sign(epochs);
  return comparePart(a.upstream, b.upstream, scheme) || comparePart(a.release ?? '', b.release ?? '', scheme);
}

/** Below zero where `a` is older, above where it is newer. A total order of whole versions. */
export const compareVersions = (a: string, b: string, scheme: VersionScheme): number =>
  compareParts(partsOf(a.trim(), scheme), partsOf(b.trim(), scheme), scheme);

/**
 * An installed version beside one that a person asks for. Where that names no epoch or no release, it stands for every one of them: who
 * asks for 3.0.15 means also 1:3.0.15-2.el9.
 */
export function compareWithAsked(installed: string, asked: string, scheme: VersionScheme): number {
  const [has, wants] = [partsOf(installed.trim(), scheme), partsOf(asked.trim(), scheme)];
  const comparable = { ...has, epoch: wants.epoch === null ? null : has.epoch, release: wants.release === null ? null : has.release };
  return compareParts(comparable, wants, scheme);
}
