import { expect, test } from 'vitest';
import { openSsmSite, refusal } from './ssm-site.ts';

const TEAM = { Key: 'team', Value: 'lab' };
const ROOM = { Key: 'room', Value: '' };

test('tags that are given at creation list back, and are added and removed by the association’s id', () => {
  const { site, call, create } = openSsmSite();
  site.addNode();
  const ResourceId = create({ Tags: [TEAM, ROOM] });
  const resource = { ResourceType: 'Association', ResourceId };
  const listed = () => call('ListTagsForResource', resource);
  expect(listed()).toEqual({ TagList: [TEAM, ROOM] });
  expect(
    call('AddTagsToResource', {
      ...resource,
      Tags: [
        { Key: 'room', Value: 'b12' },
        { Key: 'new', Value: 'x' },
      ],
    }),
  ).toEqual({});
  expect(listed()).toEqual({ TagList: [TEAM, { Key: 'room', Value: 'b12' }, { Key: 'new', Value: 'x' }] });
  expect(call('RemoveTagsFromResource', { ...resource, TagKeys: ['team', 'never there'] })).toEqual({});
  expect(listed()).toEqual({
    TagList: [
      { Key: 'room', Value: 'b12' },
      { Key: 'new', Value: 'x' },
    ],
  });
  expect(call('DescribeAssociation', { AssociationId: ResourceId })).toMatchObject({ AssociationDescription: { AssociationVersion: '1' } });
  expect(site.history(ResourceId)).toHaveLength(1);
});

test('an update leaves the tags alone', () => {
  const { call, create } = openSsmSite();
  const ResourceId = create({ Tags: [TEAM] });
  call('UpdateAssociation', { AssociationId: ResourceId, Parameters: { commands: ['false'] } });
  expect(call('ListTagsForResource', { ResourceType: 'Association', ResourceId })).toEqual({ TagList: [TEAM] });
});

test('a node that is tagged runs at once what it matches now', () => {
  const { site, call, create } = openSsmSite();
  const node = site.addNode();
  const association = create({ Targets: [{ Key: 'tag:room', Values: ['b12'] }] });
  expect(site.history(association)).toEqual([]);
  const resource = { ResourceType: 'ManagedInstance', ResourceId: node };
  call('AddTagsToResource', { ...resource, Tags: [{ Key: 'room', Value: 'b12' }] });
  expect(site.history(association)).toMatchObject([{ trigger: 'NodeMatched' }]);
  call('RemoveTagsFromResource', { ...resource, TagKeys: ['room'] });
  expect(call('ListTagsForResource', resource)).toEqual({ TagList: [] });
});

test('tags that are none, too many of them, and what has none, are refused; nothing is changed', () => {
  const { call, create } = openSsmSite();
  const ResourceId = create({ Tags: [TEAM] });
  const resource = { ResourceType: 'Association', ResourceId };
  const add = (request: object) => call('AddTagsToResource', { ...resource, Tags: [ROOM], ...request });
  const many = Array.from({ length: 50 }, (_, number) => ({ Key: `key-${number}`, Value: '' }));
  expect(() => add({ Tags: many })).toThrow(refusal('TooManyTagsError', 'Tags'));
  expect(() => add({ Tags: [{ Key: 'a\u0007', Value: '' }] })).toThrow(refusal('InvalidTag', 'Tags'));
  expect(() => add({ Tags: [ROOM, ROOM] })).toThrow(refusal('InvalidTag', 'Tags'));
  expect(() => add({ Tags: [] })).toThrow(refusal('ValidationException', 'Tags'));
  expect(() => add({ ResourceType: 'Document', ResourceId: 'AWS-RunShellScript' })).toThrow(refusal('InvalidResourceType', 'ResourceType'));
  expect(() => add({ ResourceId: 'mi-00000000000000001' })).toThrow(refusal('InvalidResourceId', 'ResourceId'));
  expect(() => add({ ResourceType: 'ManagedInstance' })).toThrow(refusal('InvalidResourceId', 'ResourceId'));
  expect(call('ListTagsForResource', resource)).toEqual({ TagList: [TEAM] });
});
