import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { aZip } from '../builders/archives.ts';
import { anAssociation } from '../builders/association.ts';
import { aFileServer } from '../builders/file-server.ts';
import { testWith } from '../programs.ts';
import { finished, outcomeOf } from './outcome.ts';
import { TestSite } from './site.ts';

/** Ansible's own program on real agents, which fetch a zip of playbooks from a web server of the lab. */
let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

/** A role, a template and a variable, as a tree of playbooks has them. `lab` is where each node has a folder of its own. */
const playbooks = (lab: string) =>
  aZip([
    { name: 'site/web.yml', content: '- hosts: all\n  gather_facts: false\n  roles: [web]\n' },
    { name: 'site/roles/web/templates/page.j2', content: 'Served by {{ lookup("env", "AWS_SSM_INSTANCE_ID") }} on port {{ port }}\n' },
    {
      name: 'site/roles/web/tasks/main.yml',
      content: `- name: page
  template:
    src: page.j2
    dest: ${lab}/{{ lookup("env", "AWS_SSM_INSTANCE_ID") }}/page
    mode: "0640"
`,
    },
  ]);

const checksum = (folder: string) => {
  const files = readdirSync(folder).sort();
  return createHash('sha256')
    .update(files.map((file) => `${file}\0${readFileSync(join(folder, file), 'utf8')}`).join('\0'))
    .digest('hex');
};

testWith('ansible-playbook')('a playbook is checked and applied on three nodes, and has nothing to change after that', async () => {
  const lab = join(site.dataFolder, 'lab');
  const zip = playbooks(lab);
  const { origin } = await aFileServer((_, response) => response.end(zip));
  const agents = await Promise.all(['web-01', 'web-02', 'web-03'].map((name) => site.addAgent({ name })));
  const nodes = agents.map(({ nodeId }) => nodeId);
  const folderOf = (nodeId: NodeId) => join(lab, nodeId);
  for (const nodeId of nodes) {
    mkdirSync(folderOf(nodeId), { recursive: true });
    writeFileSync(join(folderOf(nodeId), 'page'), 'Served by hand\n', { mode: 0o640 });
  }
  const before = nodes.map((nodeId) => checksum(folderOf(nodeId)));
  const draft = anAssociation({
    associationName: 'Web',
    documentName: 'AWS-ApplyAnsiblePlaybooks',
    parameters: {
      SourceType: ['HTTP'],
      SourceInfo: [JSON.stringify({ url: `${origin}/site.zip`, allowInsecureDownload: 'true' })],
      PlaybookFile: ['site/web.yml'],
      ExtraVariables: ['port=8080'],
      Check: ['True'],
    },
  });
  const difference = (nodeId: NodeId) => ({
    resource: 'task web : page',
    before: 'Served by hand\n',
    after: `Served by ${nodeId} on port 8080\n`,
  });

  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const checked = await finished(site, associationId, { trigger: 'Created' });
  expect(checked.resourceCountByStatus).toBe('{Success=3}');
  for (const nodeId of nodes) {
    const { steps } = await outcomeOf(site, checked.executionId, nodeId);
    expect(steps[0]?.record?.result).toMatchObject({ status: 'Success', drift: [difference(nodeId)] });
  }
  expect(nodes.map((nodeId) => checksum(folderOf(nodeId)))).toEqual(before);
  expect((await site.client.associations.get({ associationId })).compliance).toMatchObject({ compliant: 0, nonCompliant: 3 });

  const apply = { ...draft, parameters: { ...draft.parameters, Check: ['False'] } };
  await site.client.associations.save({ edit: { associationId, associationVersion: 1 }, draft: apply });
  const applied = await finished(site, associationId, { trigger: 'Edited' });
  for (const nodeId of nodes) {
    const { steps } = await outcomeOf(site, applied.executionId, nodeId);
    expect(steps[0]?.record?.result).toMatchObject({ status: 'Success', changes: [difference(nodeId)] });
    expect(steps[0]?.record?.stdout?.head).toContain('Content downloaded');
    expect(readFileSync(join(folderOf(nodeId), 'page'), 'utf8')).toBe(difference(nodeId).after);
  }
  const after = nodes.map((nodeId) => checksum(folderOf(nodeId)));
  expect((await site.client.associations.get({ associationId })).compliance).toMatchObject({ compliant: 3, nonCompliant: 0 });

  await site.client.associations.startOnce({ associationIds: [associationId] });
  const again = await finished(site, associationId, { trigger: 'Manual' });
  for (const nodeId of nodes) {
    const { steps } = await outcomeOf(site, again.executionId, nodeId);
    expect(steps[0]?.record?.result).toEqual({ status: 'Success', exitCode: 0 });
  }
  expect(nodes.map((nodeId) => checksum(folderOf(nodeId)))).toEqual(after);
});
