import type { PackageScript } from './package.ts';

export type ScriptText = { name: PackageScript; text: string };

/** What an installer of one kind needs beside it; its file name has nothing that a shell would read (PackageFileName). */
export type InstallerKind = { extension: string; platforms: 'windows' | 'others'; scripts(fileName: string): ScriptText[] };

const sh = (lines: string[]): string => ['#!/bin/sh', ...lines, ''].join('\n');
const ps1 = (lines: string[]): string => [...lines, ''].join('\r\n');

const deb: InstallerKind = {
  extension: '.deb',
  platforms: 'others',
  scripts: (file) => [
    {
      name: 'install.sh',
      text: sh([
        'export DEBIAN_FRONTEND=noninteractive',
        'if command -v apt-get >/dev/null 2>&1; then',
        `  exec apt-get install -y --allow-downgrades -o Dpkg::Options::=--force-confold './${file}'`,
        'fi',
        `exec dpkg -i './${file}'`,
      ]),
    },
    {
      name: 'uninstall.sh',
      text: sh([
        'export DEBIAN_FRONTEND=noninteractive',
        `name=$(dpkg-deb -f './${file}' Package) || exit 1`,
        'dpkg -s "$name" >/dev/null 2>&1 || exit 0',
        'exec dpkg -r "$name"',
      ]),
    },
  ],
};

const rpm: InstallerKind = {
  extension: '.rpm',
  platforms: 'others',
  scripts: (file) => [
    {
      name: 'install.sh',
      text: sh([
        `if command -v dnf >/dev/null 2>&1; then exec dnf install -y './${file}'; fi`,
        `if command -v yum >/dev/null 2>&1; then exec yum install -y './${file}'; fi`,
        `if command -v zypper >/dev/null 2>&1; then exec zypper --non-interactive install --allow-unsigned-rpm './${file}'; fi`,
        `exec rpm -U --replacepkgs './${file}'`,
      ]),
    },
    {
      name: 'uninstall.sh',
      text: sh([
        `name=$(rpm -qp --nosignature --qf '%{NAME}' './${file}') || exit 1`,
        'rpm -q "$name" >/dev/null 2>&1 || exit 0',
        'exec rpm -e "$name"',
      ]),
    },
  ],
};

const msiexec = (option: string, file: string): string =>
  ps1([
    `$file = Join-Path $PSScriptRoot '${file}'`,
    `$done = Start-Process -FilePath msiexec.exe -ArgumentList @('${option}', "\`"$file\`"", '/quiet', '/norestart') -Wait -PassThru`,
    'exit $done.ExitCode',
  ]);

const msi: InstallerKind = {
  extension: '.msi',
  platforms: 'windows',
  scripts: (file) => [
    { name: 'install.ps1', text: msiexec('/i', file) },
    { name: 'uninstall.ps1', text: msiexec('/x', file) },
  ],
};

const pkg: InstallerKind = {
  extension: '.pkg',
  platforms: 'others',
  scripts: (file) => [{ name: 'install.sh', text: sh([`exec installer -pkg './${file}' -target /`]) }],
};

/** The files that a package is made of here without anybody writing scripts for them. */
export const INSTALLER_KINDS: readonly InstallerKind[] = [deb, rpm, msi, pkg];

/** Of a file that is nothing but its installation script. */
export function scriptName(fileName: string): 'install.sh' | 'install.ps1' | null {
  if (/\.sh$/i.test(fileName)) return 'install.sh';
  return /\.ps1$/i.test(fileName) ? 'install.ps1' : null;
}

export const installerKind = (fileName: string): InstallerKind | null =>
  INSTALLER_KINDS.find(({ extension }) => fileName.toLowerCase().endsWith(extension)) ?? null;
