import { afterAll, beforeAll, expect, test } from 'vitest';
import { vectorText } from '../vectors.ts';
import { LabWindow } from './lab-window.ts';

let lab: LabWindow;

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 1 });
});

afterAll(() => lab.close());

const WATCH = `schemaVersion: "2.2"
description: Says that it is there, and on Windows what it counts.
mainSteps:
  - action: aws:runShellScript
    name: hello
    inputs:
      runCommand: [echo hello]
  - action: aws:cloudWatch
    name: watch
    inputs:
      properties: counters
`;

async function bringIn(sample: string, name: string, text = vectorText(`document-samples/${sample}`)): Promise<void> {
  const { page } = lab;
  await lab.go('#/new-document');
  const file = { name: sample, mimeType: 'text/plain', buffer: Buffer.from(text) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create document' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await lab.settled();
}

test('a file is brought in as what it is, and what cannot run here is said', async () => {
  const { page } = lab;
  await bringIn('watch.yaml', 'Watch', WATCH);
  const report = page.getByRole('region', { name: 'Compatibility' });
  await report.getByText('Runs on Linux and macOS, with limits; cannot run on Windows.').waitFor();
  await report.getByText('Level 1').waitFor();
  await report.getByText('aws:cloudWatch cannot run here: AWS has retired it').waitFor();
  await lab.looksRight('document-warnings');

  await bringIn('09-runbook-v03.yaml', 'My-Runbook');
  await page.getByText('Runbooks cannot run here yet').waitFor();
  expect(await page.getByRole('button', { name: 'New association' }).count()).toBe(0);

  await bringIn('05-legacy-v12.json', 'Legacy');
  expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
  await lab.go('#/documents/Legacy/edit');
  await page.getByText('Documents of schema 1.2 have no further versions').waitFor();

  await bringIn('22-calendar-default-open.ics', 'Freezes');
  expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
  await lab.looksRight('document-calendar');
  await page.getByRole('link', { name: 'Open the calendar' }).click();
  await page.getByRole('heading', { level: 1, name: 'Freezes' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#/calendars/Freezes');

  await lab.go('#/documents');
  await page.getByRole('button', { name: /^Mine/ }).click();
  await page.getByRole('row', { name: /My-Runbook.*Runbook 0\.3/ }).waitFor();
  await page.getByRole('row', { name: /Legacy.*Command 1\.2/ }).waitFor();
  await lab.looksRight('documents-of-types');
  expect(lab.complaints).toEqual([]);
});

test('while a document is written, warnings are no problems', async () => {
  const { page } = lab;
  await lab.go('#/new-document');
  const [inventory, watch] = [vectorText('document-samples/06-policy-inventory.yaml'), WATCH].map((text, position) => {
    return { name: position === 0 ? 'inventory.yaml' : 'watch.yaml', mimeType: 'text/plain', buffer: Buffer.from(text) };
  });
  if (inventory === undefined || watch === undefined) throw new Error('There are no files.');
  await page.locator('input[type="file"]').setInputFiles(inventory);
  await page.getByRole('radio', { name: 'Policy', checked: true }).waitFor({ state: 'attached' });
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('inventory');
  await page.locator('input[type="file"]').setInputFiles(watch);
  await page.getByRole('list', { name: 'Warnings about the source' }).getByText('aws:cloudWatch cannot run here').waitFor();
  await page.getByText('It can be saved, but not everything in it runs here:').waitFor();
  await lab.looksRight('new-document-warnings');
});

test('versions have names, and one that is not the default can go', async () => {
  const { page } = lab;
  await bringIn('01-shell-hello.yaml', 'Hello');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const editor = page.getByRole('textbox', { name: 'Source of the document' });
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# again\n');
  await page.getByRole('textbox', { name: 'Version label' }).fill('not a name');
  await page.getByText('A version name has 1 to 128 letters').waitFor();
  await page.getByRole('textbox', { name: 'Version label' }).fill('1.1.0');
  await page.getByText('No problems: this can be saved.').waitFor();
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save version 2' }).click();
  const versions = page.getByRole('list', { name: 'Versions, newest first' });
  await versions.getByText('1.1.0').waitFor();
  await lab.looksRight('document-versions');
  await page.getByRole('button', { name: 'Compare version 1 with the one shown' }).click();
  const difference = page.getByRole('table', { name: 'What is different' });
  await difference.getByRole('cell', { name: '# again' }).waitFor();
  await lab.looksRight('document-difference');
  await page.keyboard.press('Escape');
  await difference.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show as JSON' }).click();
  await page.getByRole('button', { name: 'Show as YAML' }).waitFor();
  await page.getByRole('button', { name: 'Delete… (version 2)' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete version 2' }).click();
  await page.getByText('Version 2 of “Hello” is deleted.').waitFor();
  await versions.getByText('Version 2').waitFor({ state: 'detached' });
  expect(await versions.getByRole('listitem').count()).toBe(1);
  await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
  expect(lab.complaints).toEqual([]);
});

test('what fits is offered while one writes, and explained', async () => {
  const { page } = lab;
  await lab.go('#/new-document');
  const editor = page.getByRole('textbox', { name: 'Source of the document' });
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  - action: aws:ref');
  await page.getByRole('option', { name: 'aws:refreshAssociation' }).waitFor();
  await page.getByText('Applies the associations of this node now.').waitFor();
  await lab.looksRight('document-completion');
  await page.keyboard.press('Enter');
  await page.keyboard.type('\nname: again\ninputs:\n  asso');
  await page.getByRole('option', { name: 'associationIds' }).click();
  await page.keyboard.type('[]');
  await page.getByText('No problems: this can be saved.').waitFor();
  await page.getByRole('region', { name: 'Compatibility' }).getByText('It needs the controller: it asks for the associations').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Again');
  await page.getByRole('button', { name: 'Create document' }).click();
  await page.getByRole('heading', { level: 1, name: 'Again' }).waitFor();
  expect(lab.complaints).toEqual([]);
});

test('several files are imported at once: what each does here is said first, and what is refused stays out', async () => {
  const { page } = lab;
  await lab.go('#/documents');
  await page.getByRole('button', { name: 'Import…' }).click();
  const dialog = page.getByRole('dialog');
  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  const samples = ['02-cross-platform.json', '13-invalid-undefined-parameter.yaml'];
  await dialog
    .locator('input[type="file"]')
    .setInputFiles([
      ...samples.map((name) => file(name, vectorText(`document-samples/${name}`))),
      file('limited.yaml', WATCH),
      file('again.yaml', WATCH),
    ]);
  await dialog.getByText('3 documents of 4 files can be imported.').waitFor();
  await dialog
    .getByRole('row', { name: /13-invalid/ })
    .getByText('Refused')
    .waitFor();
  await dialog
    .getByRole('row', { name: /limited/ })
    .getByText('Runs with limits')
    .waitFor();
  await dialog.getByRole('textbox', { name: 'Name of again.yaml' }).fill('limited');
  await dialog.getByText('Another of these files has this name.').first().waitFor();
  await lab.looksRight('documents-import');
  await dialog.getByRole('button', { name: 'Leave out again.yaml' }).click();
  await dialog.getByRole('button', { name: 'Import 2 documents' }).click();
  await page.getByText('2 documents imported.').waitFor();
  await page.getByRole('searchbox', { name: 'Search documents' }).fill('limited');
  await page.getByRole('row', { name: /limited/ }).waitFor();
  expect(lab.complaints).toEqual([]);
});

const ASKING = `schemaVersion: "2.2"
parameters:
  who: {type: String, interpolationType: ENV_VAR, minChars: 2}
  how: {type: StringList, allowedValues: [loud, kind], default: [kind]}
mainSteps:
  - action: aws:runShellScript
    name: greet
    inputs:
      runCommand: ['echo "hello {{ who }}"']
`;

test('a document is tested on one machine, and nothing of the test stays', async () => {
  const { page } = lab;
  await lab.nodesOnline(1);
  await bringIn('asking.yaml', 'Asking', ASKING);
  await page.getByRole('button', { name: 'Test on one node' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('radio', { name: 'Only check' }).isDisabled()).toBe(true);
  await dialog.getByRole('combobox', { name: 'Machine' }).click();
  await page.getByRole('option').first().click();
  await dialog.getByRole('textbox', { name: 'who' }).fill('x');
  await dialog.getByRole('textbox', { name: 'who' }).blur();
  await dialog.getByText('must have at least 2 characters').first().waitFor();
  await dialog.getByRole('textbox', { name: 'who' }).fill('"World"');
  await dialog.getByText('Its steps with these parameters').click();
  await dialog.getByRole('region', { name: 'Step greet with its parameters' }).getByText('SSM_who').waitFor();
  await lab.looksRight('document-test-form');
  await dialog.getByRole('button', { name: 'Run it there' }).click();
  await dialog.getByText('hello "World"').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).waitFor();
  await lab.looksRight('document-test-run');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('No association uses it.').waitFor();
  expect(lab.complaints).toEqual([]);
});

test('what is written faster than the page draws stays whole', async () => {
  const { page } = lab;
  await lab.go('#/new-document');
  const editor = page.getByRole('textbox', { name: 'Source of the document' });
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // Some letters in one turn of the page, some over a few, as where a key is held down while the page is busy.
  const written = await page.evaluate(async () => {
    const turn = () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
    let text = '';
    for (let place = 0; place < 400; place += 1) {
      const letter = String.fromCharCode(97 + (place % 26));
      document.execCommand('insertText', false, letter);
      text += letter;
      for (let turns = 0; turns < place % 7; turns += 1) await turn();
    }
    return text;
  });
  expect(await editor.innerText()).toBe(written);
  expect(lab.complaints).toEqual([]);
});
