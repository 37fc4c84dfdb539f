import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPlayEvents } from '../../../agent/actions/ansible-callback.ts';
import { ansiblePlaybook } from '../../../agent/actions/ansible-playbook.ts';
import { findPlaybook } from '../../../agent/actions/playbook-tree.ts';
import { AnsibleInputs } from '../../../agent/document/ansible-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aZip } from '../../builders/archives.ts';
import { testWith } from '../../programs.ts';
import { aScriptContext } from '../steps/script-context.ts';

const testWithAnsible = testWith('ansible-playbook');

function prepare(inputs: Record<string, unknown>) {
  const context = aScriptContext();
  const file = join(aTemporaryPath(), 'motd');
  mkdirSync(join(file, '..'), { recursive: true });
  const tasks = [
    { name: 'message of the day', copy: { content: '{{ message }}\n', dest: file, mode: '0644' } },
    { name: 'look only', command: 'true', changed_when: false },
  ];
  const playbook = JSON.stringify([{ hosts: 'all', gather_facts: false, tasks }]);
  return { context, file, inputs: AnsibleInputs.parse({ playbook, ...inputs }) };
}

describe('a playbook on this node', () => {
  // Ansible takes its time on a computer that has much to do.
  testWithAnsible('says in check mode what would change, and changes it when it is applied', { timeout: 60_000 }, async () => {
    const { context, file, inputs } = prepare({ extraVariables: 'message="a {{ 1 + 1 }} --check"' });
    const drift = [{ resource: 'task message of the day', before: '', after: 'a {{ 1 + 1 }} --check\n' }];
    expect(await ansiblePlaybook.check?.(inputs, context)).toMatchObject({ kind: 'checked', drift });
    expect(existsSync(file)).toBe(false);
    expect(await ansiblePlaybook.run(inputs, context)).toMatchObject({ kind: 'exited', exitCode: 0, changes: drift });
    expect(readFileSync(file, 'utf8')).toBe('a {{ 1 + 1 }} --check\n');
    expect(context.stdout.text).toContain('PLAY RECAP');
  });

  testWithAnsible('that fails ends the step with its exit code and with what it had changed', async () => {
    const tasks = [
      { name: 'works', command: 'true' },
      { name: 'hidden', copy: { content: 'geheim', dest: '/dev/null/no' }, no_log: true },
    ];
    const { context, inputs } = prepare({ playbook: JSON.stringify([{ hosts: 'all', gather_facts: false, tasks }]) });
    expect(await ansiblePlaybook.run(inputs, context)).toEqual({
      kind: 'failed',
      reason: 'ansible-playbook ended with exit code 2: a task failed.',
      changes: [{ resource: 'task works', property: 'command', before: null, after: 'changed' }],
    });
    expect(context.stdout.text).not.toContain('geheim');
  });

  testWithAnsible('of which no play is for this node is a failure and no success', async () => {
    const { context, inputs } = prepare({ playbook: '[{"hosts":"webservers","tasks":[]}]' });
    expect(await ansiblePlaybook.run(inputs, context)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('nothing was done'),
    });
  });

  test('needs ansible-playbook on the node, and says what to do where it is not', async () => {
    const { inputs } = prepare({ installDependencies: 'True' });
    const outcome = await ansiblePlaybook.run(inputs, aScriptContext({ environment: { PATH: '/nowhere' } }));
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/not on this node.*internet.*ansible-core/) });
  });

  test.each(['../outside.yml', '/etc/playbook.yml', 'a//b.yml', '-e.yml', 'a\\b.yml', './a.yml', 'playbook.sh'])(
    'is not named %s',
    (playbookFile) => {
      expect(AnsibleInputs.safeParse({ playbookFile }).success).toBe(false);
    },
  );
});

describe('a playbook in what was fetched', () => {
  const find = (tree: string, name: string) => findPlaybook(tree, name, new AbortController().signal);

  test('is found by its path, also in an archive, and only once', async () => {
    const tree = join(aTemporaryPath(), 'tree');
    mkdirSync(join(tree, 'roles'), { recursive: true });
    writeFileSync(join(tree, 'site.yml'), '[]');
    writeFileSync(
      join(tree, 'more.zip'),
      aZip([
        { name: 'site/other.yml', content: '[]' },
        { name: 'roles/x.yml', content: '[]' },
      ]),
    );
    expect(await find(tree, 'site.yml')).toMatchObject({ ok: true, folder: tree });
    rmSync(`${tree}-unpacked-0`, { recursive: true });
    expect(await find(tree, 'site/other.yml')).toMatchObject({ ok: true, folder: `${tree}-unpacked-0` });
    rmSync(`${tree}-unpacked-0`, { recursive: true });
    expect(await find(tree, 'nothing.yml')).toMatchObject({
      ok: false,
      reason: 'nothing.yml is not in the source. It has site.yml, roles/x.yml, site/other.yml.',
    });
  });

  test('is no link that leads out', async () => {
    const tree = join(aTemporaryPath(), 'tree');
    mkdirSync(tree, { recursive: true });
    symlinkSync('/etc/hostname', join(tree, 'site.yml'));
    expect(await find(tree, 'site.yml')).toMatchObject({ ok: false, reason: expect.stringContaining('leads out') });
  });
});

test('what a dying ansible wrote half is no event', () => {
  const events = readPlayEvents('{"kind":"changed","task":"one","action":"command","sides":[]}\n{"kind":"changed","ta');
  expect(events).toEqual({ changes: [{ resource: 'task one', property: 'command', before: null, after: 'changed' }], hosts: null });
});
