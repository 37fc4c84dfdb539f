import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabWindow } from './lab-window.ts';

/** Every setting of an association in its editor: written, checked as it is typed, kept by an edit that does not touch it. */
let lab: LabWindow;

/** The store that an association names below. */
async function addOutputStore(): Promise<void> {
  const { page } = lab;
  await lab.go('#/settings');
  await page.getByRole('button', { name: 'Add a store…' }).click();
  const store = page.getByRole('form', { name: 'Output store' });
  await store.getByText('Folder or share').click();
  await store.getByRole('textbox', { name: 'Name' }).fill('lab-output');
  await store.getByRole('textbox', { name: 'Folder' }).fill('/mnt/lab-output');
  await store.getByRole('button', { name: 'Save store' }).click();
  await page.getByRole('list', { name: 'Output stores' }).getByText('lab-output', { exact: true }).waitFor();
}

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 2 });
  await lab.nodesOnline(3);
  await addOutputStore();
});

afterAll(() => lab.close());

const field = (name: string): Locator => lab.page.getByRole('combobox', { name }).or(lab.page.getByRole('textbox', { name })).first();

async function writeAssociation(name: string): Promise<void> {
  const { page } = lab;
  await lab.go('#/associations/new');
  await page.getByRole('textbox', { name: 'Association name' }).fill(name);
  await page.getByRole('textbox', { name: 'commands' }).fill('true');
  await page.getByRole('radio', { name: 'Every machine' }).check();
  await page.getByRole('radio', { name: 'At set times' }).check();
}

async function save(name: string): Promise<void> {
  const { page } = lab;
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('dialog', { name: 'Review and save' }).getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

test('next runs are shown in the zone of the schedule, with what daylight saving does to them', async () => {
  const { page } = lab;
  await writeAssociation('Zoned');
  const zone = field('Time zone');
  await zone.click();
  await zone.fill('new_york');
  await page.getByRole('option', { name: 'America/New_York' }).click();
  await page.getByText(/When the clocks go forward/).waitFor();
  const runs = page.getByRole('complementary').getByRole('list', { name: 'Next runs' }).getByRole('listitem');
  await runs
    .filter({ hasText: /02:00 America\/New_York/ })
    .first()
    .waitFor();
  expect(await runs.count()).toBe(5);
  expect(await runs.first().textContent()).toMatch(/0[67]:00/);
});

test('what is rare opens by itself when it has a problem, is checked as it is typed, and is kept by the next edit', async () => {
  const { page } = lab;
  await writeAssociation('Everything');
  await page.getByRole('radio', { name: 'At the next time on the schedule' }).check();
  await page.getByRole('textbox', { name: 'Days later' }).fill('9');
  await page
    .getByText(/offset/i)
    .last()
    .waitFor();
  await page.getByRole('textbox', { name: 'Days later' }).fill('2');
  await page.getByRole('button', { name: /More settings/ }).click();
  await page.getByRole('textbox', { name: 'Cut off after' }).fill('25');
  await page.getByRole('textbox', { name: 'Cut off after' }).press('Tab');
  await page.getByText('A duration is 1 to 24 hours.').first().waitFor();
  await page.getByRole('textbox', { name: 'Cut off after' }).fill('3');
  await page.getByRole('textbox', { name: 'Output key prefix' }).fill('night');
  await page.getByRole('textbox', { name: 'Output key prefix' }).press('Tab');
  await page.getByText('A bucket name has 3 to 63 characters.').first().waitFor();
  await page.getByLabel('Output bucket').first().fill('lab-output');
  await field('Alarm').fill('cooling');
  await page.getByRole('checkbox', { name: /Run also while nobody/ }).check();
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await field('Tag key 1').last().fill('owner');
  await field('Tag value 1').last().fill('physics');
  await page.getByText('It can be saved').waitFor();
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  expect(await lab.accessibilityFaults()).toEqual([]);
  await save('Everything');

  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Association name' }).fill('Everything-2');
  expect(await page.getByRole('textbox', { name: 'Cut off after' }).inputValue()).toBe('3');
  await save('Everything-2');
  const settings = page.getByRole('region', { name: 'Settings' });
  for (const text of ['After 3 hours', 's3://lab-output/night', 'cooling; runs also while nobody has reported it', 'owner'])
    await settings.getByText(text, { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Versions (2)' }).waitFor();
});

test('changing nothing but the tags makes no version', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'Edit' }).click();
  await field('Tag value 1').last().fill('chemistry');
  await save('Everything-2');
  await page.getByText('chemistry').waitFor();
  await page.getByRole('tab', { name: 'Versions (2)' }).waitFor();
});

