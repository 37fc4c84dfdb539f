import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { anUpload, anUploadItem } from '../../../builders/compliance.ts';
import { nodeId } from '../../../simulation/simulated-site.ts';
import { openSsmSite, refusal } from './ssm-site.ts';

/** Node 1 has doors and patches, node 2 has doors, node 3 has nothing. */
function desk() {
  const { site, call } = openSsmSite();
  site.addNodes(3);
  const put = (node: number, settings: Record<string, unknown>) => call('PutComplianceItems', anUpload(nodeId(node), settings));
  put(1, {
    Items: [
      anUploadItem({ Id: 'back', Title: 'Back door', Severity: 'LOW', Status: 'NON_COMPLIANT', Details: { floor: '1' } }),
      anUploadItem({ Id: 'front', Severity: 'CRITICAL' }),
      anUploadItem({ Id: 'gate', Title: 'Gate', Severity: 'INFORMATIONAL' }),
    ],
  });
  put(1, { ComplianceType: 'Patch', ExecutionSummary: { ExecutionTime: '2026-02-01T00:00:00Z' }, Items: [anUploadItem({ Id: 'KB1' })] });
  put(2, { Items: [anUploadItem({ Severity: 'MEDIUM' })] });
  return {
    items: (request: unknown) => Items.parse(call('ListComplianceItems', request)),
    resources: (request: unknown) => Resources.parse(call('ListResourceComplianceSummaries', request)),
    types: (request: unknown) => Types.parse(call('ListComplianceSummaries', request)),
  };
}

const NextToken = z.string().optional();
const Items = z.object({ ComplianceItems: z.array(z.looseObject({ Id: z.string() })), NextToken });
const Resource = z.looseObject({ ResourceId: z.string(), ComplianceType: z.string() });
const Resources = z.object({ ResourceComplianceSummaryItems: z.array(Resource), NextToken });
const Types = z.object({ ComplianceSummaryItems: z.array(z.looseObject({ ComplianceType: z.string() })), NextToken });

type Filter = { Key: string; Values: string[]; Type?: string };

