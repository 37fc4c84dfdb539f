import { describe, expect, test } from 'vitest';
import { apkProvider, brewProvider } from '../../../agent/desired-state/apk-and-brew-providers.ts';
import { aptProvider } from '../../../agent/desired-state/apt-provider.ts';
import { compareVersions, type PackageProvider, packagePlan } from '../../../agent/desired-state/package-plan.ts';
import { dnfProvider, zypperProvider } from '../../../agent/desired-state/rpm-providers.ts';
import { chocoProvider, wingetProvider } from '../../../agent/desired-state/windows-package-providers.ts';
import { PackageInputs } from '../../../agent/document/desired-package-inputs.ts';
import { aCommandLine, anAnswer } from './an-answer.ts';

/** What a provider would do on a node whose programs answered so. */
function planOf(provider: PackageProvider, wanted: Record<string, unknown>, answers: readonly string[]) {
  const inputs = PackageInputs.parse(wanted);
  const { changes, work } = packagePlan(
    inputs,
    provider.read(
      inputs.name,
      answers.map((text) => anAnswer(text)),
    ),
    provider.name,
  );
  return {
    changes: changes.map(({ resource, before, after }) => `${resource}: ${before} → ${after}`),
    calls: provider.work(work).map(aCommandLine),
  };
}

// apt 2.6.
test('apt that may not lock is not one that has to wait', () => {
  const refused =
    'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n';
  expect(aptProvider.lockedBy(anAnswer('', { exitCode: 100, stderr: refused }))).toBeNull();
  const held = 'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (apt-get)\n';
  expect(aptProvider.lockedBy(anAnswer('', { exitCode: 100, stderr: held }))).toBe('process 4711 (apt-get)');
});

// dnf 4.14 and rpm 4.18, with a repository that has hf-tool 1.0-1 and 1.1-1.
const DNF_AVAILABLE = 'hf-tool\t1.0-1\n\nhf-tool\t1.1-1\n\n';
const RPM_MISSING = 'package hf-tool is not installed\n';
const RPM_OLD = 'hf-tool\t1.0-1\n';

describe('dnf', () => {
  test('installs, updates and removes by what rpm and the repositories say', () => {
    expect(planOf(dnfProvider, { name: 'hf-tool' }, [RPM_MISSING, DNF_AVAILABLE])).toEqual({
      changes: ['package hf-tool: null → 1.1-1'],
      calls: ['dnf -y install -- hf-tool'],
    });
    expect(planOf(dnfProvider, { name: 'hf-tool' }, [RPM_OLD, DNF_AVAILABLE]).changes).toEqual([]);
    expect(planOf(dnfProvider, { name: 'hf-tool', ensure: 'absent' }, [RPM_OLD, DNF_AVAILABLE]).calls).toEqual([
      'dnf -y remove -- hf-tool',
    ]);
  });

  test('updates by `upgrade`, as `install` leaves a package that is there as it is', () => {
    expect(planOf(dnfProvider, { name: 'hf-tool', ensure: 'latest' }, [RPM_OLD, DNF_AVAILABLE])).toEqual({
      changes: ['package hf-tool: 1.0-1 → 1.1-1'],
      calls: ['dnf -y upgrade -- hf-tool'],
    });
  });

  test('names a version, and goes back to an older one only when that is allowed', () => {
    const newer = ['hf-tool\t1.1-1\n', DNF_AVAILABLE];
    expect(() => planOf(dnfProvider, { name: 'hf-tool', version: '1.0-1' }, newer)).toThrow('E-PACKAGE-DOWNGRADE');
    expect(planOf(dnfProvider, { name: 'hf-tool', version: '1.0-1', allowDowngrade: true }, newer).calls).toEqual([
      'dnf -y install -- hf-tool-1.0-1',
    ]);
    expect(() => planOf(dnfProvider, { name: 'hf-tool', version: '7' }, newer)).toThrow(
      'There is no version 7 of hf-tool; there is 1.0-1, 1.1-1.',
    );
    expect(() => planOf(dnfProvider, { name: 'nope' }, ['package nope is not installed\n', ''])).toThrow(
      'E-PACKAGE-UNKNOWN: dnf has no package nope',
    );
  });
});

// zypper 1.14, with the same repository and hf-tool 1.0 installed.
const ZYPPER = `<?xml version='1.0'?>
<stream>
<message type="info">Loading repository data...</message>
<message type="info">Reading installed packages...</message>

<search-result version="0.0">
<solvable-list>
<solvable status="other-version" name="hf-tool" kind="package" edition="1.1-1" arch="noarch" repository="local"/>
<solvable status="installed" name="hf-tool" kind="package" edition="1.0-1" arch="noarch" repository="local"/>
</solvable-list>
</search-result>
</stream>
`;

