import { expect, test } from 'vitest';
import * as z from 'zod';
import type { NodeId } from '../../../../agent/protocol/ids.ts';
import { openSsmSite, refusal } from './ssm-site.ts';

const List = z.object({ InstanceInformationList: z.array(z.object({ InstanceId: z.string() })), NextToken: z.string().optional() });

/** A node where all is well, one where an association failed, and one that is away and has run nothing. */
function threeNodes() {
  const opened = openSsmSite();
  const { site, call, create } = opened;
  const well = site.addNode({ tags: { lab: 'b12' } });
  const bad = site.addNode({ tags: { lab: 'b14', spare: '' } });
  const away = site.addNode({ isConnected: false });
  site.script = ({ nodeId }) => ({ status: nodeId === bad ? 'Failed' : 'Success', seconds: 30 });
  create();
  site.advance({ minutes: 1 });
  const found = (...filters: [Key: string, ...Values: string[]][]) =>
    List.parse(
      call('DescribeInstanceInformation', { Filters: filters.map(([Key, ...Values]) => ({ Key, Values })) }),
    ).InstanceInformationList.map(({ InstanceId }) => InstanceId);
  return { ...opened, well, bad, away, found };
}

test('a node says who it is, whether it is there, and how its associations stand', () => {
  const { call, well } = threeNodes();
  expect(call('DescribeInstanceInformation', { Filters: [{ Key: 'InstanceIds', Values: [well] }] })).toEqual({
    InstanceInformationList: [
      {
        InstanceId: well,
        Name: 'node-1',
        PingStatus: 'Online',
        LastPingDateTime: expect.any(Date),
        AgentVersion: '1.0.0',
        IsLatestVersion: true,
        PlatformType: 'Linux',
        PlatformName: 'Simulated',
        PlatformVersion: '1',
        RegistrationDate: new Date('2026-03-01T02:00:00Z'),
        ResourceType: 'ManagedInstance',
        IPAddress: '10.0.0.1',
        ComputerName: 'simulated',
        AssociationStatus: 'Success',
        LastAssociationExecutionDate: new Date('2026-03-01T02:00:00Z'),
        LastSuccessfulAssociationExecutionDate: new Date('2026-03-01T02:00:30Z'),
        AssociationOverview: { DetailedStatus: 'Success', InstanceAssociationStatusAggregatedCount: { Success: 1 } },
      },
    ],
  });
});

test('each filter finds the nodes that it names, and several are ANDed', () => {
  const { found, well, bad, away } = threeNodes();
  expect(found()).toEqual([well, bad, away]);
  expect(found(['PingStatus', 'Online'])).toEqual([well, bad]);
  expect(found(['PingStatus', 'ConnectionLost'])).toEqual([away]);
  expect(found(['PingStatus', 'Inactive'])).toEqual([]);
  expect(found(['AssociationStatus', 'Failed'])).toEqual([bad]);
  expect(found(['AssociationStatus', 'Success', 'Failed'])).toEqual([well, bad]);
  expect(found(['AssociationStatus', 'Pending'])).toEqual([away]);
  expect(found(['tag-key', 'spare'])).toEqual([bad]);
  expect(found(['tag:lab', 'b12', 'b14'])).toEqual([well, bad]);
  expect(found(['tag:lab', 'b12'], ['PingStatus', 'ConnectionLost'])).toEqual([]);
  expect(found(['PlatformTypes', 'Linux'])).toHaveLength(3);
  expect(found(['PlatformTypes', 'Windows'])).toEqual([]);
  expect(found(['AgentVersion', '1.0.0'])).toHaveLength(3);
  expect(found(['ResourceType', 'ManagedInstance'])).toHaveLength(3);
  expect(found(['ResourceType', 'EC2Instance'])).toEqual([]);
  expect(found(['ActivationIds', '11111111-2222-4333-8444-555555555555'])).toEqual([]);
  expect(found(['IamRole', 'x'])).toEqual([]);
});

test('the older spelling of filters means the same', () => {
  const { call, bad } = threeNodes();
  const InstanceInformationFilterList = [{ key: 'AssociationStatus', valueSet: ['Failed'] }];
  expect(call('DescribeInstanceInformation', { InstanceInformationFilterList })).toMatchObject({
    InstanceInformationList: [{ InstanceId: bad }],
  });
});

test('a filter that is none, and a value that none can have, are refused', () => {
  const { found } = threeNodes();
  expect(() => found(['Colour', 'red'])).toThrow(refusal('InvalidFilterKey', 'Filters.0.Key'));
  expect(() => found(['tag:', 'red'])).toThrow(refusal('InvalidFilterKey', 'Filters.0.Key'));
  expect(() => found(['PingStatus', 'Sleeping'])).toThrow(refusal('InvalidInstanceInformationFilterValue', 'Filters.0.Values'));
  expect(() => found(['PingStatus'])).toThrow(refusal('ValidationException', 'Filters.0.Values'));
});

test('a skipped run does not hide how the one before it went', () => {
  const { site, call, create } = openSsmSite();
  const node = site.addNode();
  create({ ScheduleExpression: 'rate(1 hour)' });
  site.advance({ minutes: 1 });
  site.disconnect(node);
  site.advance({ hours: 1 });
  expect(call('DescribeInstanceInformation', {})).toMatchObject({ InstanceInformationList: [{ AssociationStatus: 'Success' }] });
});

test('pages go through all nodes in the order of their ids', () => {
  const { site, call } = openSsmSite();
  const all = site.addNodes(7) as NodeId[];
  const seen: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = List.parse(call('DescribeInstanceInformation', { MaxResults: 3, ...(NextToken === undefined ? {} : { NextToken }) }));
    seen.push(...page.InstanceInformationList.map(({ InstanceId }) => InstanceId));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(seen).toEqual(all);
});
