import { expect, test } from 'vitest';
import * as z from 'zod';
import type { AssociationId } from '../../../../agent/protocol/ids.ts';
import { createGroup, deleteGroup } from '../../../../electron/controller/operations/save-group.ts';
import { vectorFile } from '../../../vectors.ts';
import { EVERY_NODE, openSsmSite, refusal } from './ssm-site.ts';

/** Nodes 1 to 3: in b12 and spare, in b12, in b14. */
function labs() {
  const opened = openSsmSite();
  const { site, create } = opened;
  const nodes = [
    site.addNode({ tags: { lab: 'b12', spare: '' } }),
    site.addNode({ tags: { lab: 'b12' } }),
    site.addNode({ tags: { lab: 'b14' } }),
  ];
  /** The nodes of each execution, the oldest first. */
  const ran = (associationId: AssociationId) => site.history(associationId).map((execution) => Object.keys(execution.nodes));
  const runsOn = (...Targets: object[]) => ran(create({ Targets })).flat();
  return { ...opened, nodes, ran, runsOn };
}

const tagged = (key: string, ...Values: string[]) => ({ Key: `tag:${key}`, Values });

test('exactly the nodes run that targets name by id, by tag, by several tags, or by a key alone', () => {
  const { nodes, runsOn } = labs();
  const [first = '', , third = ''] = nodes;
  expect(runsOn({ Key: 'InstanceIds', Values: [first, third] })).toEqual(['node-1', 'node-3']);
  expect(runsOn({ Key: 'InstanceIds', Values: ['*'] })).toEqual(['node-1', 'node-2', 'node-3']);
  expect(runsOn(tagged('lab', 'b12', 'b13'))).toEqual(['node-1', 'node-2']);
  expect(runsOn(tagged('lab', 'b12', 'b14'), tagged('spare', ''))).toEqual(['node-1']);
  expect(runsOn(tagged('spare'))).toEqual(['node-1']);
  expect(runsOn({ Key: 'tag:spare' })).toEqual(['node-1']);
  expect(runsOn({ Key: 'tag-key', Values: ['spare', 'lab'] })).toEqual(['node-1', 'node-2', 'node-3']);
  expect(runsOn(tagged('LAB', 'b12'))).toEqual([]);
});

test('targets that mean nothing, or too much, are refused', () => {
  const { nodes, call } = labs();
  const [first = ''] = nodes;
  const wrong: object[][] = [
    [],
    [{ Key: 'InstanceIds', Values: [] }],
    [{ Key: 'InstanceIds', Values: ['*', first] }],
    [{ Key: 'InstanceIds', Values: [first] }, tagged('lab')],
    [{ Key: 'InstanceIds', Values: ['mi-00000000000000fff'] }],
    [{ Key: 'InstanceIds', Values: ['../../etc/passwd'] }],
    [{ Key: 'colour', Values: ['red'] }],
    [{ Key: 'tag:', Values: ['red'] }],
    ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => tagged(key)),
    [tagged('lab', ...Array.from({ length: 51 }, (_, number) => `b${number}`))],
    [{ Key: 'resource-groups:Name', Values: ['no-such-group'] }],
    [{ Key: 'ParameterValues', Values: ['x'] }],
  ];
  for (const Targets of wrong) {
    const attempt = () => call('CreateAssociation', { ...EVERY_NODE, Targets });
    expect(attempt, JSON.stringify(Targets)).toThrow(refusal('InvalidTarget'));
  }
});

test('a node that registers, or gets the tag, runs at once; one that loses it runs no more', () => {
  const { site, create, nodes, ran } = labs();
  const [, , third] = nodes;
  const everywhere = create();
  const b12 = create({ Targets: [tagged('lab', 'b12')], ScheduleExpression: 'rate(1 hour)' });
  site.advance({ minutes: 1 });
  site.addNode();
  expect(ran(everywhere).at(-1)).toEqual(['node-4']);
  if (third !== undefined) site.setTags(third, { lab: 'b12' });
  expect(ran(b12).at(-1)).toEqual(['node-3']);
  site.advance({ minutes: 1 });
  if (third !== undefined) site.setTags(third, {});
  site.advance({ hours: 1 });
  expect(ran(b12).at(-1)).toEqual(['node-1', 'node-2']);
});

const inGroup = [{ Key: 'resource-groups:Name', Values: ['labs'] }];

test('the members of a resource group run, and none when it is deleted; two groups are refused', () => {
  const { site, call, create, ran } = labs();
  site.perform((context) => createGroup(context, { name: 'labs', description: '', tagFilters: [{ key: 'lab', values: ['b12'] }] }));
  const association = create({ Targets: inGroup });
  expect(ran(association)).toEqual([['node-1', 'node-2']]);
  expect(() => create({ Targets: [{ Key: 'resource-groups:Name', Values: ['labs', 'others'] }] })).toThrow(
    refusal('InvalidTarget', 'Targets'),
  );
  site.advance({ minutes: 1 });
  site.perform((context) => deleteGroup(context, 'labs'));
  call('StartAssociationsOnce', { AssociationIds: [association] });
  expect(ran(association)).toHaveLength(1);
});

test('a run over a group with six tag keys fails with InvalidTarget', () => {
  const { site, call, create } = openSsmSite();
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
  const node = site.addNode({ tags: Object.fromEntries(keys.map((key) => [key, ''])) });
  const tagFilters = keys.map((key) => ({ key, values: [] }));
  site.perform((context) => createGroup(context, { name: 'labs', description: '', tagFilters }));
  create({ Targets: inGroup });
  site.advance({ minutes: 1 });
  expect(call('DescribeInstanceAssociationsStatus', { InstanceId: node })).toMatchObject({
    InstanceAssociationStatusInfos: [{ Status: 'Failed', ErrorCode: 'InvalidTarget' }],
  });
});

test('an association that matches no node stays Pending and has no execution', () => {
  const { call, create } = labs();
  const AssociationId = create({ Targets: [tagged('lab', 'b99')] });
  call('StartAssociationsOnce', { AssociationIds: [AssociationId] });
  expect(call('DescribeAssociation', { AssociationId })).toMatchObject({
    AssociationDescription: { Overview: { Status: 'Pending', DetailedStatus: 'Associated' } },
  });
  expect(call('DescribeAssociationExecutions', { AssociationId })).toEqual({ AssociationExecutions: [] });
});

const Syntax = z.object({
  syntax: z.array(
    z.object({ field: z.enum(['maxConcurrency', 'maxErrors']), value: z.string(), valid: z.boolean(), error: z.string().optional() }),
  ),
});
const { syntax } = Syntax.parse(vectorFile('rate-control-vectors.json'));
const MEMBER = { maxConcurrency: 'MaxConcurrency', maxErrors: 'MaxErrors' };

test('rate control is refused by its vectors, on its member', () => {
  const { call } = openSsmSite();
  expect(syntax.length).toBeGreaterThan(0);
  for (const { field, value, valid, error = '' } of syntax) {
    const attempt = () => call('CreateAssociation', { ...EVERY_NODE, [MEMBER[field]]: value });
    if (valid) expect(attempt(), value).toMatchObject({ AssociationDescription: { [MEMBER[field]]: value } });
    else expect(attempt, value).toThrow(refusal(error, MEMBER[field]));
  }
});
