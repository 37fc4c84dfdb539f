import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

let lab: LabWindow;
const dpkg = execFileSync('dpkg-query', ['-W', 'dpkg'], { encoding: 'utf8' }).trim().split('\t')[1] ?? '';

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 1 });
  await lab.nodesOnline(2);
});

afterAll(() => lab.close());

/** In both themes, by axe and for a person. */
async function looksRight(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] satisfies ColorScheme[]) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.looksRight(`inventory-${name}`);
  }
  await lab.page.emulateMedia({ colorScheme: 'light' });
  expect(lab.complaints).toEqual([]);
}

test('inventory is collected with one click and a look, and each machine shows what it has', async () => {
  const { page } = lab;
  await lab.go('#/inventory');
  await page.getByText('Nothing is collected yet').waitFor();
  await page.getByRole('link', { name: 'Collect inventory from every machine' }).click();
  await page.getByRole('heading', { level: 1, name: 'New association' }).waitFor();
  expect(await page.getByRole('radio', { name: 'Every machine' }).isChecked()).toBe(true);
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page
    .getByRole('dialog', { name: 'Review and save' })
    .getByRole('button', { name: /^Save and run/ })
    .click();
  await page.getByRole('heading', { level: 1, name: /GatherSoftwareInventory/ }).waitFor();
  await lab.go('#/inventory');
  await page.getByText('2 of 2 machines told what they are made of').waitFor();
  await page.getByText('Look for an application').waitFor();

  await lab.go('#/nodes');
  await page
    .getByRole('row', { name: /sample-01/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('navigation', { name: 'Parts of the machine' }).getByRole('link', { name: 'Inventory' }).click();
  await page.getByRole('tab', { name: /^Applications/ }).waitFor();
  await page.getByRole('searchbox', { name: 'Search applications' }).fill('dpkg');
  await page
    .getByRole('row', { name: new RegExp(`dpkg.*${dpkg.replaceAll('.', '\\.')}`) })
    .first()
    .waitFor();
  await looksRight('of-node');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toContain(dpkg);
  await page.getByRole('tab', { name: /^Hardware/ }).click();
  await page.getByText('CPUModel').waitFor();
  await looksRight('hardware');
  await page.getByRole('tab', { name: /^Network/ }).click();
  await page.getByRole('tab', { name: /^Holdfast/ }).click();
  await page.getByText('Holdfast agent').waitFor();
});

test('the fleet is asked who has what, older or newer than a version, and who has it not', async () => {
  const { page } = lab;
  await lab.go('#/inventory');
  const name = page.getByRole('combobox', { name: 'Application' });
  await name.fill('dpk');
  await page.getByRole('option', { name: 'dpkg', exact: true }).click();
  const rows = page.getByRole('table').getByRole('row');
  await page.getByRole('row', { name: /sample-01/ }).waitFor();
  expect(await rows.count()).toBe(3);
  await page.getByRole('combobox', { name: 'How the version is compared' }).click();
  await page.getByRole('option', { name: 'older than' }).click();
  await page.getByRole('textbox', { name: 'Version' }).fill('99.0');
  await page.getByRole('button', { name: /Have dpkg older than 99\.0\s*2/ }).waitFor();
  await page.getByRole('list', { name: 'Versions' }).getByText(dpkg).waitFor();
  await looksRight('search');
  await page.getByRole('textbox', { name: 'Version' }).fill('0.1');
  await page.getByRole('button', { name: /Have dpkg older than 0\.1\s*0/ }).waitFor();
  await page.getByText('No machine that is known has it').waitFor();
  await page.getByRole('button', { name: /^Other versions\s*2/ }).click();
  await page.getByRole('row', { name: /sample-01/ }).waitFor();
  await name.fill('no-such-application');
  await page.getByRole('button', { name: /^Without it\s*2/ }).click();
  await page.getByRole('row', { name: /sample-01/ }).waitFor();
  await looksRight('without');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  expect(
    readFileSync(await (await saved).path(), 'utf8')
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(3);
  await page.getByRole('button', { name: /^Unknown\s*0/ }).click();
  await page.getByText('Every machine has told what it has').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').last().fill('inventory');
  await page.getByRole('option', { name: 'Inventory' }).first().waitFor();
});