test('zypper reads what it prints as XML, and says who holds its lock', () => {
  expect(planOf(zypperProvider, { name: 'hf-tool', ensure: 'latest' }, [RPM_OLD, ZYPPER])).toEqual({
    changes: ['package hf-tool: 1.0-1 → 1.1-1'],
    calls: ['zypper --non-interactive install --auto-agree-with-licenses -- hf-tool'],
  });
  const locked = 'System management is locked by the application with pid 4711 (zypper).\nClose this application before trying again.\n';
  expect(zypperProvider.lockedBy(anAnswer('', { exitCode: 7, stderr: locked }))).toBe('process 4711 (zypper)');
});

// In the form of apk-tools 2.14.
const APK = `busybox policy:
  1.36.1-r5:
    lib/apk/db/installed
  1.36.1-r15:
    https://dl-cdn.alpinelinux.org/alpine/v3.19/main
`;

test('apk takes the newest version of its policy', () => {
  expect(planOf(apkProvider, { name: 'busybox', ensure: 'latest' }, [APK])).toEqual({
    changes: ['package busybox: 1.36.1-r5 → 1.36.1-r15'],
    calls: ['apk add --upgrade busybox'],
  });
  expect(() => planOf(apkProvider, { name: 'nope' }, [''])).toThrow('E-PACKAGE-UNKNOWN');
});

// In the form of Homebrew's JSON, version 2, cut to what is read and some of the rest.
const BREW = JSON.stringify({
  formulae: [
    {
      name: 'wget',
      full_name: 'wget',
      tap: 'homebrew/core',
      versions: { stable: '1.24.5', head: 'HEAD', bottle: true },
      installed: [{ version: '1.21.4', installed_on_request: true }],
      outdated: true,
      pinned: false,
    },
  ],
  casks: [],
});

test('brew upgrades what is outdated, and leaves what is pinned', () => {
  expect(planOf(brewProvider, { name: 'wget', ensure: 'latest' }, [BREW])).toEqual({
    changes: ['package wget: 1.21.4 → 1.24.5'],
    calls: ['brew upgrade wget'],
  });
  const pinned = BREW.replace('"pinned":false', '"pinned":true');
  expect(() => planOf(brewProvider, { name: 'wget', ensure: 'latest' }, [pinned])).toThrow('E-PACKAGE-HELD');
});

// In the form of winget 1.x: the table is as wide as what is in it, and a line of progress is drawn over before it.
const WINGET_LIST = `\r   - \r   \\ \rName           Id             Version       Available     Source
----------------------------------------------------------------
Microsoft Edge Microsoft.Edge 100.0.1185.50 101.0.1210.47 winget
`;
const WINGET_SHOW = `Found Microsoft Edge [Microsoft.Edge]
Version: 101.0.1210.47
Publisher: Microsoft Corporation
Moniker: microsoft-edge
`;

test('winget is read by the columns of its table', () => {
  expect(planOf(wingetProvider, { name: 'Microsoft.Edge', ensure: 'latest' }, [WINGET_LIST, WINGET_SHOW])).toEqual({
    changes: ['package Microsoft.Edge: 100.0.1185.50 → 101.0.1210.47'],
    calls: [
      'winget upgrade --id Microsoft.Edge --exact --disable-interactivity --accept-source-agreements --silent --accept-package-agreements',
    ],
  });
});

test('choco is read by its short output, pins as well', () => {
  const answers = ['git|2.43.0\n', 'git|2.44.0\n', ''];
  expect(planOf(chocoProvider, { name: 'git', ensure: 'latest' }, answers)).toEqual({
    changes: ['package git: 2.43.0 → 2.44.0'],
    calls: ['choco upgrade git -y --no-progress'],
  });
  expect(() => planOf(chocoProvider, { name: 'git', ensure: 'latest' }, ['git|2.43.0\n', 'git|2.44.0\n', 'git|2.43.0\n'])).toThrow(
    'E-PACKAGE-HELD',
  );
});

test.each([
  ['1.0', '1.0', 0],
  ['1.0~rc1', '1.0', -1],
  ['1.10', '1.9', 1],
  ['1:0.1', '9.9', 1],
  ['1.0-2', '1.0-10', -1],
  ['2.0+dfsg', '2.0', 1],
  ['1.0a', '1.0', 1],
])('of %s and %s the order is %d', (left, right, order) => {
  expect(Math.sign(compareVersions(left, right))).toBe(order);
  expect(Math.sign(compareVersions(right, left))).toBe(order === 0 ? 0 : -order);
});

test.each(['-y', 'a b', 'a;b', '../a', 'http://a', './a.deb', 'a.rpm', 'foo-', 'a*', ''])('takes no package name such as %j', (name) => {
  expect(PackageInputs.safeParse({ name }).success).toBe(false);
});
