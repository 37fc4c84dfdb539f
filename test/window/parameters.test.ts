import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColorScheme } from './lab-window.ts';
import { LabWindow } from './lab-window.ts';

const SECRET = 'correct-horse-battery-staple';

describe.each<ColorScheme>(['light', 'dark'])('parameters in the %s theme', (colorScheme) => {
  let lab: LabWindow;

  beforeAll(async () => {
    lab = await LabWindow.open({ sampleNodes: 2, colorScheme });
    await lab.nodesOnline(3);
  });

  afterAll(() => lab.close());

  const dialog = (name: string | RegExp): Locator => lab.page.getByRole('dialog', { name });

  async function create(name: string, { type = 'String', value }: { type?: string; value: string }): Promise<void> {
    const { page } = lab;
    await lab.go('#/parameters');
    await page.getByRole('button', { name: 'New parameter' }).first().click();
    const form = dialog('New parameter');
    await form.getByRole('textbox', { name: 'Name' }).fill(name);
    await form.getByText(type, { exact: true }).click();
    await form.getByRole('textbox', { name: 'Value' }).fill(value);
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }

  test('begin with nothing but what they are for', async () => {
    await lab.go('#/parameters');
    await lab.page.getByText('No parameters yet').waitFor();
    await lab.looksRight('parameters-none');
  });

  test('are created in a dialog that says what is wrong while it is typed', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'New parameter' }).first().click();
    const form = dialog('New parameter');
    await form.getByRole('textbox', { name: 'Name' }).fill('lab/port');
    await form.getByText('A name with levels begins with /, as in /lab/port.').waitFor();
    await form.getByRole('textbox', { name: 'Allowed pattern' }).fill('^[0-9]+$');
    await form.getByRole('textbox', { name: 'Value' }).fill('eighty');
    await form.getByText('The value does not match the pattern ^[0-9]+$.').waitFor();
    expect(await form.getByRole('button', { name: 'Create' }).isDisabled()).toBe(true);
    await lab.looksRight('parameter-form');
    await form.getByRole('textbox', { name: 'Name' }).fill('/lab/port');
    await form.getByRole('textbox', { name: 'Value' }).fill('8080');
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: '/lab/port' }).waitFor();
    await page.getByText('No association reads it.').waitFor();
  });

  test('are offered while an association refers to one, and then say who reads them', async () => {
    const { page } = lab;
    await create('/lab/hosts', { type: 'StringList', value: 'alpha,beta,gamma' });
    await lab.go('#/associations/new');
    await page.getByRole('textbox', { name: 'Association name' }).fill('Reads-Port');
    await page.getByRole('textbox', { name: 'commands' }).fill('echo "port {{ssm:po');
    const offered = page.getByRole('group', { name: 'Parameters of Parameter Store' });
    await offered.getByRole('button', { name: '/lab/port' }).waitFor();
    await lab.looksRight('parameter-offered');
    await offered.getByRole('button', { name: '/lab/port' }).click();
    const commands = page.getByRole('textbox', { name: 'commands' });
    expect(await commands.inputValue()).toBe('echo "port {{ssm:/lab/port}}');
    await commands.fill('echo "port {{ssm:/lab/port}}"');
    await page.getByRole('radio', { name: 'Every machine' }).check();
    await page.getByText('It can be saved').waitFor();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await dialog('Review and save').getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Reads-Port' }).waitFor();
    await lab.go('#/parameters/%2Flab%2Fport');
    await page.getByRole('link', { name: 'Reads-Port' }).waitFor();
    await page.getByText('reads the newest version').waitFor();
  });

  test('get a new value after a look at what then runs, and remember the old one', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'Put a new value' }).click();
    const form = dialog('New value for /lab/port');
    await form.getByRole('textbox', { name: 'Value' }).fill('9090');
    await form.getByRole('button', { name: 'Review and put' }).click();
    const review = dialog('Put a new value of “/lab/port”?');
    await review.getByText('Runs now on 3 machines.').waitFor();
    await lab.looksRight('parameter-review');
    await review.getByRole('button', { name: 'Put the value and run on 3 machines' }).click();
    await review.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'What version 2 changed' }).getByText('9090').waitFor();
    await lab.looksRight('parameter');
    await page.getByRole('button', { name: 'Put again… (version 1)' }).click();
    expect(await form.getByRole('textbox', { name: 'Value' }).inputValue()).toBe('8080');
    await page.keyboard.press('Escape');
  });

  test('that are secret are hidden until somebody asks, also while they are typed', async () => {
    const { page } = lab;
    await lab.go('#/parameters');
    await page.getByRole('button', { name: 'New parameter' }).first().click();
    const form = dialog('New parameter');
    await form.getByRole('textbox', { name: 'Name' }).fill('/lab/password');
    await form.getByText('SecureString', { exact: true }).click();
    const value = form.getByRole('textbox', { name: 'Value' });
    await value.fill('abc');
    await form.getByText(/fewer than 4 characters is not hidden/).waitFor();
    await value.fill(SECRET);
    expect(await value.evaluate((field) => getComputedStyle(field).getPropertyValue('-webkit-text-security'))).toBe('disc');
    await lab.looksRight('parameter-secret-form');
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: '/lab/password' }).waitFor();
    expect(await page.content()).not.toContain(SECRET);
    await lab.looksRight('parameter-secret');
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByText(SECRET).waitFor();
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByText(SECRET).waitFor({ state: 'detached' });
  });

  test('are listed, found by level, type and words, and saved without secrets', async () => {
    const { page } = lab;
    await lab.go('#/parameters');
    await page.getByRole('row', { name: /\/lab\/password/ }).waitFor();
    expect(await page.content()).not.toContain(SECRET);
    await lab.looksRight('parameters');
    await page.getByRole('button', { name: 'SecureString' }).click();
    await page.getByText('1 parameter', { exact: true }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as JSON' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toContain('/lab/password');
    expect(text).not.toContain(SECRET);
    await page.getByRole('group', { name: 'Type' }).getByRole('button', { name: 'All' }).click();
    await page.getByRole('searchbox', { name: 'Search parameters' }).fill('no such thing');
    await page.getByText('No parameter is like this').waitFor();
    await page.getByRole('button', { name: 'Show all parameters' }).click();
    await page.getByRole('row', { name: /\/lab\/hosts/ }).waitFor();
  });

  test('are deleted after it is said who refers to them', async () => {
    const { page } = lab;
    await lab.go('#/parameters/%2Flab%2Fport');
    await page.getByRole('button', { name: 'Delete…' }).click();
    const ask = dialog('Delete “/lab/port”?');
    await ask.getByText('1 association refers to it.').waitFor();
    await lab.looksRight('parameter-delete');
    await ask.getByRole('button', { name: 'Delete the parameter' }).click();
    await page.getByRole('heading', { level: 1, name: 'Parameters' }).waitFor();
    await lab.go('#/parameters/%2Flab%2Fport');
    await page.getByText('There is no parameter named “/lab/port”.').waitFor();
  });

  test('are found in the palette, and nothing complains', async () => {
    const { page } = lab;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Search/ }).fill('hosts');
    await page.getByRole('option', { name: /\/lab\/hosts/ }).click();
    await page.getByRole('heading', { level: 1, name: '/lab/hosts' }).waitFor();
    await lab.looksRight('parameter-list');
    expect(lab.complaints).toEqual([]);
  });
});
