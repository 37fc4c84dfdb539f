import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabWindow } from './lab-window.ts';

/** What an association was, what it is, and what it did: versions beside each other, restored; executions filtered, exported, run again. */
let lab: LabWindow;
/** Of sample-01. */
let nodeId: string;

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 2 });
  await lab.nodesOnline(3);
  const text = await row(/sample-01/).textContent();
  nodeId = /mi-[0-9a-f]{17}/.exec(text ?? '')?.[0] ?? '';
});

afterAll(() => lab.close());

const row = (name: RegExp): Locator => lab.page.getByRole('row', { name });

async function review(): Promise<void> {
  const { page } = lab;
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('button', { name: 'Review and save' }).click();
  const dialog = page.getByRole('dialog', { name: 'Review and save' });
  await dialog.getByRole('button', { name: /^Save/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Check-Time' }).waitFor();
}

async function edit(commands: string): Promise<void> {
  await lab.page.getByRole('button', { name: 'Edit' }).click();
  await lab.page.getByRole('textbox', { name: 'commands' }).fill(commands);
  await review();
}

/** One that succeeds, as version 1; then one that fails on sample-01 alone, as version 2. */
test('two versions are beside each other, setting by setting and line by line', async () => {
  const { page } = lab;
  await lab.go('#/associations/new');
  await page.getByRole('textbox', { name: 'Association name' }).fill('Check-Time');
  await page.getByRole('textbox', { name: 'commands' }).fill('set -eu\necho one');
  await page.getByRole('radio', { name: 'Every machine' }).check();
  await review();
  await edit(`set -eu\necho two\n[ "$AWS_SSM_INSTANCE_ID" != ${nodeId} ] || exit 7`);
  await page.getByRole('tab', { name: 'Versions (2)' }).click();
  await row(/^Version 2/).waitFor();
  const diff = page.getByRole('table', { name: 'Parameter commands' });
  await diff.getByText('echo one').waitFor();
  expect((await diff.getByRole('row').filter({ hasText: 'echo' }).allTextContents()).join()).toMatch(/−.*echo one.*\+.*echo two/);
  await row(/^Version 1/)
    .getByText(/1 run/)
    .waitFor();
  expect(await lab.accessibilityFaults()).toEqual([]);
});

test('an old version is read as a whole, and restored as a new one after a look at what that does', async () => {
  const { page } = lab;
  await row(/^Version 1/)
    .getByRole('link')
    .click();
  await page.getByRole('heading', { level: 2, name: 'Version 1' }).waitFor();
  await page.getByRole('region', { name: 'Settings of this version' }).getByText('Every node').waitFor();
  await page.getByRole('button', { name: 'Restore…' }).click();
  const ask = page.getByRole('dialog', { name: 'Restore version 1?' });
  await ask.getByText('Runs now on 3 machines.').waitFor();
  await ask.getByRole('table', { name: 'Parameter commands' }).getByText('echo two').waitFor();
  await ask.getByRole('button', { name: 'Save as version 3 and run on 3 machines' }).click();
  await page.getByRole('heading', { level: 2, name: 'Version 3' }).waitFor();
  await page.getByText(/with the settings of version 1/).waitFor();
});

test('executions are filtered by status, reason, time and version, all at once, and the address keeps it', async () => {
  const { page } = lab;
  await lab.go('#/executions');
  await row(/Check-Time/)
    .nth(2)
    .waitFor();
  await page.getByRole('button', { name: 'Failed', exact: true }).click();
  await page.getByText('1 execution', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Filter…' }).click();
  const menu = page.getByRole('dialog', { name: 'Filter…' });
  await menu.getByRole('button', { name: '24 hours' }).click();
  const why = menu
    .getByRole('textbox', { name: 'Why it ran' })
    .or(menu.getByRole('combobox', { name: 'Why it ran' }))
    .first();
  await why.click();
  await page.getByRole('option', { name: 'When it was created' }).click();
  await page.getByText('No execution is like this').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Take off: When it was created' }).click();
  await page.getByText('1 execution', { exact: true }).waitFor();
  const address = page.url();
  expect(address).toMatch(/status=Failed/);
  expect(address).toMatch(/after=/);
  await page.reload();
  await row(/Check-Time/).waitFor();
  expect(page.url()).toBe(address);
  expect(await lab.accessibilityFaults()).toEqual([]);
});

test('what the filter shows is saved as a CSV file', async () => {
  const { page } = lab;
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^executions-failed-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^ExecutionId,Association,/);
  expect(lines[1]).toContain('Check-Time');
  expect(lines[1]).toContain(',Failed,');
});

test('an execution says why it ran and what its version changed, and its targets are searched and saved', async () => {
  const { page } = lab;
  await row(/Check-Time/)
    .getByRole('link')
    .first()
    .click();
  await page.getByText('When it was edited').waitFor();
  await page.getByRole('link', { name: /Version 2, and what it changed/ }).waitFor();
  await page.getByRole('searchbox', { name: 'Search nodes' }).fill('sample-01');
  await row(/sample-02/).waitFor({ state: 'detached' });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(['sample-01']);
  expect(await lab.accessibilityFaults()).toEqual([]);
});

test('it is run again on the machine where it failed, and nowhere else', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: /Run again on failed only/ }).click();
  const ask = page.getByRole('dialog', { name: /again where it failed/ });
  await ask.getByText('Runs now on 1 machine.').waitFor();
  await ask.getByRole('button', { name: 'Run on 1 machine' }).click();
  await page.getByRole('heading', { level: 2, name: '1 target' }).waitFor();
  await page.getByText('Started by hand').waitFor();
});

test('what ran on one node is on its page, with the same filters', async () => {
  const { page } = lab;
  await lab.go('#/nodes');
  await row(/sample-01/)
    .getByRole('link')
    .first()
    .click();
  const here = page.getByRole('region', { name: 'Executions here' });
  await here.getByRole('button', { name: 'Failed', exact: true }).click();
  await here.getByText('1 execution', { exact: true }).waitFor();
  expect(page.url()).toContain('status=Failed');
  expect(await lab.accessibilityFaults()).toEqual([]);
  expect(lab.complaints).toEqual([]);
});
