import type { InventoryEntry } from '../protocol/inventory.ts';
import { architectureName, entryOf, isoOfSeconds } from './machine.ts';

const FIELDS = [
  'db:Status-Status',
  'Package',
  'Version',
  'Architecture',
  'Maintainer',
  'Homepage',
  'Section',
  'db-fsys:Last-Modified',
  'binary:Summary',
];

export const DPKG_QUERY: readonly string[] = ['-W', `-f=${FIELDS.map((field) => `\${${field}}`).join('\\t')}\\n`];

/** What `dpkg-query` printed for DPKG_QUERY: packages that are installed. */
export function dpkgApplications(printed: string): InventoryEntry[] {
  return printed.split('\n').flatMap((line) => {
    const [status, name, version = '', architecture = '', maintainer, homepage, section, modified = '', ...summary] = line.split('\t');
    if (name === undefined || status !== 'installed') return [];
    return [
      entryOf({
        Name: name,
        Version: version,
        Publisher: maintainer,
        ApplicationType: section,
        Architecture: architectureName(architecture),
        URL: homepage,
        Summary: summary.join(' '),
        InstalledTime: isoOfSeconds(modified),
        PackageId: `${name}_${version}_${architecture}.deb`,
      }),
    ];
  });
}
