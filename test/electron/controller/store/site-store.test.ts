import { expect, test } from 'vitest';
import { SiteId } from '../../../../agent/protocol/ids.ts';
import { NOW } from './instants.ts';
import { temporaryStores } from './temporary-database.ts';

const site = { siteId: SiteId.parse('00000000-0000-4000-8000-000000000001'), siteName: 'My lab', createdAt: NOW };

test('the site is not there before it is made, and there is one', () => {
  const { sites } = temporaryStores();
  expect(sites.find()).toBeNull();
  sites.insert(site);
  expect(() => sites.insert({ ...site, siteName: 'Another' })).toThrow('CHECK');
  expect(sites.find()).toEqual({ ...site, confirmAbove: 20 });
});

test('the site takes any name', () => {
  const { sites } = temporaryStores();
  sites.insert(site);
  sites.rename("Physics’ “lab”'");
  expect(sites.find()).toMatchObject({ siteName: "Physics’ “lab”'" });
});

test('the limit above which a change is confirmed is kept', () => {
  const { sites } = temporaryStores();
  sites.insert(site);
  sites.setConfirmAbove(0);
  expect(sites.find()?.confirmAbove).toBe(0);
});
