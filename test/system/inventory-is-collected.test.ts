import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { finished, outcomeOf, wholeOutput } from './outcome.ts';
import { TestSite } from './site.ts';
import type { TestAgent } from './test-agent.ts';

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

const FIRST = { offset: 0, limit: 50 } as const;

const gather = (parameters: Record<string, string[]> = {}) =>
  anAssociation({
    associationName: 'inventory',
    documentName: 'AWS-GatherSoftwareInventory',
    parameters,
    targets: [{ key: 'InstanceIds', values: ['*'] }],
  });

async function outputOf(associationId: AssociationId, agent: TestAgent, trigger: 'Created' | 'Manual'): Promise<string> {
  const { executionId } = await finished(site, associationId, { trigger });
  const { target } = await outcomeOf(site, executionId, agent.nodeId);
  expect(target.status).toBe('Success');
  return wholeOutput(site, { executionId, nodeId: agent.nodeId });
}

test('a node’s inventory is collected, found over the fleet, and sent again only where it changed', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const silent = await site.enrolledAgent({ name: 'lab-02' });
  const custom = join(agent.folder, 'state', 'inventory', 'custom');
  await mkdir(custom, { recursive: true });
  const rack = (place: string) => JSON.stringify({ SchemaVersion: '1.0', TypeName: 'Custom:Rack', Content: { Place: place } });
  await writeFile(join(custom, 'rack.json'), rack('<b>B2</b>'));
  await writeFile(join(custom, 'hostile.json'), '{"SchemaVersion":"1.0","TypeName":"AWS:Application","Content":[{"Name":"forged"}]}');
  await symlink('/etc/shadow', join(custom, 'link.json'));

  const files = [JSON.stringify([{ Path: '/etc', Pattern: ['hostname', 'passwd'] }])];
  const { associationId } = await site.client.associations.save({ edit: null, draft: gather({ files }) });
  const first = await outputOf(associationId, agent, 'Created');
  expect(first).toMatch(/AWS:Application: \d+ entries, \d+ bytes sent/);
  expect(first).toContain(`Custom inventory is read from the JSON files in ${custom}`);

  const { nodeId } = agent;
  const items = await site.client.inventory.items({ nodeId });
  expect(items.map(({ typeName }) => typeName)).toEqual(
    expect.arrayContaining([
      'AWS:AWSComponent',
      'AWS:Application',
      'AWS:File',
      'AWS:InstanceDetailedInformation',
      'AWS:Network',
      'Custom:Rack',
    ]),
  );
  const entries = (typeName: string) => site.client.inventory.entries({ ...FIRST, nodeId, typeName, search: '' });
  expect((await entries('Custom:Rack')).rows).toEqual([{ Place: '<b>B2</b>' }]);
  expect((await entries('AWS:File')).rows.map(({ Name }) => Name)).toContain('passwd');
  expect((await entries('AWS:AWSComponent')).rows.map(({ Name }) => Name)).toContain('Holdfast agent');

  const dpkg = execFileSync('dpkg-query', ['-W', 'dpkg'], { encoding: 'utf8' }).trim().split('\t')[1] ?? '';
  const search = { name: 'dpkg', match: 'equals', comparator: 'older', version: '99', freshDays: 7 } as const;
  const found = await site.client.inventory.search({ ...search, ...FIRST, share: 'sought' });
  expect(found).toMatchObject({ total: 1, rows: [{ nodeName: 'lab-01', application: { name: 'dpkg', version: dpkg } }] });
  expect((await site.client.inventory.facts(search)).counts).toEqual({ sought: 1, others: 0, without: 0, unknown: 1 });
  expect((await site.client.inventory.search({ ...search, ...FIRST, share: 'unknown' })).rows).toMatchObject([
    { nodeId: silent.nodeId, receivedAt: null },
  ]);
  expect((await site.client.inventory.facts({ ...search, comparator: 'newer' })).counts).toMatchObject({ sought: 0, others: 1 });
  const missing = { ...search, name: 'no-such-application', ...FIRST } as const;
  expect((await site.client.inventory.search({ ...missing, share: 'without' })).rows).toMatchObject([
    { nodeName: 'lab-01', application: null },
  ]);

  await writeFile(join(custom, 'rack.json'), rack('C3'));
  await site.client.associations.startOnce({ associationIds: [associationId] });
  const second = await outputOf(associationId, agent, 'Manual');
  expect(second).toMatch(/AWS:Application: \d+ entries, unchanged/);
  expect(second).toMatch(/Custom:Rack: 1 entry, \d+ bytes sent/);
  expect((await entries('Custom:Rack')).rows).toEqual([{ Place: 'C3' }]);

  const after = await site.client.inventory.items({ nodeId });
  const received = (list: typeof items) => list.find(({ typeName }) => typeName === 'AWS:Application')?.receivedAt.getTime() ?? 0;
  expect(received(after)).toBeGreaterThan(received(items));

  await site.client.nodes.deregister({ nodeId });
  expect((await site.client.inventory.search({ ...search, ...FIRST, share: 'sought' })).total).toBe(0);
});

test('an agent in Audit mode collects as well, since it changes nothing', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const { associationId } = await site.client.associations.save({ edit: null, draft: { ...gather(), mode: 'Audit' } });
  expect(await outputOf(associationId, agent, 'Created')).toContain('types collected');
  expect(await site.client.inventory.items({ nodeId: agent.nodeId })).not.toEqual([]);
});
