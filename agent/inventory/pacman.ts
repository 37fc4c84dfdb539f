import type { InventoryEntry } from '../protocol/inventory.ts';
import { entryOf } from './machine.ts';

export const PACMAN_QUERY: readonly string[] = ['-Qi'];

/** pacman prints a local time, by itself as in `Tue 04 Mar 2025 10:11:12 AM UTC`: kept only where it is UTC. */
function installedTime(date: string | undefined): string | undefined {
  if (date === undefined || !/ (UTC|GMT)$/.test(date)) return undefined;
  const instant = new Date(date);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString().replace('.000Z', 'Z');
}

/** What `pacman -Qi` printed in the C locale. */
export function pacmanApplications(printed: string): InventoryEntry[] {
  return printed.split(/\n{2,}/).flatMap((paragraph) => {
    const facts = new Map([...paragraph.matchAll(/^(\S[^:\n]*?)\s*: (.*)$/gm)].map(([, fact = '', value = '']) => [fact, value]));
    const [name, version] = [facts.get('Name'), facts.get('Version')];
    if (name === undefined || version === undefined) return [];
    const architecture = facts.get('Architecture') ?? '';
    return [
      entryOf({
        Name: name,
        Version: version,
        Publisher: facts.get('Packager'),
        Architecture: architecture,
        URL: facts.get('URL'),
        Summary: facts.get('Description'),
        InstalledTime: installedTime(facts.get('Install Date')),
        PackageId: `${name}-${version}-${architecture}.pkg.tar.zst`,
      }),
    ];
  });
}