describe('ListComplianceItems', () => {
  const list = (settings: Record<string, unknown> = {}) =>
    desk().items({ ResourceIds: [nodeId(1)], ResourceTypes: ['ManagedInstance'], ...settings });
  const idsOf = (...Filters: Filter[]) => list({ Filters }).ComplianceItems.map(({ Id }) => Id);

  test('lists what one node has, in the form of the API', () => {
    const { ComplianceItems, NextToken } = list();
    expect(NextToken).toBeUndefined();
    expect(ComplianceItems.map(({ Id }) => Id)).toEqual(['back', 'front', 'gate', 'KB1']);
    expect(ComplianceItems[0]).toEqual({
      ComplianceType: 'Custom:Door',
      ResourceType: 'ManagedInstance',
      ResourceId: nodeId(1),
      Id: 'back',
      Title: 'Back door',
      Status: 'NON_COMPLIANT',
      Severity: 'LOW',
      ExecutionSummary: { ExecutionTime: new Date('2026-03-01T01:30:00Z'), ExecutionId: 'round-7', ExecutionType: 'Command' },
      Details: { floor: '1' },
    });
    expect(ComplianceItems[3]?.ExecutionSummary).toEqual({ ExecutionTime: new Date('2026-02-01T00:00:00Z') });
  });

  test('goes on where the page before ended', () => {
    const lists = desk();
    const request = { ResourceIds: [nodeId(1)], MaxResults: 3 };
    const first = lists.items(request);
    const second = lists.items({ ...request, NextToken: first.NextToken });
    expect([first, second].map((answer) => answer.ComplianceItems.map(({ Id }) => Id))).toEqual([['back', 'front', 'gate'], ['KB1']]);
    expect(second.NextToken).toBeUndefined();
  });

  test.for([
    ['EQUAL', { Key: 'Status', Values: ['NON_COMPLIANT'], Type: 'EQUAL' }, ['back']],
    ['EQUAL to any of several values', { Key: 'Id', Values: ['gate', 'KB1'] }, ['gate', 'KB1']],
    ['NOT_EQUAL to all of several values', { Key: 'Severity', Values: ['LOW', 'CRITICAL'], Type: 'NOT_EQUAL' }, ['gate', 'KB1']],
    ['BEGIN_WITH', { Key: 'ComplianceType', Values: ['Custom:'], Type: 'BEGIN_WITH' }, ['back', 'front', 'gate']],
    ['BEGIN_WITH, with case', { Key: 'Title', Values: ['front'], Type: 'BEGIN_WITH' }, []],
    ['LESS_THAN by severity', { Key: 'Severity', Values: ['LOW'], Type: 'LESS_THAN' }, ['gate']],
    ['GREATER_THAN by severity', { Key: 'Severity', Values: ['LOW'], Type: 'GREATER_THAN' }, ['front', 'KB1']],
    ['LESS_THAN by text', { Key: 'Id', Values: ['front'], Type: 'LESS_THAN' }, ['back', 'KB1']],
    ['LESS_THAN by time', { Key: 'ExecutionTime', Values: ['2026-03-01T00:00:00Z'], Type: 'LESS_THAN' }, ['KB1']],
    ['EQUAL by time, however it is written', { Key: 'ExecutionTime', Values: ['2026-02-01T01:00:00+01:00'] }, ['KB1']],
    ['EQUAL to what nothing is', { Key: 'Title', Values: ['%'] }, []],
  ] as const)('filters by %s', ([, filter, ids]) => {
    expect(idsOf({ ...filter, Values: [...filter.Values] })).toEqual(ids);
  });

  test('meets all of several filters', () => {
    const custom = { Key: 'ComplianceType', Values: ['Custom:Door'] };
    expect(idsOf(custom, { Key: 'Severity', Values: ['LOW'], Type: 'GREATER_THAN' })).toEqual(['front']);
  });

  test.for([
    ['an unknown key', { Key: 'Colour', Values: ['red'] }, 'InvalidFilter'],
    ['a key that every object has', { Key: 'constructor', Values: ['x'] }, 'InvalidFilter'],
    ['a severity that is none', { Key: 'Severity', Values: ['BAD'], Type: 'LESS_THAN' }, 'InvalidFilter'],
    ['two values to be less than', { Key: 'Severity', Values: ['LOW', 'HIGH'], Type: 'LESS_THAN' }, 'InvalidFilter'],
    ['a time that is none', { Key: 'ExecutionTime', Values: ['soon'], Type: 'GREATER_THAN' }, 'InvalidFilter'],
    ['a type that is none', { Key: 'Id', Values: ['x'], Type: 'LIKE' }, 'ValidationException'],
    ['no value', { Key: 'Id', Values: [] }, 'ValidationException'],
    ['21 values', { Key: 'Id', Values: Array.from({ length: 21 }, () => 'x') }, 'ValidationException'],
  ] as const)('refuses %s', ([, filter, code]) => {
    expect(() => idsOf({ ...filter, Values: [...filter.Values] })).toThrow(refusal(code));
  });

  test.for([
    ['no node', { ResourceIds: [] }, 'ValidationException'],
    ['two nodes', { ResourceIds: [nodeId(1), nodeId(2)] }, 'ValidationException'],
    ['a node that is not there', { ResourceIds: [nodeId(9)] }, 'InvalidResourceId'],
    ['another type of resource', { ResourceTypes: ['Instance'] }, 'InvalidResourceType'],
    ['a token of its own making', { NextToken: 'bm90IG91cnM' }, 'InvalidNextToken'],
    ['a page of 51', { MaxResults: 51 }, 'ValidationException'],
    ['a page of none', { MaxResults: 0 }, 'ValidationException'],
  ] as const)('refuses %s', ([, settings, code]) => {
    expect(() => list(settings)).toThrow(refusal(code));
  });
});

