import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

describe.each<ColorScheme>(['light', 'dark'])('resource groups in the %s theme', (colorScheme) => {
  let lab: LabWindow;

  beforeAll(async () => {
    lab = await LabWindow.open({ sampleNodes: 2, colorScheme });
    await lab.nodesOnline(3);
  });

  afterAll(() => lab.close());

  /** As a person sees it: nothing wrong by axe, and no complaint. */
  async function looked(name: string): Promise<void> {
    await lab.looksRight(name);
    expect(lab.complaints).toEqual([]);
  }

  test('are reached from the nodes, and say what they are for while there is none', async () => {
    const { page } = lab;
    await lab.go('#/nodes');
    await page.getByRole('link', { name: 'Resource groups' }).click();
    await page.getByText('No resource groups yet').waitFor();
    await looked('groups-empty');
  });

  test('are made of tags that machines have, with their members in sight before they are saved', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'New group' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'New resource group' }).waitFor();
    await page.getByText('No machine now').waitFor();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByText('A resource group needs at least one tag key.').waitFor();
    await looked('group-editor-wrong');

    await page.getByRole('textbox', { name: 'Name' }).fill('sample-machines');
    await page.getByRole('textbox', { name: 'Description' }).fill('Agents to try things with');
    await page.getByRole('combobox', { name: 'Tag key 1' }).fill('lab');
    await page.getByRole('combobox', { name: 'Tag values 1' }).fill('sample');
    await page.keyboard.press('Enter');
    await page.getByText('2 machines, 2 connected').waitFor();
    await looked('group-editor');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog').getByText('Nothing runs now.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'sample-machines' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'sample-01' }).waitFor();
  });

  test('are targets that an association names', async () => {
    const { page } = lab;
    await lab.go('#/associations/new');
    await page.getByRole('textbox', { name: 'Association name' }).fill('on-group');
    await page.getByRole('textbox', { name: /commands/i }).fill('true');
    await page.getByRole('radio', { name: /By resource group/ }).check();
    await page.getByRole('combobox', { name: 'Resource group' }).fill('sample-mach');
    await page.getByRole('option', { name: 'sample-machines' }).click();
    await page.getByText('2 machines match, 2 connected').waitFor();
    await looked('editor-group-target');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /run on 2 machines/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'on-group' }).waitFor();
    await lab.go('#/groups/sample-machines');
    await page.getByRole('link', { name: 'on-group' }).waitFor();
    await looked('group');
  });

  test('say before a change who is not covered any more, and show their list with live numbers', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'And another tag' }).click();
    await page.getByRole('combobox', { name: 'Tag key 2' }).fill('nobody-has-this');
    await page.getByText('No machine now').waitFor();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog').getByText('2 machines are not covered any more').waitFor();
    await looked('group-review');
    await page.getByRole('dialog').getByRole('button', { name: 'Back to editing' }).click();
    await page.getByRole('button', { name: 'Remove condition 2' }).click();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await lab.go('#/groups');
    await page.getByRole('row').filter({ hasText: 'sample-machines' }).filter({ hasText: '2' }).waitFor();
    await looked('groups');
  });

  test('are deleted after a word on what that ends', async () => {
    const { page } = lab;
    await lab.go('#/groups/sample-machines');
    await page.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The association that targets it stays').waitFor();
    await looked('group-delete');
    await dialog.getByRole('button', { name: 'Delete the group' }).click();
    await page.getByText('No resource groups yet').waitFor();
  });

  test('a machine’s page applies its associations there at once', async () => {
    const { page } = lab;
    await lab.go('#/nodes');
    await page
      .getByRole('row', { name: /sample-01/ })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('button', { name: 'Apply all now' }).click();
    await page.getByText(/associations are running\./).waitFor();
    await looked('node-applied');
    await page.getByRole('button', { name: /^Apply Sample-Disk-Space now/ }).click();
    await page.getByText(/“Sample-Disk-Space” is running\.|Left out, as they run or wait already: “Sample-Disk-Space”\./).waitFor();
  });
});
