import { expect, test } from 'vitest';
import { changeNode } from '../../electron/controller/operations/change-node.ts';
import { createDocument } from '../../electron/controller/operations/save-document.ts';
import { createGroup, deleteGroup, updateGroup } from '../../electron/controller/operations/save-group.ts';
import type { StartContext } from '../../electron/controller/operations/start-execution.ts';
import { aDocument } from './scripted-document.ts';
import { openSimulatedSite, tagsOf } from './simulated-site.ts';

const IN_LAB = [{ key: 'tag:lab', values: ['b12'] }];
const IN_GROUP = [{ key: 'resource-groups:Name', values: ['labs'] }];
const labs = (key: string) => ({ name: 'labs', description: '', tagFilters: [{ key, values: [] }] });

/** A controller that is killed after the commit, before any order has left. */
const sendsNothing = (context: StartContext): StartContext => ({ ...context, link: { ...context.link, send: () => true } });

/** A controller whose disk refuses the commit. */
function cannotCommit(context: StartContext): StartContext {
  let depth = 0;
  return {
    ...context,
    transaction: (work) =>
      context.transaction(() => {
        depth += 1;
        const result = work();
        depth -= 1;
        if (depth === 0) throw new Error('the disk is full');
        return result;
      }),
  };
}

test('a kill between a tag and the order that follows from it loses no run: the node has it when it is connected again', () => {
  const site = openSimulatedSite();
  const node = site.addNode();
  const { associationId } = site.save({ targets: IN_LAB });
  changeNode(sendsNothing(site.context), { nodeId: node, name: 'node-1', tags: tagsOf({ lab: 'b12' }) });
  site.kill();
  site.start();
  site.connect(node);
  site.advance({ minutes: 1 });
  expect(site.history(associationId)).toMatchObject([{ trigger: 'NodeMatched', nodes: { 'node-1': 'Success' } }]);
});

test('a tag or a group that cannot be stored changes nothing: no run, and nobody matches who did not', () => {
  const site = openSimulatedSite();
  const node = site.addNode({ tags: { lab: 'b12' } });
  site.perform((context) => createGroup(context, labs('room')));
  const byTag = site.save({ targets: [{ key: 'tag:room', values: [] }] });
  const byGroup = site.save({ targets: IN_GROUP });
  const refused = cannotCommit(site.context);
  const tags = tagsOf({ lab: 'b12', room: '1' });
  expect(() => changeNode(refused, { nodeId: node, name: 'node-1', tags })).toThrow('the disk is full');
  expect(() => updateGroup(refused, labs('lab'), null)).toThrow('the disk is full');
  expect(() => deleteGroup(refused, 'labs')).toThrow('the disk is full');
  site.advance({ minutes: 1 });
  for (const { associationId } of [byTag, byGroup]) expect(site.history(associationId)).toEqual([]);
  expect(site.context.index.applyingTo(node)).toEqual([]);
  expect(site.context.index.group('labs')?.tagFilters).toEqual(labs('room').tagFilters);
  expect(site.agent(node).ran).toEqual([]);
});

test('a node that goes out of a group and comes back in runs again', () => {
  const site = openSimulatedSite();
  const node = site.addNode({ tags: { lab: 'b12' } });
  site.perform((context) => createGroup(context, labs('lab')));
  const { associationId } = site.save({ targets: IN_GROUP });
  site.advance({ minutes: 1 });
  expect(site.complianceOf(node)).toMatchObject([{ associationId, status: 'COMPLIANT' }]);
  site.setTags(node, {});
  expect(site.complianceOf(node)).toEqual([]);
  site.setTags(node, { lab: 'c01' });
  site.advance({ minutes: 1 });
  expect(site.history(associationId).map(({ trigger }) => trigger)).toEqual(['Created', 'NodeMatched']);
  expect(site.complianceOf(node)).toMatchObject([{ associationId, status: 'COMPLIANT' }]);
});

test('which associations collect inventory is asked once for each document, however many nodes one runs on', () => {
  const site = openSimulatedSite();
  site.addNodes(20);
  for (let count = 0; count < 5; count += 1) site.save({ scheduleExpression: null });
  const content = JSON.stringify({ schemaVersion: '2.2', mainSteps: [{ action: 'aws:softwareInventory', name: 'collect', inputs: {} }] });
  site.perform((context) => createDocument(context, { ...aDocument({ name: 'Lab-Inventory' }), content }));
  const { library } = site.context;
  const { find } = library;
  let asked = 0;
  library.find = (...of) => {
    asked += 1;
    return find(...of);
  };
  site.save({ documentName: 'Lab-Inventory', parameters: {}, scheduleExpression: null });
  // For the check, for the run, and once for each of the two documents.
  expect(asked).toBeLessThan(10);
});
