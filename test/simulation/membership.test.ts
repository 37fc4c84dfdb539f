import { expect, test } from 'vitest';
import { changeNode } from '../../electron/controller/operations/change-node.ts';
import { createGroup, updateGroup } from '../../electron/controller/operations/save-group.ts';
import type { StartContext } from '../../electron/controller/operations/start-execution.ts';
import { openSimulatedSite, tagsOf } from './simulated-site.ts';

const IN_LAB = [{ key: 'tag:lab', values: ['b12'] }];
const IN_GROUP = [{ key: 'resource-groups:Name', values: ['labs'] }];
const labs = (key: string) => ({ name: 'labs', description: '', tagFilters: [{ key, values: [] }] });

/** The context of a controller that is killed as soon as the first thing is on disk. */
function diesAfterOneCommit(context: StartContext): StartContext {
  let commits = 0;
  return {
    ...context,
    transaction: (work) => {
      commits += 1;
      if (commits > 1) throw new Error('killed');
      return context.transaction(work);
    },
  };
}

test('a kill between a tag and the run that it causes loses no run: the node has it when it is connected again', () => {
  const site = openSimulatedSite();
  const node = site.addNode();
  const { associationId } = site.save({ targets: IN_LAB });
  const change = { nodeId: node, name: 'node-1', tags: tagsOf({ lab: 'b12' }) };
  expect(() => changeNode(diesAfterOneCommit(site.context), change)).toThrow('killed');
  expect(site.history(associationId)).toEqual([]);
  site.kill();
  site.start();
  site.connect(node);
  site.advance({ minutes: 1 });
  expect(site.history(associationId)).toMatchObject([{ trigger: 'NodeMatched', nodes: { 'node-1': 'Success' } }]);
});

test('a kill between a group and the runs that it causes loses none of them', () => {
  const site = openSimulatedSite();
  const nodes = site.addNodes(2, { tags: { lab: 'b12' } });
  site.perform((context) => createGroup(context, labs('room')));
  const { associationId } = site.save({ targets: IN_GROUP });
  expect(() => updateGroup(diesAfterOneCommit(site.context), labs('lab'))).toThrow('killed');
  site.kill();
  site.start();
  for (const node of nodes) site.connect(node);
  site.advance({ minutes: 1 });
  expect(site.history(associationId)).toMatchObject([
    { trigger: 'NodeMatched', nodes: { 'node-1': 'Success' } },
    { trigger: 'NodeMatched', nodes: { 'node-2': 'Success' } },
  ]);
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
