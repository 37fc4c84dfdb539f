import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabWindow } from './lab-window.ts';

let lab: LabWindow;

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 0 });
});

afterAll(() => lab.close());

test('the link opens the overview and is gone from the address at once', async () => {
  await lab.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  expect(lab.page.url()).not.toContain('link=');
});

test('a reload keeps the window signed in', async () => {
  await lab.page.reload();
  await lab.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
});

test('the same link in another browser is refused in words that say what to do', async () => {
  const stranger = await lab.stranger();
  await stranger.goto(await lab.app.link());
  await stranger.getByRole('heading', { level: 1, name: /used already/ }).waitFor();
  await stranger.getByText('npm start', { exact: true }).first().waitFor();
});
