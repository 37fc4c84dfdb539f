import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { LocalAptRepository, testWithApt } from '../builders/local-apt-repository.ts';
import { finished, outcomeOf } from './outcome.ts';
import { TestSite } from './site.ts';

/** A real agent with a real apt, on an archive of our own: a package with an update in its pocket for security. */
let site: TestSite;
let apt: LocalAptRepository;

beforeAll(async () => {
  site = await TestSite.start();
  if (testWithApt === test.skip) return;
  apt = await LocalAptRepository.open(['lock', 'paint'].map((name) => ({ name, version: '1.0' })));
  await apt.install('lock', 'paint');
  await apt.publish([{ name: 'lock', version: '1.1', fields: { Priority: 'required' } }], {
    pocket: 'security',
    release: { Suite: 'stable-security', Label: 'Lab-Security' },
  });
  await apt.publish([{ name: 'paint', version: '2.0' }]);
});

afterAll(async () => {
  apt?.close();
  await site.stop();
});

/** The package programs of a node, which work on that archive. */
function packagePrograms(): string {
  const folder = join(apt.folder, 'programs');
  mkdirSync(folder);
  const { APT_CONFIG, DPKG_ADMINDIR } = apt.environment;
  for (const name of ['apt-get', 'apt-cache', 'dpkg', 'dpkg-query']) {
    writeFileSync(
      join(folder, name),
      `#!/bin/sh\nAPT_CONFIG='${APT_CONFIG}' DPKG_ADMINDIR='${DPKG_ADMINDIR}' exec /usr/bin/${name} "$@"\n`,
    );
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const Items = z.object({
  ComplianceItems: z.array(
    z.looseObject({
      Id: z.string(),
      Title: z.string(),
      Status: z.string(),
      Severity: z.string(),
      ComplianceType: z.string(),
      Details: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

async function itemsOf(nodeId: NodeId, type: 'Patch' | 'Association', itemId: string) {
  const answer = await site.client.ssm.call({ operation: 'ListComplianceItems', request: { ResourceIds: [nodeId] } });
  return Items.parse(answer).ComplianceItems.filter(({ ComplianceType, Id }) => ComplianceType === type && Id === itemId);
}

testWithApt(
  'what a node lacks is Patch compliance, is installed, and is compliant then; an association that is MANUAL tells the same',
  async () => {
    const { nodeId } = await site.addAgent({ name: 'patched', programs: packagePrograms() });
    const scan = anAssociation({
      associationName: 'Patch-Lab',
      documentName: 'AWS-RunPatchBaseline',
      parameters: { Operation: ['Scan'], RebootOption: ['NoReboot'] },
    });
    const { associationId } = await site.client.associations.save({ edit: null, draft: scan });
    expect((await finished(site, associationId, { trigger: 'Created' })).status).toBe('Success');
    expect(await itemsOf(nodeId, 'Patch', 'lock')).toMatchObject([
      {
        Status: 'NON_COMPLIANT',
        Details: {
          PatchState: 'Missing',
          Classification: 'Security',
          PatchBaselineId: 'holdfast-default-debian',
          DocumentName: 'Holdfast-RunPatchBaseline',
        },
      },
    ]);
    expect(await itemsOf(nodeId, 'Patch', 'paint')).toEqual([]);
    expect(await apt.installedVersion('lock')).toBe('1.0');

    const judged = anAssociation({
      associationName: 'Patch-Compliance',
      documentName: 'AWS-RunPatchBaselineAssociation',
      parameters: { Operation: ['Scan'], AssociationId: ['this'] },
      syncCompliance: 'MANUAL',
      complianceSeverity: 'HIGH',
    });
    const manual = (await site.client.associations.save({ edit: null, draft: judged })).associationId;
    expect((await finished(site, manual, { trigger: 'Created' })).status).toBe('Success');
    expect(await itemsOf(nodeId, 'Association', manual)).toMatchObject([
      { Title: 'Patch-Compliance', Status: 'NON_COMPLIANT', Details: { PatchBaselineId: 'holdfast-default-debian', MissingCount: '1' } },
    ]);

    const install = { ...scan, parameters: { ...scan.parameters, Operation: ['Install'] } };
    await site.client.associations.save({ edit: { associationId, associationVersion: 1 }, draft: install });
    const installed = await finished(site, associationId, { trigger: 'Edited' });
    const { steps } = await outcomeOf(site, installed.executionId, nodeId);
    expect(steps[0]?.record?.result).toMatchObject({
      status: 'Success',
      changes: [{ resource: 'patch lock', property: 'version', before: '1.0', after: '1.1' }],
    });
    expect([await apt.installedVersion('lock'), await apt.installedVersion('paint')]).toEqual(['1.1', '1.0']);
    expect(await itemsOf(nodeId, 'Patch', 'lock')).toMatchObject([{ Status: 'COMPLIANT', Details: { PatchState: 'Installed' } }]);

    await site.client.associations.startOnce({ associationIds: [manual] });
    await finished(site, manual, { trigger: 'Manual' });
    expect(await itemsOf(nodeId, 'Association', manual)).toMatchObject([{ Status: 'COMPLIANT', Severity: 'HIGH' }]);

    const automatic = { ...judged, syncCompliance: 'AUTO' as const };
    await site.client.associations.save({ edit: { associationId: manual, associationVersion: 1 }, draft: automatic });
    const refused = await finished(site, manual, { trigger: 'Edited' });
    const [step] = (await outcomeOf(site, refused.executionId, nodeId)).steps;
    expect(step?.record?.result).toMatchObject({ status: 'Failed', reason: expect.stringContaining('MANUAL') });
  },
);
