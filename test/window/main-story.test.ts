import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabWindow } from './lab-window.ts';

/** What a person does in their first five minutes, in a real browser against the real app and its sample agents. */
let lab: LabWindow;

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 3 });
  await lab.nodesOnline(4);
});

afterAll(() => lab.close());

test('an association is written with a live preview, reviewed, saved, and seen to run with its output', async () => {
  const { page } = lab;
  await lab.go('#/associations');
  await page
    .getByRole('link', { name: 'New association' })
    .or(page.getByRole('button', { name: 'New association' }))
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Association name' }).fill('Say-Hello');
  await page.getByRole('textbox', { name: 'commands' }).fill('echo "hello from $AWS_SSM_INSTANCE_ID"\nsleep 1\necho done');
  await page.getByRole('radio', { name: /tag/i }).check();
  await page
    .getByRole('combobox', { name: 'Tag key 1' })
    .or(page.getByRole('textbox', { name: 'Tag key 1' }))
    .first()
    .fill('lab');
  const values = page
    .getByRole('combobox', { name: 'Tag values 1' })
    .or(page.getByRole('textbox', { name: 'Tag values 1' }))
    .first();
  await values.fill('sample');
  await values.press('Enter');
  const preview = page.getByRole('complementary');
  await preview.getByText('sample-01').waitFor();
  await preview.getByText('sample-03').waitFor();
  await page.getByRole('button', { name: /review/i }).click();
  const dialog = page.getByRole('dialog', { name: 'Review and save' });
  await dialog
    .getByText(/3 machines/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: /save/i }).click();

  await page.getByRole('heading', { level: 1, name: 'Say-Hello' }).waitFor();
  await lab.go('#/executions');
  await page
    .getByRole('row', { name: /Say-Hello/ })
    .getByText('Success')
    .waitFor();
  await page
    .getByRole('row', { name: /Say-Hello/ })
    .getByRole('link', { name: /Say-Hello/ })
    .click();
  await page.getByRole('row', { name: /sample-02/ }).click();
  await page
    .getByText(/hello from mi-/)
    .first()
    .waitFor();
  await page.getByText('done').first().waitFor();
  expect(lab.complaints).toEqual([]);
});
