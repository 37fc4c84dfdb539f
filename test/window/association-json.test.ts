import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

/** Associations as text in the words of the SSM API: taken from their page, and made from a text. */
const schemes: readonly ColorScheme[] = ['light', 'dark'];

const REQUEST = {
  Name: 'Holdfast-RunShellScript',
  AssociationName: 'From-a-file',
  Parameters: { commands: ['echo one', 'echo two'] },
  Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
  ScheduleExpression: 'cron(0 2 ? * SUN *)',
  ApplyOnlyAtCronInterval: true,
  ComplianceSeverity: 'HIGH',
  Tags: [{ Key: 'team', Value: 'lab' }],
};

describe.each(schemes)('%s', (colorScheme) => {
  let lab: LabWindow;

  beforeAll(async () => {
    lab = await LabWindow.open({ sampleNodes: 0, colorScheme });
  });

  afterAll(() => lab.close());

  const openText = (text: string) =>
    lab.page.locator('input[type="file"]').setInputFiles({ name: 'request.json', mimeType: 'application/json', buffer: Buffer.from(text) });

  test('a text that cannot be read is refused at its line, and the text stays', async () => {
    const { page } = lab;
    await lab.go('#/associations');
    await page.getByRole('button', { name: 'From JSON…' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'New association from JSON' }).waitFor();
    await lab.looksRight('association-from-json');
    await openText('{\n  "Name": "Holdfast-RunShellScript",\n  "Colour": "red"\n}\n');
    await page.getByRole('button', { name: 'Open in the editor' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'no member “Colour”' });
    await notice.getByText('Line 3').waitFor();
    await lab.looksRight('association-from-json-refused');
    expect(await page.getByRole('textbox', { name: 'JSON of the association' }).textContent()).toContain('Colour');
  });

  test('a request opens the editor filled in; saved, the association is written as that request', async () => {
    const { page } = lab;
    await openText(JSON.stringify(REQUEST, null, 2));
    await page.getByRole('button', { name: 'Open in the editor' }).click();
    await page.getByText('As it was read from JSON').waitFor();
    expect(await page.getByRole('textbox', { name: 'Association name' }).inputValue()).toBe('From-a-file');
    await page.getByText('It can be saved').waitFor();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog', { name: 'Review and save' }).getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('heading', { level: 1, name: 'From-a-file' }).waitFor();

    await page.getByRole('tab', { name: 'JSON' }).click();
    // Exactly that: the text stands there plainly, as one piece, until the editor has come.
    await page.getByText('"AssociationName"', { exact: true }).waitFor();
    await lab.looksRight('association-json');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    expect(download.suggestedFilename()).toBe('From-a-file-CreateAssociation.json');
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject(REQUEST);

    await page.getByRole('button', { name: 'As it stands' }).click();
    await page.getByText('"AggregatedCount"').or(page.getByText('"DetailedStatus"')).first().waitFor();
    await lab.looksRight('association-json-described');
    expect(lab.complaints).toEqual([]);
  });
});
