import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import { fileVault } from '../../electron/controller/hub/file-vault.ts';
import type { Vault } from '../../electron/controller/ports/vault.ts';
import { anAssociation } from '../builders/association.ts';
import { filesWith } from '../builders/raw-bytes.ts';
import { finished, outcomeOf, wholeOutput } from './outcome.ts';
import { refusal } from './refusal.ts';
import { TestSite } from './site.ts';

/** What runs refer to in Parameter Store, with real agents: what arrives, what is kept secret on the way, and what fails. */

const SECRET = 'correct-horse-battery-staple';

/** Like a computer's key store: what it seals is nothing like what it was given. */
const keyStore: Vault = {
  kind: 'safe-storage',
  seal: async (secret) => secret.map((byte) => byte ^ 0x5a),
  unseal: async (sealed) => sealed.map((byte) => byte ^ 0x5a),
};

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start({ vault: keyStore });
});

afterEach(() => site.stop());

async function put(name: string, value: string, type = 'String'): Promise<void> {
  const { rows } = await site.client.parameters.list({
    search: name,
    path: null,
    recursive: true,
    type: null,
    sort: 'name',
    order: 'ascending',
    offset: 0,
    limit: 1,
  });
  const draft = { name, type, value, description: '', allowedPattern: null };
  await site.client.parameters.put({ draft, expectedVersion: rows[0]?.version ?? null });
}

/** A document whose parameter `Password` travels in the environment. */
async function createDocumentWithSecret(runCommand: string[]): Promise<void> {
  const content = JSON.stringify({
    schemaVersion: '2.2',
    parameters: { Password: { type: 'String', interpolationType: 'ENV_VAR' } },
    mainSteps: [{ action: 'aws:runShellScript', name: 'useSecret', inputs: { runCommand } }],
  });
  await site.client.documents.create({
    name: 'Lab-Secret',
    documentType: 'Command',
    displayName: null,
    versionName: null,
    format: 'JSON',
    content,
  });
}

const withSecret = (reference = '{{ssm-secure:/lab/password}}') =>
  anAssociation({ documentName: 'Lab-Secret', parameters: { Password: [reference] } });

async function save(draft: unknown): Promise<AssociationId> {
  return (await site.client.associations.save({ edit: null, draft })).associationId;
}

test('a value arrives in the script of a node, and a new one makes what refers to it run again, and nothing else', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  await put('/lab/greeting', 'hello');
  const refers = await save(anAssociation({ script: 'echo "{{ssm:/lab/greeting}} {{ssm:/lab/greeting:1}}"' }));
  const refersToNone = await save(anAssociation({ script: 'echo /lab/greeting' }));
  const first = await finished(site, refers, { trigger: 'Created' });
  expect(await wholeOutput(site, { executionId: first.executionId, nodeId: agent.nodeId })).toBe('hello hello\n');
  await finished(site, refersToNone, { trigger: 'Created' });

  await put('/lab/greeting', 'good evening');
  const second = await finished(site, refers, { trigger: 'ParameterChanged' });
  expect(await wholeOutput(site, { executionId: second.executionId, nodeId: agent.nodeId })).toBe('good evening hello\n');
  const { total } = await site.client.executions.list({ associationId: refersToNone, nodeId: null, status: null, offset: 0, limit: 10 });
  expect(total).toBe(1);
});

