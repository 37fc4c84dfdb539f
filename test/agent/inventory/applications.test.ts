import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { apkApplications } from '../../../agent/inventory/apk.ts';
import { applications } from '../../../agent/inventory/applications.ts';
import { brewApplications } from '../../../agent/inventory/brew.ts';
import { dpkgApplications } from '../../../agent/inventory/dpkg.ts';
import { pacmanApplications } from '../../../agent/inventory/pacman.ts';
import { rpmApplications } from '../../../agent/inventory/rpm.ts';
import { windowsApplications } from '../../../agent/inventory/windows.ts';
import { aMachine } from './a-machine.ts';

const hasDpkg = process.platform === 'linux' && execFileSync('sh', ['-c', 'command -v dpkg-query || true']).length > 0;

describe('the applications of a machine', () => {
  test.runIf(hasDpkg)('are what dpkg has installed here, each with its version', async () => {
    const found = await applications(aMachine());
    const [name = '', version = ''] = execFileSync('dpkg-query', ['-W', 'dpkg'], { encoding: 'utf8' }).trim().split('\t');
    expect(found?.find(({ Name }) => Name === name)).toMatchObject({ Version: version, PackageId: expect.stringMatching(/\.deb$/) });
    const installed = readFileSync('/var/lib/dpkg/status', 'utf8').match(/^Status: \S+ ok installed$/gm);
    expect(found).toHaveLength(installed?.length ?? 0);
  });

  test('that dpkg has removed, but for their configuration, are none', () => {
    const printed = [
      'installed\tlibssl3\t3.0.15-1~deb12u1\tamd64\tDebian OpenSSL Team <pkg-openssl-devel@lists.debian.org>\thttps://www.openssl.org/\tlibs\t1747699200\tSecure Sockets Layer toolkit - shared libraries',
      'config-files\tnginx\t1.22.1-9\tamd64\tDebian\thttps://nginx.net\thttpd\t1747699200\tsmall web server',
      '',
    ].join('\n');
    expect(dpkgApplications(printed)).toEqual([
      {
        Name: 'libssl3',
        Version: '3.0.15-1~deb12u1',
        Publisher: 'Debian OpenSSL Team <pkg-openssl-devel@lists.debian.org>',
        ApplicationType: 'libs',
        Architecture: 'x86_64',
        URL: 'https://www.openssl.org/',
        Summary: 'Secure Sockets Layer toolkit - shared libraries',
        InstalledTime: '2025-05-20T00:00:00Z',
        PackageId: 'libssl3_3.0.15-1~deb12u1_amd64.deb',
      },
    ]);
  });

  test('of rpm have epoch and release, and no signing keys among them', () => {
    const printed = [
      'openssl\t3.0.7\t27.el9\t1\tx86_64\tRed Hat, Inc.\thttp://www.openssl.org/\tUnspecified\t1714562212\tUtilities from the general purpose cryptography library with TLS implementation',
      'gpg-pubkey\tfd431d51\t4ae0493b\t(none)\t(none)\t(none)\t(none)\tPublic Keys\t1714562000\tRed Hat, Inc. (release key 2) public key',
      'bash\t5.1.8\t9.el9\t(none)\tx86_64\tRed Hat, Inc.\thttps://www.gnu.org/software/bash\tUnspecified\t1714562100\tThe GNU Bourne Again shell',
      '',
    ].join('\n');
    expect(rpmApplications(printed)).toMatchObject([
      { Name: 'openssl', Version: '3.0.7', Release: '27.el9', Epoch: '1', InstalledTime: '2024-05-01T11:16:52Z' },
      { Name: 'bash', Version: '5.1.8', Release: '9.el9', PackageId: 'bash-5.1.8-9.el9.x86_64.rpm' },
    ]);
    expect(rpmApplications(printed)[1]).not.toHaveProperty('Epoch');
  });

  test('of apk are read from its own database', () => {
    const database = `C:Q1/se1PjO94hYXbfpNR1/61hVORIc=
P:musl
V:1.2.5-r0
A:x86_64
S:407278
I:667648
T:the musl c library (libc) implementation
U:https://musl.libc.org/
L:MIT
o:musl
m:Timo Teräs <timo.teras@iki.fi>
t:1709299131
c:ffb8b5d8
F:lib
R:ld-musl-x86_64.so.1
a:0:0:755

C:Q1ZbFzGUqAtGEOjVQ5GmDUxyNJEXE=
P:busybox
V:1.36.1-r29
A:x86_64
T:Size optimized toolbox of many common UNIX utilities
U:https://busybox.net/
F:bin
R:busybox

`;
    expect(apkApplications(database)).toMatchObject([
      { Name: 'musl', Version: '1.2.5-r0', Publisher: 'Timo Teräs <timo.teras@iki.fi>', PackageId: 'musl-1.2.5-r0.apk' },
      { Name: 'busybox', Version: '1.36.1-r29', URL: 'https://busybox.net/' },
    ]);
  });

  test('of pacman keep the time of their installation where it is in UTC', () => {
    const printed = `Name            : zlib
Version         : 1:1.3.1-2
Description     : Compression library implementing the deflate compression method
Architecture    : x86_64
URL             : https://www.zlib.net/
Licenses        : Zlib
Packager        : Levente Polyak <anthraxx@archlinux.org>
Install Date    : Tue 04 Mar 2025 10:11:12 AM UTC
Install Reason  : Installed as a dependency for another package

`;
    expect(pacmanApplications(printed)).toMatchObject([
      { Name: 'zlib', Version: '1:1.3.1-2', InstalledTime: '2025-03-04T10:11:12Z', PackageId: 'zlib-1:1.3.1-2-x86_64.pkg.tar.zst' },
    ]);
  });

  test('of brew are its formulae and its casks', () => {
    const printed = JSON.stringify({
      formulae: [
        {
          name: 'openssl@3',
          full_name: 'openssl@3',
          tap: 'homebrew/core',
          desc: 'Cryptography and SSL/TLS Toolkit',
          homepage: 'https://openssl-library.org',
          installed: [{ version: '3.4.1', used_options: [], time: 1740000000, installed_as_dependency: true }],
        },
      ],
      casks: [
        {
          token: 'firefox',
          name: ['Mozilla Firefox'],
          desc: 'Web browser',
          homepage: 'https://www.mozilla.org/firefox/',
          installed: '136.0',
          installed_time: 1741000000,
        },
      ],
    });
    expect(brewApplications(printed)).toMatchObject([
      { Name: 'openssl@3', Version: '3.4.1', ApplicationType: 'formula', InstalledTime: '2025-02-19T21:20:00Z' },
      { Name: 'firefox', Version: '136.0', ApplicationType: 'cask' },
    ]);
  });

  test('of Windows come from the registry by PowerShell, one alone as well as many', async () => {
    const one =
      '\uFEFF{"Name":"7-Zip 24.09 (x64)","Version":"24.09","Publisher":"Igor Pavlov","InstalledTime":"20250304","URL":null,"Architecture":"x86_64","PackageId":"7-Zip"}\r\n';
    const machine = aMachine({
      platform: 'Windows',
      find: (name) => (name === 'powershell' ? 'powershell.exe' : null),
      run: async () => one,
    });
    expect(await windowsApplications(machine)).toEqual([
      {
        Name: '7-Zip 24.09 (x64)',
        Version: '24.09',
        Publisher: 'Igor Pavlov',
        InstalledTime: '2025-03-04T00:00:00Z',
        Architecture: 'x86_64',
        PackageId: '7-Zip',
      },
    ]);
    expect(await windowsApplications(aMachine({ ...machine, run: async () => '' }))).toEqual([]);
  });

  test('are not known at all where a package manager fails: half of them would look like all', async () => {
    const machine = aMachine({
      find: (name) => (name === 'dpkg-query' || name === 'rpm' ? name : null),
      run: async (program) => (program === 'rpm' ? null : 'installed\ta\t1'),
    });
    expect(await applications(machine)).toBeNull();
  });

  test('of a system without a known package manager are not known, and it is said', async () => {
    const warnings: string[] = [];
    expect(await applications(aMachine({ find: () => null, read: () => null, warn: (text) => warnings.push(text) }))).toBeNull();
    expect(warnings.join()).toContain('No package manager');
  });
});