test('a change calendar that is closed is said at its field, and the review says that it waits', async () => {
  const { page } = lab;
  await lab.go('#/calendars?open=new');
  const make = page.getByRole('dialog', { name: 'New calendar' });
  await make.getByRole('textbox', { name: 'Name' }).fill('Never-Yet');
  await make.getByRole('radio', { name: /Closed by default/ }).check();
  await make.getByRole('textbox', { name: 'Title of the event' }).fill('One day');
  await make.getByLabel('Starts on').fill('2090-01-01');
  await make.getByRole('button', { name: 'Review and make' }).click();
  await page
    .getByRole('dialog', { name: /Make the calendar/ })
    .getByRole('button', { name: /Make the calendar/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Never-Yet' }).waitFor();

  await lab.go('#/associations/new');
  await page.getByRole('textbox', { name: 'Association name' }).fill('Gated');
  await page.getByRole('textbox', { name: 'commands' }).fill('true');
  await page.getByRole('radio', { name: 'Every machine' }).check();
  await page.getByRole('button', { name: /More settings/ }).click();
  await field('Change calendars').click();
  await page.getByRole('option', { name: 'Never-Yet' }).click();
  await page.getByRole('list', { name: 'Calendars now' }).getByText('closed').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('button', { name: 'Review and save' }).click();
  const review = page.getByRole('dialog', { name: 'Review and save' });
  await review.getByText('Nothing runs now.').waitFor();
  await review
    .getByText(/calendar/i)
    .first()
    .waitFor();
  await review.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Gated' }).waitFor();
});

test('the node of a legacy association is shown and kept, until targets are wanted in its place', async () => {
  const { page } = lab;
  await lab.go('#/nodes');
  const text = await page.getByRole('row', { name: /sample-01/ }).textContent();
  const InstanceId = /mi-[0-9a-f]{17}/.exec(text ?? '')?.[0] ?? '';
  await lab.go('#/associations');
  await page.getByRole('button', { name: 'From JSON…' }).first().click();
  const request = JSON.stringify({ Name: 'Holdfast-RunShellScript', InstanceId, Parameters: { commands: ['true'] } });
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'request.json', mimeType: 'application/json', buffer: Buffer.from(request) });
  await page.getByRole('button', { name: 'Open in the editor' }).click();
  const targets = page.getByRole('region', { name: 'Targets' });
  await targets.getByText(InstanceId).waitFor();
  expect(await targets.getByRole('radio').count()).toBe(0);
  expect(await lab.accessibilityFaults()).toEqual([]);
  await targets.getByRole('button', { name: 'Use targets instead' }).click();
  await targets.getByRole('checkbox', { name: /sample-01/, checked: true }).waitFor();
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /leave/i }).click();
  await page.getByRole('heading', { level: 1, name: 'Associations' }).waitFor();
});

test('an association can only look: what differs is shown with what it should be, and nothing is changed', async () => {
  const { page } = lab;
  await writeAssociation('Looks');
  expect(await page.getByRole('radio', { name: 'Audit' }).isDisabled()).toBe(true);
  const document = page.getByRole('combobox', { name: 'Document', exact: true });
  await document.click();
  await document.fill('Holdfast-ManagedFile');
  await page.getByRole('option', { name: 'Holdfast-ManagedFile' }).click();
  await page.getByRole('textbox', { name: 'path' }).fill('/holdfast-is-not-here/motd');
  await page.getByRole('textbox', { name: 'content' }).fill('welcome');
  await page.getByRole('radio', { name: 'Audit' }).check();
  await page.getByRole('radio', { name: 'Once', exact: true }).check();
  await page.getByText('It can be saved').waitFor();
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  expect(await lab.accessibilityFaults()).toEqual([]);
  await save('Looks');
  await page.getByText('Audit: looks, and changes nothing').waitFor();
  await page.getByRole('region', { name: 'Latest executions' }).getByRole('link').last().click();
  await page.getByText('Audit: it looked, and changed nothing').waitFor();
  await page
    .getByRole('table', { name: 'Targets' })
    .getByText(/differences? found/)
    .first()
    .click();
  const differences = page.getByRole('table', { name: 'What differs' });
  await differences.getByRole('columnheader', { name: 'It should be' }).waitFor();
  expect(await differences.textContent()).toContain('/holdfast-is-not-here/motd');
  await lab.looksRight('audit');
});

test('the limit for confirmations and an alarm are set in the settings', async () => {
  const { page } = lab;
  await lab.go('#/settings');
  const limit = page.getByRole('textbox', { name: 'Machines without a confirmation' });
  await limit.fill('10001');
  await page.getByText('Give a whole number from 0 to 10,000.').waitFor();
  await limit.fill('2');
  await page.getByRole('button', { name: 'Save limit' }).click();
  await page
    .getByRole('status')
    .getByText(/more than 2 machines at once/)
    .waitFor();
  await page.getByRole('textbox', { name: 'New alarm' }).fill('cooling');
  await page.getByRole('button', { name: 'Add alarm' }).click();
  await page.getByRole('button', { name: 'Raise' }).click();
  await page.getByText('Raised by hand').waitFor();
  expect(await lab.accessibilityFaults()).toEqual([]);
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the alarm' }).click();
  await page.getByText('No alarm has been reported yet.').waitFor();
  expect(lab.complaints).toEqual([]);
});