describe('a secret', () => {
  const script = [
    'printf "it has "; printf "%s" "$SSM_Password" | wc -c | tr -d " "',
    'echo "[{{ Password }}]"',
    'echo "$SSM_Password" >&2',
  ];

  test('arrives in the environment of a script, is masked in what it prints, and lies in no file of either side', async () => {
    const agent = await site.addAgent({ name: 'lab-01' });
    await put('/lab/password', SECRET, 'SecureString');
    await createDocumentWithSecret(script);
    const associationId = await save(withSecret());
    const { executionId } = await finished(site, associationId, { trigger: 'Created' });
    const { target, steps } = await outcomeOf(site, executionId, agent.nodeId);
    expect(target).toMatchObject({ status: 'Success' });
    expect(steps[0]?.record).toMatchObject({ stdout: { head: `it has ${SECRET.length}\n[********]\n` }, stderr: { head: '********\n' } });
    expect(await wholeOutput(site, { executionId, nodeId: agent.nodeId })).toBe(`it has ${SECRET.length}\n[********]\n`);
    const shown = [
      target,
      steps,
      await site.client.associations.get({ associationId }),
      await site.client.associations.versions({ associationId }),
    ];
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    expect([...site.log, ...agent.log].join('')).not.toContain(SECRET);
    expect(filesWith(site.dataFolder, '[********]')).not.toEqual([]);
    expect(filesWith(site.dataFolder, SECRET)).toEqual([]);
    expect(filesWith(agent.folder, SECRET)).toEqual([]);
    await agent.stop();
    expect(filesWith(agent.folder, SECRET)).toEqual([]);
  });

  test('is opened again by an agent that was killed in the middle of the step', async () => {
    const agent = await site.addAgent({ name: 'lab-01' });
    await put('/lab/password', SECRET, 'SecureString');
    // The first attempt leaves its mark and waits; the second finds it.
    const mark = `${agent.folder}/began`;
    await createDocumentWithSecret([
      `if test -e ${mark}; then rm ${mark}; ${script.join('; ')}; else touch ${mark}; echo began; sleep 60; fi`,
    ]);
    const associationId = await save(withSecret());
    const { executionId } = await site.until('the first attempt has begun', async () => {
      const { rows } = await site.client.executions.list({ associationId, nodeId: null, status: null, offset: 0, limit: 1 });
      const [row] = rows;
      if (row === undefined) return null;
      const detail = await outcomeOf(site, row.executionId, agent.nodeId);
      if (detail.steps[0]?.record?.status !== 'InProgress') return null;
      const page = { executionId: row.executionId, nodeId: agent.nodeId, stepIndex: 0, attempt: 1, stream: 'stdout' as const, offset: 0 };
      return (await site.client.executions.output(page)).text.includes('began') ? row : null;
    });
    await agent.kill();
    expect(filesWith(agent.folder, SECRET)).toEqual([]);
    agent.run();
    await finished(site, associationId, { trigger: 'Created' });
    const { steps } = await outcomeOf(site, executionId, agent.nodeId);
    expect(steps[0]?.record).toMatchObject({ attempt: 2, status: 'Success', stdout: { head: `it has ${SECRET.length}\n[********]\n` } });
    expect(filesWith(agent.folder, SECRET)).toEqual([]);
  });

  test('is refused where an association would write it into a script, and nothing is saved', async () => {
    await put('/lab/password', SECRET, 'SecureString');
    const field = 'parameters.commands';
    for (const script of ['{{ssm-secure:/lab/password}}', 'echo {{ssm-secure:/lab/password}}', '{{ssm:/lab/password}}']) {
      expect(await refusal(save(anAssociation({ script })))).toMatchObject({ code: 'InvalidParameters', places: [{ field }] });
    }
    await createDocumentWithSecret(script);
    for (const reference of ['x{{ssm-secure:/lab/password}}', '{{ssm-secure:/lab/none}}', '{{ssm:/lab/password}}']) {
      expect(await refusal(save(withSecret(reference)))).toMatchObject({
        code: 'InvalidParameters',
        places: [{ field: 'parameters.Password' }],
      });
    }
    const { total } = await site.client.associations.list({
      search: '',
      status: null,
      sort: 'title',
      order: 'ascending',
      offset: 0,
      limit: 1,
    });
    expect(total).toBe(0);
  });
});

test('what refers to nothing is not saved, and what is deleted later fails the next run by its name, without a word to the node', async () => {
  const agent = await site.addAgent({ name: 'lab-01' });
  const draft = anAssociation({ script: 'echo {{ssm:/lab/greeting}}' });
  expect(await refusal(save(draft))).toMatchObject({ code: 'InvalidParameters', title: expect.stringContaining('/lab/greeting') });
  await put('/lab/greeting', 'hello');
  const associationId = await save(draft);
  await finished(site, associationId, { trigger: 'Created' });
  await site.client.parameters.delete({ names: ['/lab/greeting'] });
  await site.client.associations.startOnce({ associationIds: [associationId] });
  const failed = await finished(site, associationId, { trigger: 'Manual' });
  const { target, steps } = await outcomeOf(site, failed.executionId, agent.nodeId);
  expect(target).toMatchObject({
    status: 'Failed',
    errorCode: 'ParameterNotFound',
    executionSummary: 'There is no parameter /lab/greeting, to which the run refers.',
  });
  expect(steps[0]?.record).toBeNull();
  expect(agent.log.join('')).not.toContain(failed.executionId);
});

test('a site without a key store keeps secrets sealed in its database too', async () => {
  await site.stop();
  site = await TestSite.start({ vault: fileVault });
  await put('/lab/password', SECRET, 'SecureString');
  expect(filesWith(site.dataFolder, SECRET)).toEqual([]);
});
