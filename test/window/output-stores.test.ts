import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

describe.each<ColorScheme>(['light', 'dark'])('the output of runs in the %s theme', (colorScheme) => {
  let lab: LabWindow;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  const share = join(folder, 'share');

  beforeAll(async () => {
    lab = await LabWindow.open({ sampleNodes: 1, colorScheme });
    await lab.nodesOnline(2);
  });

  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is kept within limits that a person sets; nonsense is refused as it is typed', async () => {
    const { page } = lab;
    await lab.go('#/settings');
    const form = page.getByRole('form', { name: 'Output and history' });
    await form.getByRole('textbox', { name: 'Days that output is kept' }).fill('0');
    await form.getByText('Output is kept for 1 to 3,650 days.').waitFor();
    await form.getByRole('textbox', { name: 'Days that output is kept' }).fill('30');
    await form.getByRole('button', { name: 'Keep so much' }).click();
    await page.getByText('Output is kept for 30 days, within 5.0 GiB.').waitFor();
    await page.getByRole('button', { name: 'Free now…' }).click();
    await page.getByText('This lets go of the output of 0 runs').waitFor();
    await lab.looksRight('output-free');
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  test('can be copied to stores that are tried before they are saved', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'Add a store…' }).click();
    const form = page.getByRole('form', { name: 'Output store' });
    await form.getByRole('button', { name: 'Save store' }).click();
    await form.getByText(/The address begins with https/).waitFor();
    await form.scrollIntoViewIfNeeded();
    await lab.looksRight('output-store-form');
    await form.getByText('Folder or share').click();
    await form.getByRole('textbox', { name: 'Name' }).fill('share');
    await form.getByRole('textbox', { name: 'Folder' }).fill(share);
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByText(/The output store “share” could not be written/).waitFor();
    mkdirSync(share);
    await form.getByRole('button', { name: 'Test' }).click();
    await page.getByText('A small object was written to “share” and taken away again.').waitFor();
    await form.getByRole('button', { name: 'Save store' }).click();
    await page.getByRole('list', { name: 'Output stores' }).getByText(`Folder ${share}`).waitFor();
    await page.getByRole('list', { name: 'Output stores' }).scrollIntoViewIfNeeded();
    await lab.looksRight('output-stores');
  });

  test('are chosen by name in the editor of an association', async () => {
    const { page } = lab;
    await lab.go('#/associations/new');
    await page.getByRole('button', { name: /More settings/ }).click();
    await page.getByLabel('Output bucket').first().click();
    await page.getByRole('option', { name: 'share' }).click();
    await page.getByRole('textbox', { name: 'Output key prefix' }).fill('night');
    await lab.looksRight('output-fields');
  });
});
