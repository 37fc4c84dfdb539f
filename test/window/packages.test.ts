import { randomBytes } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDistributorPackage, zipOf } from '../builders/upload.ts';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

const scripts = (version: string) => ({
  'install.sh': `echo installed ${version}`,
  'uninstall.sh': 'echo gone',
  'payload.bin': randomBytes(2_500_000),
});
const asFile = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

describe.each<ColorScheme>(['light', 'dark'])('packages in the %s theme', (colorScheme) => {
  let lab: LabWindow;

  beforeAll(async () => {
    lab = await LabWindow.open({ sampleNodes: 0, colorScheme });
  });

  afterAll(() => lab.close());

  const dialog = (name: string | RegExp): Locator => lab.page.getByRole('dialog', { name });
  const filesOf = (form: Locator): Locator => form.locator('input[type=file]');

  test('begin with nothing but what they are for', async () => {
    await lab.go('#/packages');
    await lab.page.getByText('No packages yet').waitFor();
    await lab.looksRight('packages-none');
  });

  test('are added as Distributor has them, and shown with their files and hashes', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'Add a package' }).first().click();
    const form = dialog('Add a package');
    await form.getByText('A Distributor package').click();
    await form.getByRole('textbox', { name: 'Name' }).fill('Lab-Tools');
    const files = aDistributorPackage(
      '1.0.0',
      { 'tools.zip': zipOf(scripts('1.0.0')) },
      { debian: { _any: { x86_64: { file: 'tools.zip' } } } },
    );
    await filesOf(form).setInputFiles(Object.entries(files).map(([name, buffer]) => asFile(name, buffer)));
    await lab.looksRight('package-distributor');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Lab-Tools' }).waitFor();
    await page.getByText('For Debian x86_64. Runs install.sh, uninstall.sh.').waitFor();
    await page.getByText(/^SHA-256 [0-9a-f]{64}$/).waitFor();
  });

  test('that cannot be used are refused where the person still has the files', async () => {
    const { page } = lab;
    await lab.go('#/packages?add=yes');
    const form = dialog('Add a package');
    await form.getByRole('textbox', { name: 'Name' }).fill('no/slash');
    await form.getByText('Up to 128 letters, digits and . _ -').waitFor();
    await form.getByRole('textbox', { name: 'Name' }).fill('Broken');
    await form.getByRole('textbox', { name: 'Version' }).fill('1.0');
    await filesOf(form).setInputFiles(asFile('broken.zip', zipOf({ 'readme.txt': 'no script' })));
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('broken.zip has no install.sh at its top.').waitFor();
    await lab.looksRight('package-refused');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  test('get another version out of plain files, of which one becomes the default', async () => {
    const { page } = lab;
    await lab.go('#/packages/Lab-Tools');
    await page.getByRole('button', { name: 'Add a version…' }).click();
    const form = dialog('Add a version of Lab-Tools');
    await form.getByRole('textbox', { name: 'Version' }).fill('2.0.0');
    await filesOf(form).setInputFiles([
      asFile('tools_2.0.0_amd64.deb', Buffer.from('!<arch>\n')),
      asFile('tools.ps1', Buffer.from('exit 0')),
    ]);
    await form.getByText('Install this version where an association names none').click();
    await lab.looksRight('package-files');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('For Windows. Runs install.ps1. Nothing runs when it is uninstalled.').waitFor();
    await lab.looksRight('package');
    await page.getByRole('button', { name: 'Make default (version 2.0.0)' }).click();
    await page.getByRole('button', { name: 'Make default (version 1.0.0)' }).waitFor();
  });

  test('are installed by an association that is begun from their page, which then is named when they are deleted', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'Install on…' }).click();
    await page.getByRole('heading', { level: 1, name: 'New association' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'name', exact: true }).inputValue()).toBe('Lab-Tools');
    await page.getByRole('textbox', { name: 'Association name' }).fill('Tools-Everywhere');
    await page.getByRole('radio', { name: 'Every machine' }).check();
    await page.getByText('It can be saved').waitFor();
    await lab.looksRight('package-install');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await dialog('Review and save').getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Tools-Everywhere' }).waitFor();
    await lab.go('#/packages');
    await page
      .getByRole('row', { name: /Lab-Tools/ })
      .getByText('1 association')
      .waitFor();
    await lab.looksRight('packages');
    await page.getByRole('button', { name: 'Actions for Lab-Tools' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const question = dialog('Delete “Lab-Tools”?');
    await question.getByRole('link', { name: 'Tools-Everywhere' }).waitFor();
    await lab.looksRight('package-delete');
    await question.getByRole('button', { name: 'Delete the package' }).click();
    await page.getByText('No packages yet').waitFor();
    expect(lab.complaints).toEqual([]);
  });
});
