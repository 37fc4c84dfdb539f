import { expect, onTestFinished, test } from 'vitest';
import type { AssociationId } from '../../../../agent/protocol/ids.ts';
import { changeNode } from '../../../../electron/controller/operations/change-node.ts';
import { saveAssociation } from '../../../../electron/controller/operations/save-association.ts';
import { createGroup, deleteGroup, updateGroup } from '../../../../electron/controller/operations/save-group.ts';
import { startAssociationsOnce } from '../../../../electron/controller/operations/start-associations-once.ts';
import { RESOURCE_GROUP_LIMIT } from '../../../../electron/domain/resource-group.ts';
import type { Tag } from '../../../../electron/domain/tag.ts';
import { anAssociation } from '../../../builders/association.ts';
import { openDocumentDesk } from '../../../builders/document-desk.ts';
import { aGroup } from '../../../builders/resource-group.ts';
import { NOW } from '../store/instants.ts';
import { aFinding, aNode, nodeId } from '../store/stored-things.ts';

/** A site with nodes 1 to 3, all connected; the first two are in lab B12. */
function desk() {
  const opened = openDocumentDesk();
  onTestFinished(opened.close);
  const link = { ...opened.link, isConnected: () => true, send: () => true };
  const context = { ...opened, link };
  const b12: Tag[] = [{ key: 'lab', value: 'B12' }];
  for (const [number, tags] of [b12, b12, []].entries()) {
    context.stores.nodes.insert(aNode(number + 1, { tags }));
    context.index.nodeChanged(nodeId(number + 1));
  }
  return context;
}

type Desk = ReturnType<typeof desk>;

const labB12 = { name: 'labs', description: '', tagFilters: [{ key: 'lab', values: ['B12'] }] };
const anyLab = { ...labB12, tagFilters: [{ key: 'lab', values: [] }] };
const inGroup = [{ key: 'resource-groups:Name', values: ['labs'] }];
const fault = (code: string, ...fields: string[]) =>
  expect.objectContaining({ code, places: expect.arrayContaining(fields.map((field) => expect.objectContaining({ field }))) });

function associationOnGroup(context: Desk, settings = {}): AssociationId {
  return saveAssociation(context, { edit: null, draft: anAssociation({ targets: inGroup, ...settings }) }).associationId;
}

/** The nodes of the association's executions, the oldest first, after what made each begin. */
function runs({ stores }: Desk, associationId: AssociationId): { trigger: string; nodes: number[] }[] {
  return stores.executions.unfinishedOfAssociation(associationId).map(({ executionId, trigger }) => ({
    trigger,
    nodes: stores.executions.unfinishedTargets(executionId).map((target) => Number.parseInt(target.nodeId.slice(3), 16)),
  }));
}

test('an association that targets a group runs on its members', () => {
  const context = desk();
  createGroup(context, labB12);
  expect(runs(context, associationOnGroup(context))).toEqual([{ trigger: 'Created', nodes: [1, 2] }]);
});

test('a node whose tags bring it into the group runs at once, alone', () => {
  const context = desk();
  createGroup(context, labB12);
  const associationId = associationOnGroup(context);
  changeNode(context, { nodeId: nodeId(3), name: 'lab-3', tags: [{ key: 'lab', value: 'B12' }] });
  expect(runs(context, associationId)).toContainEqual({ trigger: 'NodeMatched', nodes: [3] });
});

test('nodes that a change of the group brings in run at once, all in one execution', () => {
  const context = desk();
  createGroup(context, { ...labB12, tagFilters: [{ key: 'room', values: [] }] });
  const associationId = associationOnGroup(context);
  expect(runs(context, associationId)).toEqual([]);
  updateGroup(context, labB12, null);
  expect(runs(context, associationId)).toEqual([{ trigger: 'NodeMatched', nodes: [1, 2] }]);
});

test('with ApplyOnlyAtCronInterval they wait for the next fire', () => {
  const context = desk();
  createGroup(context, { ...labB12, tagFilters: [{ key: 'room', values: [] }] });
  const associationId = associationOnGroup(context, { scheduleExpression: 'cron(0 2 ? * SUN *)', applyOnlyAtCronInterval: true });
  updateGroup(context, labB12, null);
  expect(runs(context, associationId)).toEqual([]);
});

test('nodes that a change of the group puts out lose their compliance item, and run at once when they come back', () => {
  const context = desk();
  createGroup(context, labB12);
  const associationId = associationOnGroup(context);
  for (const node of [1, 2]) context.stores.compliance.put(aFinding(node, { itemId: associationId }), NOW);
  updateGroup(context, { ...labB12, tagFilters: [{ key: 'room', values: [] }] }, null);
  expect(context.stores.compliance.countsOf(associationId)).toEqual({ compliant: 0, nonCompliant: 0 });
  updateGroup(context, labB12, null);
  expect(runs(context, associationId).at(-1)).toEqual({ trigger: 'NodeMatched', nodes: [1, 2] });
});

