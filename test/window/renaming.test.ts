import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabWindow } from './lab-window.ts';

let lab: LabWindow;

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 0 });
});

afterAll(() => lab.close());

test('a new site name is at the top of the window as soon as it is saved', async () => {
  const { page } = lab;
  await lab.go('#/settings');
  await page.getByRole('textbox', { name: 'Site name' }).fill('Physics B12');
  await page.getByRole('button', { name: 'Save name' }).click();
  await page.getByRole('banner').getByText('Physics B12').waitFor();
  expect(lab.complaints).toEqual([]);
});
