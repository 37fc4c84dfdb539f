/** Platforms by their names in manifests, as people call them. */
const PLATFORM_WORDS: ReadonlyMap<string, string> = new Map([
  ['_any', 'Any platform'],
  ['windows', 'Windows'],
  ['macos', 'macOS'],
  ['mac_os_x', 'macOS'],
  ['debian', 'Debian'],
  ['ubuntu', 'Ubuntu'],
  ['raspbian', 'Raspberry Pi OS'],
  ['redhat', 'Red Hat'],
  ['centos', 'CentOS'],
  ['rocky', 'Rocky Linux'],
  ['almalinux', 'AlmaLinux'],
  ['oracle', 'Oracle Linux'],
  ['amazon', 'Amazon Linux'],
  ['fedora', 'Fedora'],
  ['suse', 'SUSE'],
  ['opensuseleap', 'openSUSE Leap'],
  ['alpine', 'Alpine'],
  ['arch', 'Arch'],
  ['gentoo', 'Gentoo'],
]);

export const platformText = (platform: string): string => PLATFORM_WORDS.get(platform) ?? platform;

export const platformsText = (platforms: readonly string[]): string => [...new Set(platforms.map(platformText))].join(', ');

export const platformChoices = [...PLATFORM_WORDS].filter(([value]) => value !== 'mac_os_x').map(([value, label]) => ({ value, label }));

export const architectureChoices = [
  { value: '_any', label: 'Any' },
  { value: 'x86_64', label: 'x86_64' },
  { value: 'arm64', label: 'arm64' },
  { value: '386', label: '386' },
];

/** One place of a manifest: which release and architecture of the platform. */
export function placeText({ platform, release, architecture }: { platform: string; release: string; architecture: string }): string {
  const parts = [release, architecture].filter((part) => part !== '_any' && part !== '*');
  return [platformText(platform), ...parts].join(' ');
}

/** What a file is probably for, by its name. */
export function likelyPlatform(fileName: string): string {
  const name = fileName.toLowerCase();
  if (/\.(msi|ps1)$/.test(name) || name.includes('windows')) return 'windows';
  if (name.endsWith('.deb')) return 'debian';
  if (name.endsWith('.rpm')) return 'redhat';
  return name.endsWith('.pkg') ? 'macos' : '_any';
}

const NAME = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,128}$/;

/** What is wrong with a name or a version; null while nothing is typed. */
export const safeNameProblem = (text: string): string | null =>
  text === '' || NAME.test(text) ? null : 'Up to 128 letters, digits and . _ -';
