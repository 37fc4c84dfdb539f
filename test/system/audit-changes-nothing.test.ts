import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { finished, outcomeOf } from './outcome.ts';
import { TestSite } from './site.ts';

/** An association that looks, one that mends, and what both say of a machine: on a real agent and a real file. */
let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

const content = `schemaVersion: "2.2"
parameters:
  path: { type: String }
mainSteps:
  - action: aws:runShellScript
    name: leavesATrace
    inputs:
      runCommand: ['echo trace >> "{{ path }}.trace"']
  - action: holdfast:file
    name: keepsTheFile
    inputs:
      path: "{{ path }}"
      content: "managed\\n"
      mode: "0640"
`;

const Items = z.object({ ComplianceItems: z.array(z.looseObject({ Status: z.string(), Details: z.record(z.string(), z.string()) })) });

async function itemOf(nodeId: NodeId) {
  const answer = await site.client.ssm.call({ operation: 'ListComplianceItems', request: { ResourceIds: [nodeId] } });
  return Items.parse(answer).ComplianceItems[0];
}

test('in Audit a machine that differs is not compliant, with what differs, and nothing on it changes; in Enforce it is mended', async () => {
  const { nodeId } = await site.addAgent({ name: 'lab-01' });
  const path = join(site.dataFolder, 'motd');
  writeFileSync(path, 'by hand\n');
  await site.client.documents.create({ name: 'Keeps-A-File', format: 'YAML', content });
  const draft = anAssociation({ documentName: 'Keeps-A-File', parameters: { path: [path] }, mode: 'Audit' });
  const { associationId } = await site.client.associations.save({ edit: null, draft });

  const audit = await finished(site, associationId, { trigger: 'Created' });
  expect([audit.status, audit.mode, readFileSync(path, 'utf8'), existsSync(`${path}.trace`)]).toEqual([
    'Success',
    'Audit',
    'by hand\n',
    false,
  ]);
  const { target, steps } = await outcomeOf(site, audit.executionId, nodeId);
  expect(steps.map(({ record }) => record?.status)).toEqual(['Skipped', 'Success']);
  expect(target.driftCount).toBeGreaterThan(0);
  const found = await itemOf(nodeId);
  expect(found).toMatchObject({ Status: 'NON_COMPLIANT', Details: { Mode: 'Audit' } });
  expect(found?.Details.Drift).toContain(path);

  const edit = { associationId, associationVersion: 1 };
  await site.client.associations.save({ edit, draft: { ...draft, mode: 'Enforce' } });
  const enforced = await finished(site, associationId, { trigger: 'Edited' });
  expect([enforced.status, enforced.mode, readFileSync(path, 'utf8'), existsSync(`${path}.trace`)]).toEqual([
    'Success',
    'Enforce',
    'managed\n',
    true,
  ]);
  const mended = await itemOf(nodeId);
  expect(mended?.Status).toBe('COMPLIANT');
  expect(mended?.Details.Changed).toContain(path);
  expect((await outcomeOf(site, enforced.executionId, nodeId)).target).toMatchObject({ driftCount: null });
});

test('an association of which no step can check cannot be saved in Audit mode, and says so on that setting', async () => {
  const draft = anAssociation({ mode: 'Audit' });
  const { problems, audit } = await site.client.associations.preview({ associationId: null, draft });
  expect(problems).toMatchObject([{ field: 'mode', message: expect.stringContaining('can check') }]);
  expect(audit).toEqual({ checking: [], leftOut: ['runShellScript'] });
  await expect(site.client.associations.save({ edit: null, draft })).rejects.toThrow();
});
