import { describe, expect, test } from 'vitest';
import { minutesOn } from './instants.ts';
import { aDocument, aVersion } from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

describe('a document', () => {
  test('comes back with its version, and is listed by name', () => {
    const { documents } = temporaryStores();
    documents.insert(aDocument('Own'), aVersion('Own'));
    documents.insert(aDocument('Alias', { owner: 'Holdfast', aliasOf: 'Own' }), aVersion('Alias'));
    expect(documents.find('Own')).toEqual(aDocument('Own'));
    expect(documents.version('Own', 1)).toEqual(aVersion('Own'));
    expect([documents.find('own'), documents.version('Own', 2)]).toEqual([null, null]);
    expect(documents.list().map((document) => document.name)).toEqual(['Alias', 'Own']);
    expect(documents.count()).toBe(2);
  });

  test('has a new version without its default being moved', () => {
    const { documents } = temporaryStores();
    documents.insert(aDocument('Own'), aVersion('Own'));
    const second = aVersion('Own', { documentVersion: 2, content: '{}', format: 'JSON', createdAt: minutesOn(1) });
    documents.addVersion(second, { description: 'Says goodbye', platformTypes: ['Windows'] });
    expect(documents.find('Own')).toMatchObject({
      defaultVersion: 1,
      latestVersion: 2,
      description: 'Says goodbye',
      platformTypes: ['Windows'],
    });
    documents.addVersion({ ...second, documentVersion: 3 }, { description: '', platformTypes: [] });
    expect(documents.find('Own')).toMatchObject({ defaultVersion: 1, latestVersion: 3 });
    documents.setDefault('Own', 2);
    expect(documents.find('Own')?.defaultVersion).toBe(2);
    expect(documents.versions('Own').map((version) => version.documentVersion)).toEqual([3, 2, 1]);
    expect(documents.version('Own', 2)).toEqual(second);
  });

  test('that is deleted leaves no version, so that its name is free again', () => {
    const { documents } = temporaryStores();
    documents.insert(aDocument('Own'), aVersion('Own'));
    documents.delete('Own');
    expect([documents.find('Own'), documents.version('Own', 1), documents.count()]).toEqual([null, null, 0]);
    documents.insert(aDocument('Own'), aVersion('Own'));
    expect(documents.find('Own')).not.toBeNull();
  });
});
