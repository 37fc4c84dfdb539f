/** What ships with Holdfast, with the licence that each package declares. A test holds this to the packages themselves. */
export const LICENCES: Readonly<Record<string, string>> = {
  '@codemirror/lang-json': 'MIT',
  '@codemirror/lang-yaml': 'MIT',
  '@codemirror/language': 'MIT',
  '@codemirror/lint': 'MIT',
  '@codemirror/search': 'MIT',
  '@codemirror/state': 'MIT',
  '@codemirror/view': 'MIT',
  '@lezer/highlight': 'MIT',
  '@mantine/core': 'MIT',
  '@mantine/hooks': 'MIT',
  '@mantine/notifications': 'MIT',
  '@orpc/client': 'MIT',
  '@orpc/contract': 'MIT',
  '@orpc/server': 'MIT',
  '@peculiar/x509': 'MIT',
  '@tabler/icons-react': 'MIT',
  '@tanstack/react-table': 'MIT',
  '@tanstack/react-virtual': 'MIT',
  aws4fetch: 'MIT',
  'better-sqlite3': 'MIT',
  codemirror: 'MIT',
  diff: 'BSD-3-Clause',
  'env-paths': 'MIT',
  execa: 'MIT',
  'ical.js': 'MPL-2.0',
  kysely: 'MIT',
  'node-cron': 'ISC',
  react: 'MIT',
  'react-dom': 'MIT',
  'reflect-metadata': 'Apache-2.0',
  tar: 'BlueOak-1.0.0',
  uuid: 'MIT',
  'windows-iana': 'MIT',
  ws: 'MIT',
  yaml: 'ISC',
  yauzl: 'MIT',
  zod: 'MIT',
  zustand: 'MIT',
};

/** The most common licence first. */
export function packagesByLicence(): { licence: string; names: string[] }[] {
  const found = Map.groupBy(Object.keys(LICENCES), (name) => LICENCES[name] ?? '');
  return [...found].map(([licence, names]) => ({ licence, names })).sort((a, b) => b.names.length - a.names.length);
}
