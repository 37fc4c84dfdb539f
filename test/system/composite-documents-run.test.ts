import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileVault } from '../../electron/controller/hub/file-vault.ts';
import type { Vault } from '../../electron/controller/ports/vault.ts';
import { anAssociation } from '../builders/association.ts';
import { filesWith } from '../builders/raw-bytes.ts';
import { anObjectStore } from '../fakes/object-store.ts';
import { finished, outcomeOf, wholeOutput } from './outcome.ts';
import { TestSite } from './site.ts';

/** A document that fetches, runs another document and runs what it fetched: with a real store, a real controller and a real agent. */

const SECRET = 'correct-horse-battery-staple';

/** Like a computer's key store: what it seals is nothing like what it was given. */
const keyStore: Vault = {
  ...fileVault,
  kind: 'safe-storage',
  seal: async (secret) => secret.map((byte) => byte ^ 0x5a),
  unseal: async (sealed) => sealed.map((byte) => byte ^ 0x5a),
};

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start({ vault: keyStore });
});

afterEach(() => site.stop());

async function put(name: string, value: string, type: 'String' | 'SecureString'): Promise<void> {
  const draft = { name, type, value, description: '', allowedPattern: null };
  await site.client.parameters.put({ draft, expectedVersion: null });
}

async function create(name: string, document: unknown): Promise<void> {
  await site.client.documents.create({ name, format: 'JSON', content: JSON.stringify(document) });
}

async function run(documentName: string, parameters: Record<string, string[]>) {
  const agent = await site.addAgent({ name: 'lab-01' });
  const { associationId } = await site.client.associations.save({ edit: null, draft: anAssociation({ documentName, parameters }) });
  const { executionId } = await finished(site, associationId, { trigger: 'Created' });
  const { target, steps } = await outcomeOf(site, executionId, agent.nodeId);
  return { agent, executionId, target, steps };
}

const COMPOSITE = {
  schemaVersion: '2.2',
  parameters: {
    SourceInfo: { type: 'StringMap', default: {} },
    ChildDocument: { type: 'String', default: 'Lab-Child' },
  },
  mainSteps: [
    {
      action: 'aws:downloadContent',
      name: 'fetch',
      inputs: { sourceType: 'S3', sourceInfo: '{{ SourceInfo }}', destinationPath: 'playbook' },
    },
    {
      action: 'aws:runDocument',
      name: 'child',
      inputs: {
        documentType: 'SSMDocument',
        documentPath: '{{ ChildDocument }}',
        documentParameters: { Banner: 'from the composite document' },
      },
    },
    { action: 'aws:runShellScript', name: 'runFetched', inputs: { workingDirectory: 'playbook', runCommand: ['sh ./main.sh'] } },
  ],
};

const CHILD = {
  schemaVersion: '2.2',
  parameters: {
    Banner: { type: 'String' },
    Port: { type: 'String', default: '{{ssm:/lab/port}}' },
    Password: { type: 'String', interpolationType: 'ENV_VAR', default: '{{ssm-secure:/lab/password}}' },
  },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'says',
      inputs: {
        runCommand: [
          'echo "{{ Banner }}, port {{ Port }} {{ssm:/lab/port}}"',
          'printf "%s" "{{ Password }}" | wc -c | tr -d " "',
          'echo "$SSM_Password"',
        ],
      },
    },
  ],
};

