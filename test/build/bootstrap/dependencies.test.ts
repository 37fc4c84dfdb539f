import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dependencyProblem } from '../../../build/bootstrap/dependencies.mjs';
import { temporaryFolder } from '../temporary-folder.ts';

const chosen = { version: '1.0.0', integrity: 'sha512-a' };
const forAnotherPlatform = { version: '1.0.0', integrity: 'sha512-b', optional: true };

/** A project whose lock file names these packages, and whose node_modules holds those. */
function aProject(packages: { locked: object; installed: object | null }): string {
  const root = temporaryFolder();
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': { name: 'x' }, ...packages.locked } }));
  if (packages.installed === null) return root;
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: packages.installed }));
  return root;
}

describe('dependencies are installed', () => {
  test('at the first start', () => {
    expect(dependencyProblem(aProject({ locked: { 'node_modules/a': chosen }, installed: null }))).toBe('first start');
  });

  test('when the last installation was interrupted', () => {
    const root = aProject({ locked: {}, installed: null });
    mkdirSync(join(root, 'node_modules'));
    expect(dependencyProblem(root)).toBe('the last installation did not finish');
  });

  test.each([
    ['a package was added', { locked: { 'node_modules/a': chosen, 'node_modules/b': chosen }, installed: { 'node_modules/a': chosen } }],
    ['a package was removed', { locked: {}, installed: { 'node_modules/a': chosen } }],
    ['a version changed', { locked: { 'node_modules/a': { ...chosen, version: '1.0.1' } }, installed: { 'node_modules/a': chosen } }],
    ['a content changed', { locked: { 'node_modules/a': { ...chosen, integrity: 'x' } }, installed: { 'node_modules/a': chosen } }],
  ])('when the lock file changed: %s', (_what, packages) => {
    expect(dependencyProblem(aProject(packages))).toBe('package-lock.json has changed');
  });
});

test('nothing is installed when all is there, less what is for other platforms', () => {
  const locked = { 'node_modules/a': chosen, 'node_modules/a-windows': forAnotherPlatform };
  expect(dependencyProblem(aProject({ locked, installed: { 'node_modules/a': chosen } }))).toBeNull();
});

test('a lock file that cannot be read is an error with a remedy', () => {
  const root = aProject({ locked: {}, installed: {} });
  writeFileSync(join(root, 'package-lock.json'), '{ "packages": ');
  expect(() => dependencyProblem(root)).toThrow('restore it');
});
