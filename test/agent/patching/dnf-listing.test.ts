import { describe, expect, test } from 'vitest';
import { readBaselines } from '../../../agent/document/patch-baseline.ts';
import { defaultBaseline } from '../../../agent/patching/default-baselines.ts';
import { dnfPatches, readAdvisories, readAdvisoryFacts, readRpmList, readUpgrades } from '../../../agent/patching/dnf-listing.ts';
import { judge } from '../../../agent/patching/judgement.ts';

/** Recorded from dnf 4.14 and rpm 4.18 on a repository with four packages, three advisories, and a node that is behind it; then one has got an epoch. */
const RPM = `vim-common 0 8.2 1.el9 noarch 1795661441
tzdata 0 2023c 1.el9 noarch 1795661441
openssl-libs 1 3.0.7 18.el9 noarch 1795661441
bash 0 5.1.8 6.el9 noarch 1795661441
gpg-pubkey 0 fd431d51 4ae0493b (none) 1795661441
`;
const UPGRADES = `bash 0 5.1.8 9.el9 noarch lab
openssl-libs 1 3.0.7 27.el9 noarch lab

tzdata 0 2024a 1.el9 noarch lab
vim-common 0 8.2 2.el9 noarch lab
`;
const LIST = `LABBA-2024:0002 bugfix         bash-5.1.8-9.el9.noarch
LABSA-2024:0001 Important/Sec. openssl-libs-1:3.0.7-27.el9.noarch
`;
const INSTALLED = 'LABSA-2023:0009 Moderate/Sec. vim-common-8.2-1.el9.noarch\n';
const INFO = `===============================================================================
  bash bug fix update
===============================================================================
  Update ID: LABBA-2024:0002
       Type: bugfix
    Updated: 2024-03-06 10:00:00
Description: d
   Severity: None

===============================================================================
  Important: openssl security update
===============================================================================
  Update ID: LABSA-2024:0001
       Type: security
    Updated: 2024-03-05 10:00:00
       CVEs: CVE-2024-0727
           : CVE-2024-0728
Description: d
   Severity: Important
`;

const patches = dnfPatches({
  installed: readRpmList(RPM),
  upgrades: readUpgrades(UPGRADES),
  pending: readAdvisories(LIST),
  applied: readAdvisories(INSTALLED),
  facts: readAdvisoryFacts(INFO),
});

const judged = (now: string, baseline = defaultBaseline('ROCKY_LINUX').baseline) => {
  const judgement = judge(patches, { baseline, now: new Date(now), awaitingRestart: new Set(), failed: new Set() });
  return Object.fromEntries(judgement.patches.map(({ patch, state }) => [patch.id, state]));
};

describe('what dnf says', () => {
  test('is one patch for each package that has a newer version, with its advisory', () => {
    expect(patches.filter(({ wanted }) => wanted !== null)).toMatchObject([
      { id: 'bash.noarch', classification: 'Bugfix', severity: 'None', installed: '5.1.8-6.el9', wanted: '5.1.8-9.el9' },
      {
        id: 'openssl-libs.noarch',
        title: 'openssl-libs-1:3.0.7-27.el9.noarch',
        classification: 'Security',
        severity: 'Important',
        releasedAt: new Date('2024-03-05T10:00:00Z'),
        attributes: { CVE_ID: ['CVE-2024-0727', 'CVE-2024-0728'], ADVISORY_ID: ['LABSA-2024:0001'], REPOSITORY: ['lab'] },
      },
      { id: 'tzdata.noarch', classification: 'Other', isSecurity: false },
      { id: 'vim-common.noarch', classification: 'Other' },
    ]);
  });

  test('is approved by default once it is a week old, security before and bug fixes beside it', () => {
    expect(judged('2024-03-12T09:00:00Z')).toMatchObject({ 'openssl-libs.noarch': 'InstalledOther', 'bash.noarch': 'InstalledOther' });
    expect(judged('2024-03-12T11:00:00Z')).toMatchObject({ 'openssl-libs.noarch': 'Missing', 'bash.noarch': 'InstalledOther' });
    expect(judged('2024-03-14T00:00:00Z')).toMatchObject({
      'openssl-libs.noarch': 'Missing',
      'bash.noarch': 'Missing',
      'tzdata.noarch': 'InstalledOther',
    });
  });

  test('is approved by day, by advisory or by CVE where a baseline says so', () => {
    const baseline = (settings: object) => {
      const read = readBaselines(JSON.stringify([{ OperatingSystem: 'ROCKY_LINUX', ...settings }]));
      if (!read.ok) throw new Error(read.problem);
      return read.value[0];
    };
    const until = {
      ApprovalRules: {
        PatchRules: [{ PatchFilterGroup: { PatchFilters: [{ Key: 'CLASSIFICATION', Values: ['*'] }] }, ApproveUntilDate: '2024-03-05' }],
      },
    };
    const now = '2030-01-01T00:00:00Z';
    expect(judged(now, baseline(until))).toMatchObject({ 'openssl-libs.noarch': 'Missing', 'bash.noarch': 'InstalledOther' });
    expect(judged(now, baseline({ ApprovedPatches: ['CVE-2024-0728'] }))).toMatchObject({ 'openssl-libs.noarch': 'Missing' });
    const rejected = { ApprovedPatches: ['LABSA*', 'LABBA-2024:0002'], RejectedPatches: ['openssl-libs-*-27*'] };
    expect(judged(now, baseline(rejected))).toMatchObject({ 'openssl-libs.noarch': 'InstalledOther', 'bash.noarch': 'Missing' });
  });

  test('of dnf 5 has its columns in another order', () => {
    const line = 'FEDORA-2024-1 security  Important openssl-libs-1:3.2.1-2.fc40.x86_64 2024-02-01 10:00:00\n';
    const header = 'Name          Type      Severity  Package                              Issued\n';
    expect(readAdvisories(header + line)).toEqual([
      { id: 'FEDORA-2024-1', classification: 'Security', severity: 'Important', nevra: 'openssl-libs-1:3.2.1-2.fc40.x86_64' },
    ]);
  });
});