describe('a composite document', () => {
  test('fetches with a secret key, runs another document with what that refers to, and runs what it fetched; the secret stays secret', async () => {
    const store = await anObjectStore('lab');
    await store.put('lab', 'playbook/main.sh', 'echo fetched; cat roles/web.txt');
    await store.put('lab', 'playbook/roles/web.txt', 'a role\n');
    await put('/lab/key', store.secretAccessKey, 'SecureString');
    await put('/lab/password', SECRET, 'SecureString');
    await put('/lab/port', '8080', 'String');
    await create('Lab-Child', CHILD);
    await create('Lab-Composite', COMPOSITE);
    const sourceInfo = {
      path: `${store.endpoint}/lab/playbook/`,
      username: store.accessKeyId,
      password: '{{ssm-secure:/lab/key}}',
      allowInsecureDownload: 'true',
    };
    const { agent, executionId, target, steps } = await run('Lab-Composite', { SourceInfo: [JSON.stringify(sourceInfo)] });
    expect(steps.map(({ record }) => record)).toMatchObject([{ status: 'Success' }, { status: 'Success' }, { status: 'Success' }]);
    expect(target).toMatchObject({ status: 'Success' });
    const output = (stepIndex: number) => wholeOutput(site, { executionId, nodeId: agent.nodeId, stepIndex });
    expect(await output(1)).toBe(
      `[Lab-Child] step says\nfrom the composite document, port 8080 8080\n${SECRET.length}\n********\n[Lab-Child] step says: Success\n`,
    );
    expect(await output(2)).toBe('fetched\na role\n');
    expect([...site.log, ...agent.log].join('')).not.toContain(SECRET);
    await agent.stop();
    expect(filesWith(site.dataFolder, SECRET)).toEqual([]);
    expect(filesWith(agent.folder, SECRET)).toEqual([]);
  });

  test('gets nothing of a document that refers to Parameter Store, where only a file that was fetched names it', async () => {
    const store = await anObjectStore('lab');
    await put('/lab/password', SECRET, 'SecureString');
    await put('/lab/port', '8080', 'String');
    await create('Lab-Child', CHILD);
    const sly = { ...COMPOSITE, mainSteps: [COMPOSITE.mainSteps[1]], parameters: { ChildDocument: COMPOSITE.parameters.ChildDocument } };
    await store.put('lab', 'sly.json', JSON.stringify(sly));
    const sourceInfo = { path: `${store.endpoint}/lab/sly.json`, allowInsecureDownload: 'true' };
    const parameters = { sourceType: ['S3'], sourceInfo: [JSON.stringify(sourceInfo)] };
    const { steps } = await run('AWS-RunDocument', parameters);
    expect(steps[1]?.record).toMatchObject({ status: 'Failed' });
    expect(JSON.stringify(steps[1])).toContain('refers to Parameter Store');
  });
});

test('AWS-RunRemoteScript fetches a script and runs it, and AWS-RunDocument a document', async () => {
  const store = await anObjectStore('lab');
  await store.put('lab', 'main.sh', '#!/bin/sh\necho "remote $1"\n');
  const hello = {
    schemaVersion: '2.2',
    parameters: { Name: { type: 'String' } },
    mainSteps: [{ action: 'aws:runShellScript', name: 'hi', inputs: { runCommand: ['echo "hello {{ Name }}"'] } }],
  };
  await store.put('lab', 'hello.json', JSON.stringify(hello));
  const source = (key: string) => ({
    sourceType: ['S3'],
    sourceInfo: [JSON.stringify({ path: `${store.endpoint}/lab/${key}`, allowInsecureDownload: 'true' })],
  });
  const script = await run('AWS-RunRemoteScript', { ...source('main.sh'), commandLine: ['main.sh argument'] });
  expect(script.steps.map(({ record }) => record?.status)).toEqual(['Success', 'Success', 'Skipped']);
  expect(await wholeOutput(site, { executionId: script.executionId, nodeId: script.agent.nodeId, stepIndex: 1 })).toBe('remote argument\n');
  const draft = anAssociation({
    documentName: 'AWS-RunDocument',
    parameters: { ...source('hello.json'), documentParameters: ['{"Name":"lab"}'] },
  });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const { executionId } = await finished(site, associationId, { trigger: 'Created' });
  const output = await wholeOutput(site, { executionId, nodeId: script.agent.nodeId, stepIndex: 1 });
  expect(output).toBe('[document] step hi\nhello lab\n[document] step hi: Success\n');
});
