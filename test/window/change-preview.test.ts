import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabWindow } from './lab-window.ts';

/** The last look before a change: who runs, who leaves, and a number to type where it is many. The site's limit here is 2 machines. */
let lab: LabWindow;

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 3 });
  await lab.nodesOnline(4);
  await lab.go('#/settings');
  await lab.page.getByRole('textbox', { name: 'Machines without a confirmation' }).fill('2');
  await lab.page.getByRole('button', { name: 'Save limit' }).click();
  // What the field says is there while it is typed; that it is saved is said apart.
  await lab.page
    .getByRole('status')
    .getByText(/more than 2 machines at once/)
    .waitFor();
});

afterAll(() => lab.close());

const dialog = (name: string | RegExp): Locator => lab.page.getByRole('dialog', { name });
const field = (name: string): Locator => lab.page.getByRole('combobox', { name }).or(lab.page.getByRole('textbox', { name })).first();

async function writeForEveryMachine(name: string): Promise<void> {
  const { page } = lab;
  await lab.go('#/associations/new');
  await page.getByRole('textbox', { name: 'Association name' }).fill(name);
  await page.getByRole('textbox', { name: 'commands' }).fill('true');
  await page.getByRole('radio', { name: 'Every machine' }).check();
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('button', { name: 'Review and save' }).click();
}

test('a save that hits many machines names them, and needs their number typed; Enter alone cancels, and cancelling saves nothing', async () => {
  const { page } = lab;
  await writeForEveryMachine('Too-Many');
  const review = dialog('Review and save');
  await review.getByText('Runs now on 4 machines.').waitFor();
  for (const name of ['sample-01', 'sample-02', 'sample-03']) await review.getByText(name).first().waitFor();
  const save = review.getByRole('button', { name: 'Save and run on 4 machines' });
  const typed = review.getByRole('textbox', { name: /type 4/ });
  expect(await save.isDisabled()).toBe(true);
  await typed.fill('3');
  expect(await save.isDisabled()).toBe(true);
  expect(await lab.accessibilityFaults()).toEqual([]);
  await review.getByRole('button', { name: 'Back to editing' }).click();
  await review.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Review and save' }).click();
  await typed.waitFor();
  expect(await typed.inputValue()).toBe('');
  await page.keyboard.press('Enter');
  await review.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Review and save' }).click();
  await typed.fill('4');
  await typed.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Too-Many' }).waitFor();
});

test('running it again asks for the number too', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'Run now' }).click();
  const ask = dialog(/^Run “Too-Many” now/);
  await ask.getByRole('textbox', { name: /type 4/ }).fill('4');
  await ask.getByRole('button', { name: 'Run on 4 machines' }).click();
  await page.waitForURL(/#\/executions\//);
  await page.getByText('Started by hand').waitFor();
});

test('several associations are run after a look at all of them', async () => {
  const { page } = lab;
  await lab.go('#/associations');
  await page.getByRole('checkbox', { name: 'Select Too-Many' }).check();
  await page.getByRole('checkbox', { name: /Select Sample-Disk-Space/ }).check();
  await page.getByRole('button', { name: 'Run now…' }).click();
  const ask = dialog('Run 2 associations now?');
  await ask.getByText('Runs now on 4 machines, 7 runs in all.').waitFor();
  await ask.getByRole('button', { name: 'Cancel' }).click();
  await ask.waitFor({ state: 'detached' });
});

test('a tag says before it is saved what it makes run', async () => {
  const { page } = lab;
  await lab.go('#/associations/new');
  await page.getByRole('textbox', { name: 'Association name' }).fill('For-Exams');
  await page.getByRole('textbox', { name: 'commands' }).fill('true');
  await field('Tag key 1').fill('exam');
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('button', { name: 'Review and save' }).click();
  const review = dialog('Review and save');
  await review.getByText('Nothing runs now.').waitFor();
  await review.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'For-Exams' }).waitFor();

  await lab.go('#/nodes');
  await page
    .getByRole('row', { name: /sample-01/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('button', { name: /edit/i }).first().click();
  const edit = dialog('Edit sample-01');
  await edit.getByRole('button', { name: 'Add a tag' }).click();
  await edit
    .getByRole('textbox', { name: /Tag key/ })
    .or(edit.getByRole('combobox', { name: /Tag key/ }))
    .last()
    .fill('exam');
  await edit.getByRole('button', { name: 'Review and save' }).click();
  const tags = dialog('Change the tags of sample-01?');
  await tags.getByText('Runs now on 1 machine.').waitFor();
  await tags.getByRole('link', { name: 'For-Exams' }).waitFor();
  await tags.getByText('Because the node begins to match').waitFor();
  await tags.getByText(/Other associations apply/).waitFor();
  await tags.getByRole('button', { name: 'Save and run on 1 machine' }).click();
  await page.getByText('sample-01 is saved.').waitFor();
});

test('a deletion names the machines that are not covered any more', async () => {
  const { page } = lab;
  await lab.go('#/associations');
  await page.getByRole('button', { name: 'Actions for For-Exams' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const ask = dialog(/^Delete “For-Exams”/);
  await ask.getByText('Nothing runs now.').waitFor();
  await ask.getByText('1 machine is not covered any more').waitFor();
  await ask.getByText('sample-01').waitFor();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await lab.accessibilityFaults()).toEqual([]);
  await ask.getByRole('button', { name: 'Delete the association' }).click();
  await page.getByText('“For-Exams” is deleted.').waitFor();
  expect(lab.complaints).toEqual([]);
});
