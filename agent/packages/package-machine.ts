import { machineFacts } from '../platform/facts.ts';
import type { ActionContext } from '../steps/action.ts';

/** Where a package is for, as Distributor's manifests name it. */
export interface PackageMachine {
  readonly platform: string;
  readonly release: string;
  readonly architecture: string;
}

/** By the beginning of the name that the system gives itself. */
const PLATFORMS: readonly (readonly [RegExp, string])[] = [
  [/^amazon linux/i, 'amazon'],
  [/^debian/i, 'debian'],
  [/^ubuntu/i, 'ubuntu'],
  [/^raspbian/i, 'raspbian'],
  [/^red hat/i, 'redhat'],
  [/^centos/i, 'centos'],
  [/^rocky/i, 'rocky'],
  [/^alma/i, 'almalinux'],
  [/^oracle/i, 'oracle'],
  [/^fedora/i, 'fedora'],
  [/^(sles|suse)/i, 'suse'],
  [/^opensuse leap/i, 'opensuseleap'],
  [/^opensuse/i, 'opensuse'],
  [/^alpine/i, 'alpine'],
  [/^arch/i, 'arch'],
  [/^gentoo/i, 'gentoo'],
];

const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['amd64', 'x86_64'],
  ['x64', 'x86_64'],
  ['aarch64', 'arm64'],
  ['i386', '386'],
  ['i686', '386'],
]);

type NamedMachine = { platformType: string; platformName: string; platformVersion: string; architecture: string };

export function packageMachine(
  { platformType, platformName, platformVersion, architecture }: NamedMachine = machineFacts(),
): PackageMachine {
  const linux = PLATFORMS.find(([name]) => name.test(platformName))?.[1] ?? (platformName.toLowerCase().split(/\s/, 1)[0] || 'linux');
  const platform = platformType === 'Windows' ? 'windows' : platformType === 'MacOS' ? 'macos' : linux;
  const machine = architecture.toLowerCase();
  return { platform, release: platformVersion, architecture: ARCHITECTURES.get(machine) ?? (machine || 'unknown') };
}

export type ScriptKind = 'install' | 'update' | 'uninstall';

/** What the scripts of packages find in their environment, beside what every script does: the names are the SSM agent's. */
export function packageEnvironment(
  script: ScriptKind,
  { platform, release, architecture }: PackageMachine,
  { environment }: Pick<ActionContext, 'environment'>,
): Record<string, string> {
  return {
    BWS_ACTION_NAME: script,
    BWS_PLATFORM_NAME: platform,
    BWS_PLATFORM_VERSION: release,
    BWS_ARCHITECTURE: architecture,
    BWS_INSTANCE_ID: environment.AWS_SSM_INSTANCE_ID ?? '',
    BWS_REGION: environment.AWS_SSM_REGION_NAME ?? '',
  };
}
