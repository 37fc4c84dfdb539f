import type { InventoryEntry } from '../protocol/inventory.ts';
import { entryOf, isoOfSeconds } from './machine.ts';

const TAGS = ['NAME', 'VERSION', 'RELEASE', 'EPOCH', 'ARCH', 'VENDOR', 'URL', 'GROUP', 'INSTALLTIME', 'SUMMARY'];

export const RPM_QUERY: readonly string[] = ['-qa', '--qf', `${TAGS.map((tag) => `%{${tag}}`).join('\\t')}\\n`];

/** What rpm prints for a tag that a package has not. */
const given = (value: string | undefined): string => (value === undefined || value === '(none)' ? '' : value);

/** What `rpm` printed for RPM_QUERY. */
export function rpmApplications(printed: string): InventoryEntry[] {
  return printed.split('\n').flatMap((line) => {
    const [name, version, release, epoch, architecture, vendor, url, group, installed, ...summary] = line.split('\t').map(given);
    // Keys that packages are signed with are listed as packages of their own, and are none.
    if (name === undefined || name === '' || version === undefined || name === 'gpg-pubkey') return [];
    return [
      entryOf({
        Name: name,
        Version: version,
        Release: release,
        Epoch: epoch,
        Publisher: vendor,
        ApplicationType: group,
        Architecture: architecture,
        URL: url,
        Summary: summary.join(' '),
        InstalledTime: isoOfSeconds(installed ?? ''),
        PackageId: `${name}-${version}-${release}.${architecture}.rpm`,
      }),
    ];
  });
}