describe('ListResourceComplianceSummaries', () => {
  test('has one for each type on each node, which counts items', () => {
    const { ResourceComplianceSummaryItems: all } = desk().resources({});
    expect(all.map(({ ResourceId, ComplianceType }) => `${ResourceId} ${ComplianceType}`)).toEqual([
      `${nodeId(1)} Custom:Door`,
      `${nodeId(1)} Patch`,
      `${nodeId(2)} Custom:Door`,
    ]);
    const none = { CriticalCount: 0, HighCount: 0, MediumCount: 0, LowCount: 0, InformationalCount: 0, UnspecifiedCount: 0 };
    expect(all[0]).toEqual({
      ComplianceType: 'Custom:Door',
      ResourceType: 'ManagedInstance',
      ResourceId: nodeId(1),
      Status: 'NON_COMPLIANT',
      OverallSeverity: 'LOW',
      ExecutionSummary: { ExecutionTime: new Date('2026-03-01T01:30:00Z'), ExecutionId: 'round-7', ExecutionType: 'Command' },
      CompliantSummary: { CompliantCount: 2, SeveritySummary: { ...none, CriticalCount: 1, InformationalCount: 1 } },
      NonCompliantSummary: { NonCompliantCount: 1, SeveritySummary: { ...none, LowCount: 1 } },
    });
  });

  test('is filtered, and goes on where the page before ended', () => {
    const lists = desk();
    const filters = [{ Key: 'Status', Values: ['COMPLIANT'] }];
    const first = lists.resources({ Filters: filters, MaxResults: 1 });
    const second = lists.resources({ Filters: filters, MaxResults: 1, NextToken: first.NextToken });
    const seen = [first, second].flatMap((answer) => answer.ResourceComplianceSummaryItems.map(({ ComplianceType }) => ComplianceType));
    expect([seen, second.NextToken]).toEqual([['Patch', 'Custom:Door'], undefined]);
    const few = lists.resources({ Filters: [{ Key: 'CompliantCount', Values: ['2'], Type: 'LESS_THAN' }] });
    expect(few.ResourceComplianceSummaryItems).toHaveLength(2);
  });

  test('takes no token of another list', () => {
    const lists = desk();
    const { NextToken } = lists.items({ ResourceIds: [nodeId(1)], MaxResults: 1 });
    expect(() => lists.resources({ NextToken })).toThrow(refusal('InvalidNextToken'));
  });
});

describe('ListComplianceSummaries', () => {
  test('has one for each type, which counts nodes', () => {
    const { ComplianceSummaryItems } = desk().types({});
    expect(ComplianceSummaryItems).toMatchObject([
      {
        ComplianceType: 'Custom:Door',
        CompliantSummary: { CompliantCount: 1, SeveritySummary: { MediumCount: 1 } },
        NonCompliantSummary: { NonCompliantCount: 1, SeveritySummary: { LowCount: 1 } },
      },
      { ComplianceType: 'Patch', CompliantSummary: { CompliantCount: 1, SeveritySummary: { HighCount: 1 } } },
    ]);
  });

  test('counts the nodes that the filters leave, and goes on where the page before ended', () => {
    const lists = desk();
    const severe = lists.types({ Filters: [{ Key: 'OverallSeverity', Values: ['LOW'], Type: 'GREATER_THAN' }] });
    expect(severe.ComplianceSummaryItems[0]).toMatchObject({
      CompliantSummary: { CompliantCount: 1 },
      NonCompliantSummary: { NonCompliantCount: 0 },
    });
    const first = lists.types({ MaxResults: 1 });
    const second = lists.types({ MaxResults: 1, NextToken: first.NextToken });
    expect([first, second].map((answer) => answer.ComplianceSummaryItems.map(({ ComplianceType }) => ComplianceType))).toEqual([
      ['Custom:Door'],
      ['Patch'],
    ]);
  });
});
