import { describe, expect, test } from 'vitest';
import type { DocumentIdentifier } from '../../../electron/domain/managed-document.ts';
import { isOwn, matchesOf, platformText, sorted, versionText } from '../../../renderer/documents/document-words.ts';

const aDocument = (part: Partial<DocumentIdentifier> = {}): DocumentIdentifier => ({
  name: 'site-time-sync',
  displayName: null,
  schemaVersion: '2.2',
  owner: 'Self',
  documentType: 'Command',
  description: 'Keeps chrony installed.',
  platformTypes: ['Linux'],
  defaultVersion: 1,
  latestVersion: 1,
  createdAt: new Date('2026-03-01T00:00:00Z'),
  aliasOf: null,
  associationCount: 0,
  ...part,
});

const alias = aDocument({
  name: 'AWS-RunShellScript',
  owner: 'Holdfast',
  aliasOf: 'Holdfast-RunShellScript',
  description: 'Runs shell commands.',
});
const own = aDocument();

describe('searching documents', () => {
  test.each([
    ['time', [own]],
    ['CHRONY', [own]],
    ['holdfast run', [alias]],
    ['', [alias, own]],
    ['nothing of the kind', []],
  ])('%j finds what has every word in its name, alias or description', (search, found) => {
    expect(matchesOf([alias, own], { search, owner: null })).toEqual(found);
  });

  test('can be narrowed to an owner', () => {
    expect(matchesOf([alias, own], { search: '', owner: 'Holdfast' })).toEqual([alias]);
  });
});

describe('the order of documents', () => {
  test('by name does not mind capitals', () => {
    const names = ['beta', 'Alpha', 'gamma'].map((name) => aDocument({ name }));
    expect(sorted(names, { by: 'name', order: 'ascending' }).map(({ name }) => name)).toEqual(['Alpha', 'beta', 'gamma']);
    expect(sorted(names, { by: 'name', order: 'descending' }).map(({ name }) => name)).toEqual(['gamma', 'beta', 'Alpha']);
  });

  test('by use puts equal ones in the order of their names, either way round', () => {
    const used = [aDocument({ name: 'b' }), aDocument({ name: 'a' }), aDocument({ name: 'c', associationCount: 3 })];
    expect(sorted(used, { by: 'used', order: 'descending' }).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    expect(sorted(used, { by: 'used', order: 'ascending' }).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

test('a version is named with the latest one only where they differ', () => {
  expect(versionText({ defaultVersion: 2, latestVersion: 2 })).toBe('2');
  expect(versionText({ defaultVersion: 1, latestVersion: 3 })).toBe('1 (latest 3)');
});

test('only documents of the site itself can be changed', () => {
  expect(isOwn(own)).toBe(true);
  expect(isOwn(alias)).toBe(false);
});

test('platforms are spelled as their makers do', () => {
  expect(platformText(['Linux', 'MacOS'])).toBe('Linux, macOS');
  expect(platformText([])).toBe('None known');
});
