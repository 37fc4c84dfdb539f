import { describe, expect, test } from 'vitest';
import type { ParameterPageQuery, StoredParameter } from '../../../../electron/controller/store/parameter-store.ts';
import { minutesOn, NOW } from './instants.ts';
import { temporaryStores } from './temporary-database.ts';

const aParameter = (name: string, settings: Partial<StoredParameter> = {}): StoredParameter => ({
  name,
  type: 'String',
  dataType: 'text',
  version: 1,
  description: '',
  allowedPattern: null,
  createdAt: NOW,
  lastModifiedAt: NOW,
  storedValue: '8080',
  ...settings,
});

const everything: ParameterPageQuery = {
  search: '',
  path: null,
  recursive: true,
  type: null,
  sort: 'name',
  order: 'ascending',
  offset: 0,
  limit: 50,
};

describe('a parameter', () => {
  test('comes back with the settings of its newest version, and keeps the older ones', () => {
    const { parameters } = temporaryStores();
    const first = aParameter('/lab/port', { description: 'Of the web server' });
    const second = { ...first, version: 2, storedValue: '9090', allowedPattern: '^[0-9]+$', lastModifiedAt: minutesOn(1) };
    parameters.insert(first);
    parameters.addVersion(second, { forgetUpTo: 0 });
    expect(parameters.find('/lab/port')).toEqual(second);
    expect(parameters.version('/lab/port', 1)).toMatchObject({
      storedValue: '8080',
      allowedPattern: null,
      description: 'Of the web server',
    });
    expect(parameters.versions('/lab/port').map(({ version }) => version)).toEqual([2, 1]);
    expect([parameters.find('/Lab/port'), parameters.version('/lab/port', 3)]).toEqual([null, null]);
  });

  test('lets go of the versions that are too old', () => {
    const { parameters } = temporaryStores();
    parameters.insert(aParameter('port'));
    for (let version = 2; version <= 5; version += 1) parameters.addVersion(aParameter('port', { version }), { forgetUpTo: version - 3 });
    expect(parameters.versions('port').map(({ version }) => version)).toEqual([5, 4, 3]);
  });

  test('that is deleted leaves nothing, so that its name is free again', () => {
    const { parameters } = temporaryStores();
    parameters.insert(aParameter('port'));
    expect([parameters.delete('port'), parameters.delete('port')]).toEqual([true, false]);
    expect([parameters.find('port'), parameters.versions('port'), parameters.count()]).toEqual([null, [], 0]);
    parameters.insert(aParameter('port'));
    expect(parameters.names()).toEqual(['port']);
  });
});

describe('a page of parameters', () => {
  const names = (query: Partial<ParameterPageQuery>) => {
    const { parameters } = temporaryStores();
    for (const name of ['/lab/port', '/lab/web/host', '/labour', 'plain', '/lab/web/tls/key'])
      parameters.insert(aParameter(name, { type: name.endsWith('key') ? 'SecureString' : 'String', description: `About ${name}` }));
    const { rows, total } = parameters.page({ ...everything, ...query });
    return { names: rows.map(({ name }) => name), total };
  };

  test('has all of them by name, or some of them', () => {
    expect(names({})).toEqual({ names: ['/lab/port', '/lab/web/host', '/lab/web/tls/key', '/labour', 'plain'], total: 5 });
    expect(names({ order: 'descending', offset: 1, limit: 2 })).toEqual({ names: ['/labour', '/lab/web/tls/key'], total: 5 });
  });

  test('is filtered by what is searched, by type and by level', () => {
    expect(names({ search: 'HOST' }).names).toEqual(['/lab/web/host']);
    expect(names({ search: 'about plain' }).names).toEqual(['plain']);
    expect(names({ type: 'SecureString' })).toEqual({ names: ['/lab/web/tls/key'], total: 1 });
    expect(names({ path: '/lab' }).names).toEqual(['/lab/port', '/lab/web/host', '/lab/web/tls/key']);
    expect(names({ path: '/lab', recursive: false }).names).toEqual(['/lab/port']);
    expect(names({ path: '/', recursive: false }).names).toEqual(['/labour']);
    expect(names({ path: '/lab/%' }).names).toEqual([]);
  });
});

test('names are offered by any part of them, those that have it first at the top', () => {
  const { parameters } = temporaryStores();
  for (const name of ['/lab/web/port', 'port', 'host']) parameters.insert(aParameter(name));
  expect(parameters.namesWith('PORT', 20).map(({ name }) => name)).toEqual(['port', '/lab/web/port']);
  expect(parameters.namesWith('', 2)).toHaveLength(2);
});
