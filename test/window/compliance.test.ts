import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

describe.each<ColorScheme>(['light', 'dark'])('compliance, in the %s theme', (colorScheme) => {
  let lab: LabWindow;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-compliance-'));
    lab = await LabWindow.open({ sampleNodes: 2, colorScheme });
    await lab.nodesOnline(3);
    await writeAssociation('Flag-Is-There', `[ -e '${join(folder, 'flag')}' ]`);
  });

  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const dialog = (name: string | RegExp): Locator => lab.page.getByRole('dialog', { name });
  const rows = (): Locator => lab.page.getByRole('table').getByRole('row');

  async function writeAssociation(name: string, script: string): Promise<void> {
    const { page } = lab;
    await lab.go('#/associations/new');
    await page.getByRole('textbox', { name: 'Association name' }).fill(name);
    await page.getByRole('textbox', { name: 'commands' }).fill(script);
    await page.getByRole('radio', { name: 'Every machine' }).check();
    await page.getByText('It can be saved').waitFor();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await dialog('Review and save')
      .getByRole('button', { name: /^Save and run/ })
      .click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** As it is now, by axe and for a person. */
  async function looksRight(name: string): Promise<void> {
    const done = lab.page.locator('[data-kind="done"]');
    while ((await done.count()) > 0) {
      // Halfway out of sight, a message has neither its colours nor a button that can be pressed.
      await done.first().waitFor({ state: 'detached' });
    }
    await lab.looksRight(`compliance-${name}`);
    expect(lab.complaints).toEqual([]);
  }

  test('items of a type of one’s own are put in a form, and what is wrong with one is said at its field', async () => {
    const { page } = lab;
    await lab.go('#/compliance');
    await page.getByRole('link', { name: 'Put items' }).click();
    await page.getByRole('heading', { level: 1, name: 'Put compliance items' }).waitFor();
    await page.getByRole('combobox', { name: 'Machine' }).fill('sample-01');
    await page.getByRole('option', { name: 'sample-01' }).click();
    await page.getByRole('textbox', { name: 'Name of the type' }).fill('Door');
    const first = page.getByRole('listitem', { name: 'Item 1', exact: true });
    await first.getByRole('textbox', { name: 'Title' }).fill('The front door is locked');
    await page.getByRole('button', { name: 'Put 1 item' }).click();
    await page.getByText('InvalidItemContentException').waitFor();
    expect(await first.getByRole('textbox', { name: 'Id' }).getAttribute('aria-invalid')).toBe('true');
    await first.getByRole('textbox', { name: 'Id' }).fill('front');
    await first.getByRole('textbox', { name: 'Details' }).fill('floor = 0');
    await page.getByRole('button', { name: 'Add an item' }).click();
    const second = page.getByRole('listitem', { name: 'Item 2' });
    await second.getByRole('textbox', { name: 'Id' }).fill('back');
    await second.getByRole('textbox', { name: 'Title' }).fill('The back door is locked');
    await second.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Non-compliant' }).click();
    await second.getByRole('combobox', { name: 'Severity' }).click();
    await page.getByRole('option', { name: 'High' }).click();
    await looksRight('put-form');
    await page.getByRole('button', { name: 'Put 2 items' }).click();
    await page.getByRole('row', { name: /The back door is locked/ }).waitFor();
    expect(await rows().count()).toBe(3);
  });

  test('the whole is summed up by type, listed by item and by node, filtered and searched', async () => {
    const { page } = lab;
    await lab.go('#/compliance');
    await page
      .getByRole('row', { name: /Flag-Is-There/ })
      .nth(2)
      .waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Door' }).getByText('of 1 machine complies').waitFor();
    await looksRight('items');
    await page.getByRole('button', { name: 'By node' }).click();
    await page.getByRole('table', { name: 'Compliance of machines' }).waitFor();
    await page.getByRole('row', { name: /sample-01.*Door/s }).waitFor();
    await looksRight('by-node');
    await page.getByRole('button', { name: 'By item' }).click();
    await page.getByRole('row', { name: /Flag-Is-There.*3 of 3 machines not/s }).waitFor();
    await looksRight('by-item');
    await page.getByRole('button', { name: 'Each item' }).click();
    await page.getByRole('searchbox', { name: 'Search items and nodes' }).fill('back door');
    await page.getByText('1 item', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Compliant/ }).click();
    await page.getByText('No item is like this').waitFor();
    await looksRight('nothing');
    await page.getByRole('link', { name: 'Show all items' }).click();
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'Door' }).click();
    await page.getByText('2 items', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Severity' }).click();
    await page.getByRole('option', { name: 'High' }).click();
    await page.getByText('1 item', { exact: true }).waitFor();
  });

  test('what is shown is saved as CSV with the filter of the screen', async () => {
    const { page } = lab;
    await lab.go('#/compliance?type=Custom%3ADoor');
    await page.getByText('2 items', { exact: true }).waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const text = readFileSync(await (await saved).path(), 'utf8');
    expect(text.trimEnd().split('\r\n')).toHaveLength(3);
    expect(text).toContain('NON_COMPLIANT,HIGH,sample-01');
  });

  test('an item that no run can mend says who can; one of an association is applied again where it failed, while one watches', async () => {
    const { page } = lab;
    await lab.go('#/compliance?type=Custom%3ADoor&status=NON_COMPLIANT');
    await page.getByRole('row', { name: /The back door is locked/ }).waitFor();
    await page.getByRole('button', { name: 'Apply again…', exact: true }).click();
    const refused = dialog('Apply again what is shown and not compliant?');
    await refused.getByText(/mend the cause on the machine/).waitFor();
    expect(await refused.getByRole('button', { name: 'Apply again' }).isDisabled()).toBe(true);
    await refused.getByRole('button', { name: 'Close' }).click();

    writeFileSync(join(folder, 'flag'), '');
    await lab.go('#/compliance?status=NON_COMPLIANT&search=Flag');
    await page
      .getByRole('row', { name: /Flag-Is-There/ })
      .nth(2)
      .waitFor();
    await page.getByRole('button', { name: 'Apply Flag-Is-There again on sample-02' }).click();
    const one = dialog('Apply “Flag-Is-There” again on sample-02?');
    await one.getByText('on 1 machine', { exact: false }).first().waitFor();
    await looksRight('remedy');
    await one.getByRole('button', { name: 'Apply again on 1 machine' }).click();
    const started = dialog('Applying again');
    await started.getByText('Success', { exact: true }).waitFor();
    await looksRight('remedied');
    await started.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('2 items', { exact: true }).waitFor();
  });

  test('an item has all that is known of it: details, since when, by which run, and what changed', async () => {
    const { page } = lab;
    await lab.go('#/compliance?search=Flag');
    await page
      .getByRole('row', { name: /sample-02/ })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Flag-Is-There' }).waitFor();
    const history = page.getByRole('list', { name: 'History' }).getByRole('listitem');
    await history.nth(1).waitFor();
    expect(await history.count()).toBe(2);
    await looksRight('item');
    await page.getByRole('link', { name: 'Its last finished execution here' }).click();
    await page.getByRole('heading', { level: 1, name: /Flag-Is-There/ }).waitFor();
    await lab.go('#/nodes');
    await page
      .getByRole('row', { name: /sample-01/ })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('list', { name: 'Compliance items' }).getByText('The back door is locked').waitFor();
    await looksRight('node');
  });

  test('items are put as JSON, and a fault leads to its line', async () => {
    const { page } = lab;
    await lab.go('#/compliance?type=Custom%3ADoor');
    await page
      .getByRole('row', { name: /front door/ })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('link', { name: 'Put again' }).click();
    await page.getByRole('button', { name: 'As JSON' }).click();
    const editor = page.getByRole('textbox', { name: 'PutComplianceItems as JSON' });
    await editor.waitFor();
    const text = await editor.innerText();
    const write = async (json: string): Promise<void> => {
      await editor.click();
      await page.keyboard.press('Control+a');
      // Chromium keeps the colours of text that is typed over in style attributes, which the page's policy refuses.
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(json);
    };
    await write(text.replace('"COMPLIANT"', '"FINE"'));
    await page.getByRole('button', { name: 'Put the items' }).click();
    await page.getByRole('button', { name: /Items\.0\.Status, line \d+/ }).click();
    await looksRight('put-json');
    await write('not JSON');
    await page.getByText(/This is not JSON yet/).waitFor();
    await write(text);
    await page.getByRole('button', { name: 'Put the items' }).click();
    await page.getByText('1 item', { exact: true }).waitFor();
  });
});
