import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LICENCES, packagesByLicence } from '../../../renderer/settings/licences.ts';
import { projectRoot } from '../../project-root.ts';

const packageFile = (...path: string[]): Record<string, unknown> =>
  JSON.parse(readFileSync(join(projectRoot, ...path, 'package.json'), 'utf8'));

test('every package that ships is named', () => {
  const { dependencies } = packageFile();
  expect(Object.keys(dependencies ?? {}).filter((name) => !Object.hasOwn(LICENCES, name))).toEqual([]);
});

test.each(Object.entries(LICENCES))('%s declares the licence %s', (name, licence) => {
  expect(packageFile('node_modules', name).license).toBe(licence);
});

test('packages are listed under their licence, the most common one first', () => {
  const groups = packagesByLicence();
  expect(groups.flatMap(({ names }) => names)).toHaveLength(Object.keys(LICENCES).length);
  expect(groups.map(({ names }) => names.length)).toEqual(groups.map(({ names }) => names.length).sort((a, b) => b - a));
});
