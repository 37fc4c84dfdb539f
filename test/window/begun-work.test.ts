import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { RPC_PATH, SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../electron/api/transport.ts';
import type { Client } from '../system/site.ts';
import { LabWindow } from './lab-window.ts';

/** What somebody has begun in the window, while the site changes: it begins with what is newest, is not lost, and waits for their word. */
let lab: LabWindow;
/** Somebody else, at the same time. */
let other: Client;
let socket: WebSocket;

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 3 });
  await lab.nodesOnline(4);
  const { origin } = new URL(lab.page.url());
  const session = await lab.page.evaluate(() => sessionStorage.getItem('holdfast.session'));
  socket = new WebSocket(new URL(RPC_PATH, origin.replace('http', 'ws')), [UI_SUB_PROTOCOL, `${SESSION_PREFIX}${session}`], { origin });
  await once(socket, 'open');
  other = createORPCClient(new RPCLink({ websocket: socket }));
});

afterAll(async () => {
  socket.close();
  await lab.close();
});

const dialog = (name: string | RegExp): Locator => lab.page.getByRole('dialog', { name });

const parameter = (name: string, value: string) => ({ name, type: 'String', value, description: '', allowedPattern: null });

async function writeAssociation(name: string, script: string): Promise<void> {
  const { page } = lab;
  await lab.go('#/associations/new');
  await page.getByRole('textbox', { name: 'Association name' }).fill(name);
  await page.getByRole('textbox', { name: 'commands' }).fill(script);
  await page.getByRole('radio', { name: 'Every machine' }).check();
  await page.getByText('It can be saved').waitFor();
  await page.getByRole('button', { name: 'Review and save' }).click();
  await dialog('Review and save').getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

describe('what is edited begins with what is there now', () => {
  async function putDoor(id: string, items: number): Promise<void> {
    const { page } = lab;
    const last = page.getByRole('listitem', { name: `Item ${items}`, exact: true });
    await last.getByRole('textbox', { name: 'Id' }).fill(id);
    await last.getByRole('textbox', { name: 'Title' }).fill(`The ${id} door is locked`);
    await page.getByRole('button', { name: items === 1 ? 'Put 1 item' : `Put ${items} items` }).click();
    await page.getByRole('row', { name: new RegExp(`The ${id} door`) }).waitFor();
  }

  test('items that were put a moment ago are in the list that is put next', async () => {
    const { page } = lab;
    const [node] = (
      await other.nodes.list({ search: 'sample-01', pingStatus: null, sort: 'name', order: 'ascending', offset: 0, limit: 1 })
    ).rows;
    const put = `#/put-compliance?node=${node?.nodeId}&type=Custom%3ADoor`;
    await lab.go(put);
    await putDoor('front', 1);
    await lab.go(put);
    await page.getByText('1 item of “Door” is there now.').waitFor();
    expect(await page.getByRole('listitem', { name: 'Item 1', exact: true }).getByRole('textbox', { name: 'Id' }).inputValue()).toBe(
      'front',
    );
    await page.getByRole('button', { name: 'Add an item' }).click();
    await putDoor('back', 2);
    await page.getByText('2 items', { exact: true }).waitFor();
  });

  test('a document that was saved a moment ago is edited from its newest version', async () => {
    const { page } = lab;
    const source = (words: string) =>
      JSON.stringify({
        schemaVersion: '2.2',
        description: words,
        mainSteps: [{ action: 'aws:runShellScript', name: 'say', inputs: { runCommand: ['true'] } }],
      });
    await other.documents.create({
      name: 'Edited-Twice',
      documentType: 'Command',
      format: 'JSON',
      content: source('first'),
      versionName: null,
    });
    const edit = async (words: string, version: number): Promise<void> => {
      const editor = page.getByRole('textbox', { name: /source/i });
      await editor.click();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(source(words));
      await page.getByText('No problems: this can be saved.').waitFor();
      await page.getByRole('button', { name: `Save as version ${version}` }).click();
      await dialog(`Save version ${version}?`)
        .getByRole('button', { name: /^Save version/ })
        .click();
      await page.getByRole('heading', { level: 1, name: 'Edited-Twice', exact: true }).waitFor();
    };
    await lab.go('#/documents/Edited-Twice/edit');
    await page.getByText('Version 1. Saving makes version 2').waitFor();
    await edit('second', 2);
    await lab.go('#/documents/Edited-Twice/edit');
    await page.getByText('Version 2. Saving makes version 3').waitFor();
    await edit('third', 3);
  });
});

describe('what somebody is asked about waits for their word, whatever changes meanwhile', () => {
  test('a run on many machines does not begin by itself when they are not so many any more', async () => {
    const { page } = lab;
    await writeAssociation('Asked-About', 'true');
    await other.site.setConfirmAbove({ confirmAbove: 2 });
    await page.getByRole('button', { name: 'Run now' }).click();
    const ask = dialog('Run “Asked-About” now?');
    const typed = ask.getByRole('textbox', { name: /type 4/i });
    await typed.waitFor();
    await other.site.setConfirmAbove({ confirmAbove: 50 });
    await typed.waitFor({ state: 'detached' });
    await ask.getByRole('button', { name: 'Run on 4 machines' }).click();
    await page.waitForURL(/#\/executions\//);
  });

  test('a value is not put by itself when nothing refers to it any more', async () => {
    const { page } = lab;
    await other.parameters.put({ draft: parameter('/lab/asked', '1'), expectedVersion: null });
    await writeAssociation('Reads-Asked', 'echo {{ssm:/lab/asked}}');
    const [reader] = (await other.parameters.get({ name: '/lab/asked' })).users;
    await lab.go('#/parameters/%2Flab%2Fasked');
    await page.getByRole('button', { name: 'Put a new value' }).click();
    const form = dialog('New value for /lab/asked');
    await form.getByRole('textbox', { name: 'Value' }).fill('2');
    await form.getByRole('button', { name: 'Review and put' }).click();
    const ask = dialog('Put a new value of “/lab/asked”?');
    await ask.getByText('Runs now on 4 machines.').waitFor();
    if (reader !== undefined) await other.associations.delete({ associationIds: [reader.associationId] });
    await ask.getByText('Nothing runs now.').waitFor();
    expect((await other.parameters.get({ name: '/lab/asked' })).version).toBe(1);
    await ask.getByRole('button', { name: 'Put the value', exact: true }).click();
    await ask.waitFor({ state: 'detached' });
    expect((await other.parameters.get({ name: '/lab/asked' })).version).toBe(2);
  });

  test('a value that somebody else put meanwhile is not written over', async () => {
    const { page } = lab;
    await other.parameters.put({ draft: parameter('/lab/shared', 'mine'), expectedVersion: null });
    await lab.go('#/parameters/%2Flab%2Fshared');
    await page.getByRole('button', { name: 'Put a new value' }).click();
    const form = dialog('New value for /lab/shared');
    await form.getByRole('textbox', { name: 'Value' }).fill('mine, longer');
    await other.parameters.put({ draft: parameter('/lab/shared', 'theirs'), expectedVersion: 1 });
    await page.getByText('theirs').first().waitFor();
    await form.getByRole('button', { name: 'Put the value' }).click();
    await form.getByRole('alert').waitFor();
    expect((await other.parameters.get({ name: '/lab/shared' })).value).toBe('theirs');
    await page.keyboard.press('Escape');
  });
});

describe('what is typed stays', () => {
  test('in a dialog beside which somebody clicks', async () => {
    const { page } = lab;
    await lab.go('#/calendars?open=new');
    const name = dialog('New calendar').getByRole('textbox', { name: 'Name' });
    await name.fill('Exam-Freeze');
    await page.mouse.click(4, 400);
    await lab.settled();
    expect(await name.inputValue()).toBe('Exam-Freeze');
    await dialog('New calendar').getByRole('button', { name: 'Cancel' }).click();
    await name.waitFor({ state: 'detached' });
  });

  test('of JSON that was opened in the editor, until somebody says that it may go', async () => {
    const { page } = lab;
    await lab.go('#/associations/import');
    await page.getByRole('button', { name: 'Open in the editor' }).click();
    await page.getByRole('heading', { level: 1, name: 'New association', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Calendars' }).click();
    const ask = dialog('Leave without saving?');
    await ask.getByRole('button', { name: 'Stay here' }).click();
    await page.getByText('As it was read from JSON.').waitFor();
    await page.getByRole('link', { name: 'Calendars' }).click();
    await ask.getByRole('button', { name: 'Discard and leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Calendars' }).waitFor();
  });

  test('under the keys of whoever completes a reference', async () => {
    const { page } = lab;
    await lab.go('#/associations/new');
    const commands = page.getByRole('textbox', { name: 'commands' });
    await commands.fill('echo {{ssm:/lab/sha');
    const offered = page.getByRole('group', { name: 'Parameters of Parameter Store' }).getByRole('button', { name: '/lab/shared' });
    await offered.press('Enter');
    await page.keyboard.type(' # done');
    expect(await commands.inputValue()).toBe('echo {{ssm:/lab/shared}} # done');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Discard and leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Associations' }).waitFor();
  });

  test('items that are not stored are not lost with another name of their type, unless somebody says so', async () => {
    const { page } = lab;
    const [node] = (
      await other.nodes.list({ search: 'sample-02', pingStatus: null, sort: 'name', order: 'ascending', offset: 0, limit: 1 })
    ).rows;
    await lab.go(`#/put-compliance?node=${node?.nodeId}`);
    const type = page.getByRole('textbox', { name: 'Name of the type' });
    await type.pressSequentially('Windo');
    const id = page.getByRole('listitem', { name: 'Item 1', exact: true }).getByRole('textbox', { name: 'Id' });
    await id.fill('north');
    await type.press('w');
    const ask = page.getByRole('dialog').filter({ hasText: 'The items are not stored.' });
    await ask.getByRole('button', { name: /stay/i }).click();
    expect([await type.inputValue(), await id.inputValue()]).toEqual(['Windo', 'north']);
    await page.getByRole('button', { name: 'As JSON' }).click();
    await ask.getByRole('button', { name: /leave/i }).click();
    await page.getByRole('textbox', { name: 'PutComplianceItems as JSON' }).waitFor();
  });

  test('a new parameter begins at the level that is looked at, which stays the one that is looked at', async () => {
    const { page } = lab;
    await lab.go('#/parameters?path=%2Flab');
    await page.getByRole('button', { name: 'New parameter' }).first().click();
    const form = dialog('New parameter');
    expect(await form.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('/lab/');
    await form.getByRole('button', { name: 'Cancel' }).click();
    await form.waitFor({ state: 'detached' });
    expect(lab.page.url()).toContain('path=%2Flab');
  });

  test('where the keys are in a table stays so while the table is drawn again', async () => {
    const { page } = lab;
    await writeAssociation('Looked-Through', 'true');
    await page.getByRole('tab', { name: /^Targets/ }).click();
    const inCell = page.getByRole('table', { name: 'Matching nodes' }).getByRole('link', { name: 'Compliant' }).first();
    await inCell.focus();
    const [node] = (
      await other.nodes.list({ search: 'sample-03', pingStatus: null, sort: 'name', order: 'ascending', offset: 0, limit: 1 })
    ).rows;
    if (node !== undefined) await other.nodes.update({ nodeId: node.nodeId, name: 'sample-03-renamed', tags: node.tags });
    await page.getByText('sample-03-renamed').first().waitFor();
    expect(await inCell.evaluate((link) => link === document.activeElement)).toBe(true);
  });
});
