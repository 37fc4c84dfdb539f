import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabWindow } from './lab-window.ts';

let lab: LabWindow;
let machine: string;

beforeAll(async () => {
  machine = await mkdtemp(join(tmpdir(), 'holdfast-machine-'));
  lab = await LabWindow.open({ sampleNodes: 0 });
});

afterAll(async () => {
  await lab.close();
  await rm(machine, { recursive: true, force: true });
});

async function harmlessPrograms(folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'shutdown'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return bin;
}

test('the file and the line that the dialog gives make a machine a node, while one watches', async () => {
  const { page } = lab;
  await lab.go('#/nodes?add=yes');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('lab-07');
  const address = dialog.getByLabel('Address of this computer');
  await address.fill('127.0.0.1');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Create activation' }).click();

  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: /holdfast-agent/ }).click();
  await (await download).saveAs(join(machine, 'holdfast-agent.mjs'));
  const command =
    (await dialog
      .getByText(/^node holdfast-agent\.mjs enroll/)
      .first()
      .textContent()) ?? '';
  // Only the data folder is the test's: as root the agent would take the machine's own.
  const line = command.replaceAll(/(enroll|run)(?= |$)/g, `$1 --data ${machine}/data`);
  // The line lets the agent restart its machine, which here is this one: nothing asks for that, and a program that does nothing is in the way.
  const harmless = await harmlessPrograms(machine);
  const path = [harmless, dirname(process.execPath), process.env.PATH].join(delimiter);
  const agent = spawn('sh', ['-c', `${line.replace(/ && (node .* run .*)$/, ' && exec $1')}`], {
    cwd: machine,
    stdio: 'ignore',
    env: { ...process.env, PATH: path },
  });
  try {
    await dialog
      .getByText(/lab-07/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('row', { name: /lab-07/ })
      .getByText('Connected')
      .waitFor();
    expect(lab.complaints).toEqual([]);
  } finally {
    const ended = once(agent, 'exit');
    agent.kill('SIGTERM');
    await ended;
  }
});
