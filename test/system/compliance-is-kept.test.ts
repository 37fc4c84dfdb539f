import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { anAssociation } from '../builders/association.ts';
import { anUpload, anUploadItem } from '../builders/compliance.ts';
import { finished, wholeOutput } from './outcome.ts';
import { TestSite } from './site.ts';
import { AGENT_PROGRAM } from './test-agent.ts';

/** Compliance on real parts: agents that run scripts, a controller that judges, and calls in the words of the SSM API. */
let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start();
});

afterEach(() => site.stop());

const Items = z.object({
  ComplianceItems: z.array(z.looseObject({ Id: z.string(), Status: z.string(), Severity: z.string(), ComplianceType: z.string() })),
});

const ssm = (operation: string, request: unknown) => site.client.ssm.call({ operation, request });

async function itemsOf(nodeId: NodeId): Promise<z.output<typeof Items>['ComplianceItems']> {
  return Items.parse(await ssm('ListComplianceItems', { ResourceIds: [nodeId] })).ComplianceItems;
}

const save = async (settings: Parameters<typeof anAssociation>[0]): Promise<{ associationId: AssociationId; draft: AssociationDraft }> => {
  const draft = anAssociation(settings);
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  return { associationId, draft };
};

const refusal = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) });

test('what a script comes to is what its item says, and one call applies it again where it failed', async () => {
  const [good, bad] = [await site.addAgent({ name: 'good' }), await site.addAgent({ name: 'bad' })];
  const flag = `${site.dataFolder}/mended`;
  const script = `[ "$AWS_SSM_INSTANCE_ID" = ${good.nodeId} ] || [ -e '${flag}' ]`;
  const { associationId } = await save({ script, complianceSeverity: 'HIGH', associationName: 'Mended' });
  await finished(site, associationId, { trigger: 'Created' });
  expect(await itemsOf(good.nodeId)).toMatchObject([{ Id: associationId, Title: 'Mended', Status: 'COMPLIANT', Severity: 'HIGH' }]);
  expect(await itemsOf(bad.nodeId)).toMatchObject([{ Status: 'NON_COMPLIANT', Severity: 'HIGH' }]);
  expect(await ssm('ListComplianceSummaries', {})).toMatchObject({
    ComplianceSummaryItems: [
      { ComplianceType: 'Association', CompliantSummary: { CompliantCount: 1 }, NonCompliantSummary: { NonCompliantCount: 1 } },
    ],
  });

  await writeFile(flag, '');
  const everything = { nodeId: null, associationId: null, status: null };
  expect(await site.client.compliance.remediation(everything)).toMatchObject({ runs: [{ associationId, nodes: 1, online: 1 }], left: [] });
  const { started } = await site.client.compliance.remediate(everything);
  const run = await finished(site, associationId, { trigger: 'Manual' });
  expect([run.executionId, run.resourceCountByStatus]).toEqual([started[0]?.executionId, '{Success=1}']);
  expect(await itemsOf(bad.nodeId)).toMatchObject([{ Status: 'COMPLIANT' }]);
  const item = { nodeId: bad.nodeId, complianceType: 'Association', itemId: associationId };
  const { rows } = await site.client.compliance.history({ ...item, offset: 0, limit: 10 });
  expect(rows.map((row) => [row.because, row.executionId, row.after?.status])).toEqual([
    ['Run', run.executionId, 'COMPLIANT'],
    ['Run', expect.any(String), 'NON_COMPLIANT'],
  ]);
  await expect(site.client.compliance.remediate(everything)).rejects.toThrow(refusal('E-NOTHING-TO-REMEDY'));
});

test('a MANUAL association is judged by what is put, and by no run; its severity follows an edit at once', async () => {
  const { nodeId } = await site.addAgent({ name: 'manual' });
  const { associationId, draft } = await save({ script: 'exit 3', syncCompliance: 'MANUAL', complianceSeverity: 'LOW' });
  await finished(site, associationId, { trigger: 'Created' });
  expect(await itemsOf(nodeId)).toEqual([]);
  const put = { ComplianceType: 'Association', UploadType: 'PARTIAL' };
  await ssm('PutComplianceItems', anUpload(nodeId, { ...put, Items: [anUploadItem({ Id: associationId, Severity: 'UNSPECIFIED' })] }));
  expect(await itemsOf(nodeId)).toMatchObject([{ Id: associationId, Status: 'COMPLIANT', Severity: 'LOW' }]);
  await site.client.associations.startOnce({ associationIds: [associationId] });
  expect((await finished(site, associationId, { trigger: 'Manual' })).status).toBe('Failed');
  expect(await itemsOf(nodeId)).toMatchObject([{ Status: 'COMPLIANT' }]);

  const edit = { associationId, associationVersion: 1 };
  await site.client.associations.save({ edit, draft: { ...draft, complianceSeverity: 'CRITICAL' } });
  expect(await itemsOf(nodeId)).toMatchObject([{ Status: 'COMPLIANT', Severity: 'CRITICAL' }]);
});

