import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processesWith } from '../builders/living-processes.ts';
import { clientByLink, ServedApp, until } from './served-app.ts';
import type { Client } from './site.ts';

let app: ServedApp;

beforeEach(async () => {
  app = await ServedApp.start({ args: ['--hub-port', '0', '--sample-lab', '2'] });
});

afterEach(() => app.remove());

const associations = async (client: Client) =>
  (await client.associations.list({ search: '', status: null, sort: 'title', order: 'ascending', offset: 0, limit: 20 })).rows;
const nodes = async (client: Client) =>
  (await client.nodes.list({ search: '', pingStatus: null, sort: 'name', order: 'ascending', offset: 0, limit: 20 })).rows;

/** Two sample nodes and three associations, each applied to both. */
const labIsThere = (client: Client) =>
  until(client, async () => {
    const rows = await associations(client);
    return rows.length === 3 && rows.every((row) => row.overview.counts.Success === 2) ? rows : null;
  });

test('its nodes are real agents, tagged and marked as sample, with three associations that succeed on all of them', async () => {
  const client = await clientByLink(await app.link());
  const rows = await labIsThere(client);
  expect(rows.every((row) => row.isSample)).toBe(true);
  const samples = (await nodes(client)).filter((node) => node.origin === 'SampleLab');
  expect(samples).toHaveLength(2);
  for (const sample of samples) expect(sample.tags).toContainEqual({ key: 'lab', value: 'sample' });
  expect(processesWith(join(app.dataFolder, 'sample-lab'))).toHaveLength(2);
});

test('it is removed whole by one call: nodes, associations, processes and folders', async () => {
  const client = await clientByLink(await app.link());
  await labIsThere(client);
  expect(await client.site.removeSampleLab()).toEqual({ nodes: [], associations: 0 });
  expect((await nodes(client)).map((node) => node.origin)).toEqual(['LocalAgent']);
  expect(await associations(client)).toEqual([]);
  expect(processesWith(join(app.dataFolder, 'sample-lab'))).toEqual([]);
  expect(readdirSync(join(app.dataFolder, 'sample-lab'))).toEqual([]);
});

test('a start with --sample-lab 0 removes the one that was there', async () => {
  await labIsThere(await clientByLink(await app.link()));
  await app.interrupt();
  const again = await ServedApp.start({ dataFolder: app.dataFolder, args: ['--hub-port', '0', '--sample-lab', '0'] });
  try {
    const client = await clientByLink(await again.link());
    await until(client, async () => ((await nodes(client)).length === 1 && (await associations(client)).length === 0 ? true : null));
    expect(existsSync(join(app.dataFolder, 'sample-lab', 'sample-01'))).toBe(false);
  } finally {
    await again.interrupt();
  }
});
