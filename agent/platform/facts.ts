import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

export type PlatformType = 'Linux' | 'MacOS' | 'Windows';

/** What a node tells about itself; spelled as DescribeInstanceInformation spells it. */
export interface MachineFacts {
  readonly platformType: PlatformType;
  readonly platformName: string;
  readonly platformVersion: string;
  readonly architecture: string;
  readonly computerName: string;
  readonly ipAddress: string;
}

const LONGEST_FACT = 256;

export function machineFacts(): MachineFacts {
  const { name, version } = systemRelease();
  return {
    platformType: platformType(),
    platformName: name.slice(0, LONGEST_FACT),
    platformVersion: version.slice(0, LONGEST_FACT),
    architecture: os.machine().slice(0, LONGEST_FACT),
    computerName: os.hostname().slice(0, LONGEST_FACT),
    ipAddress: primaryAddress(os.networkInterfaces()),
  };
}

/** Anything that is neither Windows nor macOS is taken for Linux: its actions are those of a system with /bin/sh. */
export function platformType(): PlatformType {
  if (process.platform === 'win32') return 'Windows';
  return process.platform === 'darwin' ? 'MacOS' : 'Linux';
}

/** Another value after every start of the machine, and the same in between. */
export function bootId(): string {
  switch (platformType()) {
    case 'Linux':
      return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    case 'MacOS':
      return output('sysctl', ['-n', 'kern.bootsessionuuid']);
    case 'Windows':
      return windowsBootId();
  }
}

/** NAME and VERSION_ID of an os-release file, as AWS reports them ("Debian GNU/Linux", "12"). */
export function releaseOf(osRelease: string): { name: string; version: string } {
  const value = (key: string) => new RegExp(`^${key}=["']?(.*?)["']?\\s*$`, 'm').exec(osRelease)?.[1] ?? '';
  return { name: value('NAME') || 'Linux', version: value('VERSION_ID') };
}

/** The first address by which others may know this machine; IPv4 before IPv6, loopback only when there is nothing else. */
export function primaryAddress(interfaces: NodeJS.Dict<os.NetworkInterfaceInfo[]>): string {
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  const outside = addresses.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  const best = outside.find(({ family }) => family === 'IPv4') ?? outside[0] ?? addresses[0];
  return best?.address ?? '';
}

function systemRelease(): { name: string; version: string } {
  switch (platformType()) {
    case 'Linux':
      return releaseOf(osRelease());
    case 'MacOS':
      return { name: 'macOS', version: output('sw_vers', ['-productVersion']) };
    case 'Windows':
      return { name: os.version(), version: os.release() };
  }
}

function osRelease(): string {
  for (const file of ['/etc/os-release', '/usr/lib/os-release']) {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      // A machine without the file has no name for its distribution; the other place is tried first.
    }
  }
  return '';
}

/** Windows counts its starts in the registry. Where it does not, the moment of the start, by the minute, has to do. */
function windowsBootId(): string {
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters';
  const count = /BootId\s+REG_DWORD\s+(0x[0-9a-f]+)/i.exec(output('reg', ['query', key, '/v', 'BootId']))?.[1];
  return count ?? `started-${Math.round((performance.timeOrigin + performance.now() - os.uptime() * 1000) / 60_000)}`;
}

function output(program: string, argumentList: string[]): string {
  try {
    return execFileSync(program, argumentList, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5000 }).trim();
  } catch {
    // A fact that the system does not tell is left empty: no reason for an agent not to start.
    return '';
  }
}