test('a group that is deleted ends the runs of its associations, until there is one of its name again', () => {
  const context = desk();
  createGroup(context, labB12);
  const associationId = associationOnGroup(context);
  context.stores.compliance.put(aFinding(1, { itemId: associationId }), NOW);
  deleteGroup(context, 'labs');
  expect(startAssociationsOnce(context, [associationId])).toEqual([{ associationId, executionId: null }]);
  expect(context.stores.compliance.countsOf(associationId)).toEqual({ compliant: 0, nonCompliant: 0 });
  createGroup(context, anyLab);
  expect(runs(context, associationId).at(-1)).toEqual({ trigger: 'NodeMatched', nodes: [1, 2] });
});

test('an association whose group has no member yet stays Pending, with no execution', () => {
  const context = desk();
  createGroup(context, { ...labB12, tagFilters: [{ key: 'room', values: [] }] });
  const associationId = associationOnGroup(context);
  expect(startAssociationsOnce(context, [associationId])).toEqual([{ associationId, executionId: null }]);
  expect(context.stores.associations.find(associationId)?.overview.status).toBe('Pending');
});

test('a group of six tag keys may be saved, and whatever targets it fails with InvalidTarget on its members, until it is smaller', () => {
  const context = desk();
  const six = ['lab', 'a', 'b', 'c', 'd', 'e'].map((key) => ({ key, values: [] }));
  changeNode(context, { nodeId: nodeId(3), name: 'lab-3', tags: six.map(({ key }) => ({ key, value: '' })) });
  createGroup(context, { ...labB12, tagFilters: six });
  const associationId = associationOnGroup(context);
  const failed = () => context.stores.executions.latestTarget(associationId, nodeId(3));
  expect(failed()).toMatchObject({ status: 'Failed', errorCode: 'InvalidTarget', executionSummary: expect.stringContaining('6 tag keys') });
  expect(runs(context, associationId)).toEqual([]);
  updateGroup(context, { ...labB12, tagFilters: six.slice(0, 5) }, null);
  startAssociationsOnce(context, [associationId]);
  expect(runs(context, associationId)).toEqual([{ trigger: 'Manual', nodes: [3] }]);
});

test('an association cannot name a group that is not there', () => {
  const context = desk();
  expect(() => associationOnGroup(context)).toThrow(fault('InvalidTarget', 'targets'));
  expect(context.stores.associations.list()).toEqual([]);
});

test('a group is refused on the field that is wrong, and nothing of it is saved', () => {
  const context = desk();
  const wrong = [
    { draft: { ...labB12, name: 'aws-labs' }, field: 'name' },
    { draft: { ...labB12, tagFilters: [] }, field: 'tagFilters' },
    { draft: { ...labB12, tagFilters: [{ key: 'lab', values: ['\u0007'] }] }, field: 'tagFilters.0.values.0' },
    { draft: { ...labB12, members: ['mi-1'] }, field: '' },
    { draft: 'labs', field: '' },
    { draft: { ...labB12, description: 'x'.repeat(10_000_000) }, field: 'description' },
  ];
  for (const { draft, field } of wrong) expect(() => createGroup(context, draft)).toThrow(fault('ValidationException', field));
  expect(context.stores.groups.list()).toEqual([]);
});

test('a name is taken once, and what is not there cannot be changed or deleted', () => {
  const context = desk();
  createGroup(context, labB12);
  expect(() => createGroup(context, anyLab)).toThrow(fault('E-GROUP-EXISTS', 'name'));
  expect(context.stores.groups.find('labs')?.tagFilters).toEqual(labB12.tagFilters);
  expect(() => updateGroup(context, { ...anyLab, name: 'Labs' }, null)).toThrow(fault('E-GROUP-UNKNOWN'));
  expect(() => deleteGroup(context, '../labs')).toThrow(fault('E-GROUP-UNKNOWN'));
});

test('a group that somebody else changed meanwhile is not written over', () => {
  const context = desk();
  createGroup(context, labB12);
  const looked = context.stores.groups.find('labs')?.lastUpdatedAt ?? null;
  context.clock.advance({ seconds: 1 });
  updateGroup(context, { ...labB12, description: 'theirs' }, looked);
  const late = () => updateGroup(context, { ...labB12, description: 'mine' }, looked);
  expect(late).toThrow(fault('E-GROUP-CHANGED'));
  expect(context.stores.groups.find('labs')?.description).toBe('theirs');
});

test('one group more than the limit is refused', () => {
  const context = desk();
  context.transaction(() => {
    for (let number = 0; number < RESOURCE_GROUP_LIMIT; number += 1) context.stores.groups.insert(aGroup({ name: `group-${number}` }));
  });
  expect(() => createGroup(context, labB12)).toThrow(fault('E-GROUP-LIMIT'));
});
