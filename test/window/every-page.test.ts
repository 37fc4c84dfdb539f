import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

const pages: { name: string; address: string; heading: RegExp }[] = [
  { name: 'overview', address: '#/', heading: /^Overview$/ },
  { name: 'nodes', address: '#/nodes', heading: /^Nodes$/ },
  { name: 'add-machine', address: '#/nodes?add=yes', heading: /^Nodes$/ },
  { name: 'groups', address: '#/groups', heading: /^Resource groups$/ },
  { name: 'new-group', address: '#/new-group', heading: /^New resource group$/ },
  { name: 'associations', address: '#/associations', heading: /^Associations$/ },
  { name: 'editor', address: '#/associations/new', heading: /^New association$/ },
  { name: 'executions', address: '#/executions', heading: /^Executions$/ },
  { name: 'documents', address: '#/documents', heading: /^Documents$/ },
  { name: 'document', address: '#/documents/Holdfast-RunShellScript', heading: /Holdfast-RunShellScript/ },
  { name: 'new-document', address: '#/new-document', heading: /document/i },
  { name: 'calendars', address: '#/calendars', heading: /^Calendars$/ },
  { name: 'compliance', address: '#/compliance', heading: /^Compliance$/ },
  { name: 'put-compliance', address: '#/put-compliance', heading: /^Put compliance items$/ },
  { name: 'inventory-empty', address: '#/inventory', heading: /^Inventory$/ },
  { name: 'settings', address: '#/settings', heading: /^Settings$/ },
];

describe.each<ColorScheme>(['light', 'dark'])('in the %s theme', (colorScheme) => {
  let lab: LabWindow;

  beforeAll(async () => {
    lab = await LabWindow.open({ sampleNodes: 2, colorScheme });
    await lab.nodesOnline(3);
    await lab.go('#/executions');
    await lab.page.getByRole('row').filter({ hasText: 'Success' }).nth(2).waitFor();
  });

  afterAll(() => lab.close());

  test.each(pages)('$name is shown, is accessible by axe, and complains of nothing', async ({ name, address, heading }) => {
    await lab.go(address);
    await lab.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await lab.looksRight(name);
    expect(lab.complaints).toEqual([]);
  });

  test('an execution, a node, an association and its editor are shown, are accessible by axe, and complain of nothing', async () => {
    const { page } = lab;
    const details = [
      { list: '#/executions', row: /Sample-System-Report/, name: 'execution' },
      { list: '#/nodes', row: /sample-01/, name: 'node' },
      { list: '#/associations', row: /Sample-Disk-Space/, name: 'association' },
    ];
    for (const { list, row, name } of details) {
      await lab.go(list);
      await page.getByRole('row', { name: row }).getByRole('link').first().click();
      await page.getByRole('heading', { level: 1, name: name === 'node' ? 'sample-01' : /Sample-/ }).waitFor();
      await lab.looksRight(name);
    }
    const association = new URL(page.url()).hash.split('?')[0];
    await lab.go(`${association}/edit`);
    await page.getByText('It can be saved').waitFor();
    await lab.looksRight('edit-association');
    expect(lab.complaints).toEqual([]);
  });
});
