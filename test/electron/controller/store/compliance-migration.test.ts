import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStores } from '../../../../electron/controller/store/stores.ts';
import { resourceSummary } from '../../../../electron/domain/compliance-summary.ts';
import { projectPath } from '../../../project-root.ts';
import { minutesOn, NOW } from './instants.ts';
import { associationId, executionId, nodeId } from './stored-things.ts';
import { openTemporary, temporaryFolder } from './temporary-database.ts';

const migrations = projectPath('electron/controller/store/migrations');
const ITEMS_OF_EVERY_TYPE = 6;

/** The migrations that a site had before there were items of other types than associations. */
function earlierMigrations(): string {
  const folder = temporaryFolder();
  for (const name of readdirSync(migrations)) {
    if (Number.parseInt(name, 10) < ITEMS_OF_EVERY_TYPE) copyFileSync(join(migrations, name), join(folder, name));
  }
  return folder;
}

type Row = { node: number; association: number; severity: string; status: string; since: Date; capturedAt: Date };
const rank = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNSPECIFIED'];

function aSiteBefore(rows: readonly Row[]): string {
  const folder = temporaryFolder();
  const database = openTemporary(folder, earlierMigrations());
  const { connection } = database;
  const insertNode = connection.prepare(`INSERT INTO managedNode
    (nodeId, name, origin, agentVersion, platformType, platformName, platformVersion, architecture, computerName, ipAddress, tags,
     registeredAt, certificateExpiresAt, outboxDepth, nameOrder, searchText)
    VALUES (?, 'lab', 'Activation', '1', 'Linux', 'Debian', '12', 'x64', 'pc', '10.0.0.1', '[]', '', '', 0, 'lab', 'lab')`);
  const insertAssociation = connection.prepare(`INSERT INTO association
    (associationId, associationVersion, documentName, documentVersion, parameters, targets, applyOnlyAtCronInterval,
     complianceSeverity, syncCompliance, createdAt, lastUpdatedAt, scheduleAnchor, overview, isSample, title)
    VALUES (?, 1, 'Doc', '1', '{}', '[]', 0, 'LOW', 'AUTO', '', '', '', '{}', 0, 'title')`);
  const insertItem = connection.prepare(`INSERT INTO complianceItem
    (nodeId, associationId, title, severity, status, documentName, documentVersion, executionId, since, capturedAt, severityRank)
    VALUES (?, ?, ?, ?, ?, 'AWS-RunShellScript', 3, ?, ?, ?, ?)`);
  for (const node of new Set(rows.map((row) => row.node))) insertNode.run(nodeId(node));
  for (const association of new Set(rows.map((row) => row.association))) insertAssociation.run(associationId(association));
  for (const { node, association, severity, status, since, capturedAt } of rows) {
    const keys = [nodeId(node), associationId(association), `association-${association}`, severity, status, executionId(association)];
    insertItem.run(...keys, since.toISOString(), capturedAt.toISOString(), rank.indexOf(severity));
  }
  database.close();
  return folder;
}

test('items from before are kept, summed up on their nodes, and counted', () => {
  const folder = aSiteBefore([
    { node: 1, association: 1, severity: 'UNSPECIFIED', status: 'COMPLIANT', since: NOW, capturedAt: minutesOn(1) },
    { node: 1, association: 2, severity: 'LOW', status: 'NON_COMPLIANT', since: minutesOn(2), capturedAt: minutesOn(4) },
    { node: 2, association: 1, severity: 'UNSPECIFIED', status: 'COMPLIANT', since: NOW, capturedAt: minutesOn(1) },
  ]);
  const { compliance } = openStores(openTemporary(folder));
  expect(compliance.find({ nodeId: nodeId(1), complianceType: 'Association', itemId: associationId(2) })).toEqual({
    nodeId: nodeId(1),
    complianceType: 'Association',
    itemId: associationId(2),
    title: 'association-2',
    severity: 'LOW',
    status: 'NON_COMPLIANT',
    details: { DocumentName: 'AWS-RunShellScript', DocumentVersion: '3' },
    executionId: executionId(2),
    executionType: 'Association',
    since: minutesOn(2),
    confirmedAt: minutesOn(4),
    capturedAt: minutesOn(4),
  });
  for (const node of [1, 2]) {
    const { status, overallSeverity } = resourceSummary(compliance.ofNode(nodeId(node)));
    expect(compliance.resource(nodeId(node), 'Association')).toMatchObject({ status, overallSeverity });
  }
  expect(compliance.resource(nodeId(1), 'Association')).toMatchObject({ executionId: executionId(2), since: minutesOn(2) });
  expect(compliance.countsOf(associationId(1))).toEqual({ compliant: 2, nonCompliant: 0 });
  expect(compliance.nodeCounts()).toEqual({ compliantNodes: 1, nonCompliantNodes: 1 });
});

test('what is removed of them afterwards leaves nothing counted', () => {
  const before = { node: 1, association: 1, severity: 'HIGH', status: 'NON_COMPLIANT', since: NOW, capturedAt: NOW };
  const stores = openStores(openTemporary(aSiteBefore([before])));
  stores.compliance.removeAssociation(associationId(1), minutesOn(1));
  expect(stores.compliance.countsOf(associationId(1))).toEqual({ compliant: 0, nonCompliant: 0 });
  expect(stores.compliance.resource(nodeId(1), 'Association')).toBeNull();
});