test('an item goes when the tag goes by which its association came', async () => {
  const lab = [{ key: 'lab', value: 'B12' }];
  const { nodeId } = await site.addAgent({ name: 'tagged', tags: lab });
  const { associationId } = await save({ targets: [{ key: 'tag:lab', values: ['B12'] }] });
  await finished(site, associationId, { trigger: 'Created' });
  expect(await itemsOf(nodeId)).toHaveLength(1);
  await site.client.nodes.update({ nodeId, name: 'tagged', tags: [] });
  expect(await itemsOf(nodeId)).toEqual([]);
  expect(await ssm('DescribeEffectiveInstanceAssociations', { InstanceId: nodeId })).toEqual({ Associations: [] });
});

test('items of a custom type are replaced whole, ignored when known, refused when there are too many types, and kept over a restart', async () => {
  const { nodeId } = await site.addAgent({ name: 'doors' });
  const put = (settings: Record<string, unknown>) => ssm('PutComplianceItems', anUpload(nodeId, settings));
  await put({ Items: [anUploadItem({ Id: 'front' }), anUploadItem({ Id: 'back', Status: 'NON_COMPLIANT' })], ItemContentHash: 'one' });
  await put({ Items: [], ItemContentHash: 'one' });
  expect((await itemsOf(nodeId)).map(({ Id }) => Id)).toEqual(['back', 'front']);
  await put({ Items: [anUploadItem({ Id: 'front' })], ItemContentHash: 'two' });
  expect((await itemsOf(nodeId)).map(({ Id }) => Id)).toEqual(['front']);
  for (let number = 2; number <= 10; number += 1) await put({ ComplianceType: `Custom:${number}` });
  await expect(put({ ComplianceType: 'Custom:11' })).rejects.toThrow(refusal('ComplianceTypeCountLimitExceededException'));
  await expect(put({ Items: [anUploadItem({ Severity: 'none' })] })).rejects.toThrow(refusal('ValidationException'));
  await expect(put({ UploadType: 'PARTIAL' })).rejects.toThrow(refusal('InvalidItemContentException'));

  site = await site.restart();
  expect(await itemsOf(nodeId)).toHaveLength(10);
  const byNode = await site.client.compliance.byNode({ nodeId, associationId: null, status: null, offset: 0, limit: 20 });
  expect(byNode.rows).toHaveLength(10);
});

test('whoever watches hears of items that are put', async () => {
  const { nodeId } = await site.addAgent({ name: 'watched' });
  const seen = site.until('the item is there', async () => {
    const { rows } = await site.client.compliance.items({ nodeId, associationId: null, status: null, offset: 0, limit: 10 });
    return rows[0] ?? null;
  });
  await ssm('PutComplianceItems', anUpload(nodeId));
  expect(await seen).toMatchObject({ complianceType: 'Custom:Door', itemId: 'front', nodeName: 'watched' });
});

test('a script says what it has found, by the agent’s own command, for its own node and only while it runs', async () => {
  const { nodeId } = await site.addAgent({ name: 'scanner' });
  const command = `'${process.execPath}' '${AGENT_PROGRAM}' put-compliance-items --compliance-type Custom:Scan --resource-id other`;
  const item = { Id: 'open-port', Title: 'Port 23 is open', Severity: 'HIGH', Status: 'NON_COMPLIANT' };
  const script = [`echo '${JSON.stringify([item])}' | ${command} --items -`, `${command} --items 'no list' || echo "refused: $?"`];
  const { associationId } = await save({ script });
  const { executionId, status } = await finished(site, associationId, { trigger: 'Created' });
  expect(status).toBe('Success');
  expect(await wholeOutput(site, { executionId, nodeId })).toBe('The items are stored.\nrefused: 2\n');
  expect((await itemsOf(nodeId)).find(({ Id }) => Id === 'open-port')).toMatchObject({ ComplianceType: 'Custom:Scan', Severity: 'HIGH' });

  const outside = await execa(process.execPath, [AGENT_PROGRAM, 'put-compliance-items', '--items', '[]'], {
    reject: false,
    env: { HOLDFAST_STEP: '' },
  });
  expect([outside.exitCode, outside.stderr]).toEqual([2, expect.stringContaining('while it runs on a node')]);
});
