import type { InventoryEntry } from '../protocol/inventory.ts';
import { APK_DATABASES, apkApplications } from './apk.ts';
import { BREW_QUERY, brewApplications } from './brew.ts';
import { DPKG_QUERY, dpkgApplications } from './dpkg.ts';
import type { Collected, Machine } from './machine.ts';
import { PACMAN_QUERY, pacmanApplications } from './pacman.ts';
import { RPM_QUERY, rpmApplications } from './rpm.ts';
import { windowsApplications } from './windows.ts';

interface PackageManager {
  readonly program: string;
  readonly query: readonly string[];
  readonly read: (printed: string) => InventoryEntry[];
}

const onLinux: readonly PackageManager[] = [
  { program: 'dpkg-query', query: DPKG_QUERY, read: dpkgApplications },
  { program: 'rpm', query: RPM_QUERY, read: rpmApplications },
  { program: 'pacman', query: PACMAN_QUERY, read: pacmanApplications },
];
const brew: PackageManager = { program: 'brew', query: BREW_QUERY, read: brewApplications };

const byName = (a: InventoryEntry, b: InventoryEntry): number => {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Every package manager that is here is asked: some machines have two. The order is that of the entries, so that a hash holds. */
export async function applications(machine: Machine): Promise<Collected> {
  if (machine.platform === 'Windows') return windowsApplications(machine);
  const found: InventoryEntry[] = [];
  let asked = 0;
  for (const { program, query, read } of machine.platform === 'MacOS' ? [brew] : [...onLinux, brew]) {
    const file = machine.find(program);
    if (file === null) continue;
    asked += 1;
    const printed = await machine.run(file, query);
    // Half of what is installed is not what is installed.
    if (printed === null) return null;
    found.push(...read(printed));
  }
  const database = APK_DATABASES.map((file) => machine.read(file)).find((text) => text !== null) ?? null;
  if (database !== null) found.push(...apkApplications(database));
  if (asked === 0 && database === null) {
    machine.warn('No package manager that is known is on this node: dpkg, rpm, apk, pacman, brew.');
    return null;
  }
  return found.sort(byName);
}
