import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VersionScheme } from '../../../electron/domain/version-comparison.ts';
import { compareVersions, compareWithAsked, fullVersionOf, versionSchemeOf } from '../../../electron/domain/version-comparison.ts';

const schemes: readonly VersionScheme[] = ['debian', 'rpm', 'pacman', 'apk', 'plain'];

/** Versions as package managers have them, short enough that two are often alike in part. */
const aVersion = fc
  .array(
    fc.constantFrom(
      '0',
      '00',
      '1',
      '2',
      '9',
      '10',
      '.',
      '.',
      '-',
      '~',
      '+',
      '^',
      '_',
      ':',
      'a',
      'b',
      'rc',
      'p',
      'alpha',
      'deb',
      'el9',
      'r1',
    ),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((parts) => parts.join(''));

const ascending: Readonly<Record<VersionScheme, readonly string[]>> = {
  debian: [
    '1.0~~',
    '1.0~~a',
    '1.0~',
    '1.0~rc1-1',
    '1.0',
    '1.0-1~deb12u1',
    '1.0-1',
    '1.0-1+b1',
    '1.0a',
    '1.0+dfsg',
    '1.0.2',
    '1.0.10',
    '1:0.9',
  ],
  rpm: ['1.0~rc1-1', '1.0-1.el9', '1.0-2.el9', '1.0-10.el9', '1.0^git1-1', '1.0a-1', '1.0.1-1', '1.10-1', '1:0.5-1'],
  pacman: ['1.0rc1-1', '1.0.1-1', '1.2-1', '1.2-2', '1.10-1', '1:0.1-1'],
  apk: ['1.2_alpha1', '1.2_rc2', '1.2-r0', '1.2-r9', '1.2-r10', '1.2_p1', '1.2.5-r0'],
  plain: [
    '1.0-alpha',
    '1.0.0-alpha.1',
    '1.0-beta',
    '1.0-rc.2',
    '1.0',
    '1.0.1',
    '1.1.1',
    '1.1.1a',
    '1.1.1w',
    '1.1.2',
    '3.13b1',
    '3.13',
    '116.0.5845.97',
  ],
};

describe('versions', () => {
  for (const scheme of schemes) {
    test(`of ${scheme} are ordered as its package manager orders them`, () => {
      const versions = ascending[scheme];
      for (const [at, version] of versions.entries()) {
        for (const later of versions.slice(at + 1)) {
          expect(compareVersions(version, later, scheme), `${version} < ${later}`).toBe(-1);
          expect(compareVersions(later, version, scheme), `${later} > ${version}`).toBe(1);
        }
      }
    });

    test(`of ${scheme} have one order, whichever three are compared`, () => {
      fc.assert(
        fc.property(aVersion, aVersion, aVersion, (a, b, c) => {
          const compare = (one: string, other: string) => compareVersions(one, other, scheme);
          expect(compare(a, a)).toBe(0);
          expect(compare(a, b)).toBe(0 - compare(b, a) || 0);
          if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
        }),
        { numRuns: 3000 },
      );
    });
  }

  test('of Debian are ordered as dpkg itself orders them', () => {
    if (process.platform !== 'linux') return;
    const parts = fc
      .array(fc.constantFrom('0', '1', '2', '10', '.', '~', '+', 'a', 'rc', 'deb12u'), { maxLength: 5 })
      .map((list) => `1${list.join('')}`);
    const version = fc
      .tuple(fc.constantFrom('', '0:', '1:'), parts, fc.option(parts))
      .map(([epoch, upstream, revision]) => `${epoch}${upstream}${revision === null ? '' : `-${revision}`}`);
    const pairs = fc.sample(fc.tuple(version, version), 150);
    const script =
      'while read -r a b; do if dpkg --compare-versions "$a" lt "$b"; then echo -1; elif dpkg --compare-versions "$a" gt "$b"; then echo 1; else echo 0; fi; done';
    const told = execFileSync('sh', ['-c', script], { input: `${pairs.map((pair) => pair.join(' ')).join('\n')}\n`, encoding: 'utf8' });
    expect(pairs.map(([a, b]) => `${a} ${b} ${compareVersions(a, b, 'debian')}`)).toEqual(
      told
        .trim()
        .split('\n')
        .map((sign, at) => `${pairs[at]?.join(' ')} ${sign}`),
    );
  });

  test('that a person asks for stand for every release and epoch that they do not name', () => {
    expect(compareWithAsked('1:3.0.7-27.el9', '3.0.15', 'rpm')).toBe(-1);
    expect(compareWithAsked('1:3.0.15-2.el9', '3.0.15', 'rpm')).toBe(0);
    expect(compareWithAsked('1:3.0.15-2.el9', '1:3.0.15-3.el9', 'rpm')).toBe(-1);
    expect(compareWithAsked('3.0.15-1~deb12u1', '3.0.15', 'debian')).toBe(0);
    expect(compareWithAsked('3.0.15-1~deb12u1', '3.0.15-1', 'debian')).toBe(-1);
    expect(compareWithAsked('3.0.15~rc1-1', '3.0.15', 'debian')).toBe(-1);
    expect(compareWithAsked('1.36.1-r29', '1.36.1', 'apk')).toBe(0);
    expect(compareWithAsked('8.0.1', '8.0', 'plain')).toBe(1);
  });

  test('are whole with epoch and release, and their scheme is told by what the package is called', () => {
    expect(fullVersionOf({ Version: '3.0.7', Release: '27.el9', Epoch: '1' })).toBe('1:3.0.7-27.el9');
    expect(fullVersionOf({ Version: '3.0.15-1', Epoch: '0' })).toBe('3.0.15-1');
    expect(versionSchemeOf({ PackageId: 'libssl3_3.0.15-1_amd64.deb' })).toBe('debian');
    expect(versionSchemeOf({ PackageId: 'zlib-1:1.3.1-2-x86_64.pkg.tar.zst' })).toBe('pacman');
    expect(versionSchemeOf({ Release: '1' })).toBe('rpm');
    expect(versionSchemeOf({ PackageId: '{90160000-008C-0000-1000-0000000FF1CE}' })).toBe('plain');
  });

  test('of many thousand signs are compared in no time', () => {
    const long = `${'1a.'.repeat(1300)}1`;
    for (const scheme of schemes) {
      const begun = performance.now();
      compareVersions(long, `${long}1`, scheme);
      expect(performance.now() - begun).toBeLessThan(500);
    }
  });
});
