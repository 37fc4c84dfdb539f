import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { NodeId } from '../../../../agent/protocol/ids.ts';
import { expireInventory } from '../../../../electron/controller/operations/delete-inventory.ts';
import { takeInventory } from '../../../../electron/controller/operations/put-inventory.ts';
import { openSsmSite, refusal } from './ssm-site.ts';

const CAPTURED = '2026-03-01T01:59:00Z';

const deb = (name: string, version: string, more: object = {}) => ({
  Name: name,
  Version: version,
  PackageId: `${name}_${version}_amd64.deb`,
  ...more,
});
const anItem = (typeName: string, content: object[], more: object = {}) => ({
  TypeName: typeName,
  SchemaVersion: typeName === 'AWS:Application' ? '1.1' : '1.0',
  CaptureTime: CAPTURED,
  Content: content,
  ...more,
});

const Entities = z.object({
  Entities: z.array(
    z.object({
      Id: z.string().optional(),
      Data: z.record(z.string(), z.object({ Content: z.array(z.record(z.string(), z.string())).optional() })),
    }),
  ),
  NextToken: z.string().optional(),
});

/** A site with nodes 1 and 2. */
function desk() {
  const opened = openSsmSite();
  const [one, two] = opened.site.addNodes(2);
  if (one === undefined || two === undefined) throw new Error('There are two nodes.');
  const put = (nodeId: NodeId, ...items: object[]) => opened.call('PutInventory', { InstanceId: nodeId, Items: items });
  const get = (request: object = {}) => Entities.parse(opened.call('GetInventory', request));
  const found = (...filters: object[]) => get({ Filters: filters }).Entities.map(({ Id }) => Id);
  const entries = (nodeId: NodeId, TypeName: string, more: object = {}) =>
    opened.call('ListInventoryEntries', { InstanceId: nodeId, TypeName, ...more });
  return { ...opened, one, two, put, get, found, entries };
}

describe('putting inventory', () => {
  test('keeps the entries of a type, and replaces them as a whole', () => {
    const { one, put, entries } = desk();
    expect(
      put(one, anItem('AWS:Application', [deb('bash', '5.2-1', { InstalledTime: '2025-01-01T00:00:00Z' }), deb('zsh', '5.9-4')])),
    ).toEqual({});
    expect(entries(one, 'AWS:Application')).toEqual({
      TypeName: 'AWS:Application',
      InstanceId: one,
      SchemaVersion: '1.1',
      CaptureTime: CAPTURED,
      Entries: [deb('bash', '5.2-1', { InstalledTime: '2025-01-01T00:00:00Z' }), deb('zsh', '5.9-4')],
    });
    put(one, anItem('AWS:Application', [deb('bash', '5.2-2')]));
    expect(entries(one, 'AWS:Application')).toMatchObject({ Entries: [deb('bash', '5.2-2')] });
    put(one, anItem('AWS:Application', []));
    expect(entries(one, 'AWS:Application')).toMatchObject({ Entries: [] });
  });

  test('keeps what many nodes have alike once, and lets it go with the last of them', () => {
    const { site, one, two, put } = desk();
    const values = () => [...site.context.stores.inventory.values('AWS:Application')].map(({ content, uses }) => `${content.Name} ${uses}`);
    put(one, anItem('AWS:Application', [deb('bash', '1', { InstalledTime: '2025-01-01T00:00:00Z' })]));
    put(two, anItem('AWS:Application', [deb('bash', '1', { InstalledTime: '2026-01-01T00:00:00Z' }), deb('zsh', '1')]));
    expect(values().sort()).toEqual(['bash 2', 'zsh 1']);
    put(two, anItem('AWS:Application', []));
    expect(values()).toEqual(['bash 1']);
    site.deregister(one);
    expect(values()).toEqual(['bash 0']);
    put(two, anItem('AWS:Application', [deb('bash', '1')]));
    expect(values()).toEqual(['bash 1']);
  });

  test('with a hash and no content confirms what is stored, and is refused where it is something else', () => {
    const { one, put, entries } = desk();
    put(one, anItem('Custom:Rack', [{ Place: 'B2' }], { ContentHash: 'abc' }));
    const { Content: _, ...bare } = anItem('Custom:Rack', [], { ContentHash: 'abc', CaptureTime: '2026-03-01T02:00:00Z' });
    put(one, bare);
    expect(entries(one, 'Custom:Rack')).toMatchObject({ CaptureTime: '2026-03-01T02:00:00Z', Entries: [{ Place: 'B2' }] });
    expect(() => put(one, { ...bare, ContentHash: 'other' })).toThrow(refusal('ItemContentMismatchException'));
  });

  test('refuses by name what is not as it must be, and stores nothing of it', () => {
    const { one, put, entries } = desk();
    const thrown = (item: object, code: string) => expect(() => put(one, anItem('Custom:Good', [{ a: 'b' }]), item)).toThrow(refusal(code));
    thrown(anItem('AWS:Nothing', []), 'InvalidTypeNameException');
    thrown(anItem('AWS:InstanceInformation', []), 'InvalidTypeNameException');
    thrown(anItem('AWS:Application', [], { SchemaVersion: '9.0' }), 'UnsupportedInventorySchemaVersionException');
    thrown(anItem('AWS:Application', [{ Colour: 'red' }]), 'InvalidItemContentException');
    thrown(anItem('Custom:Context', [], { Context: { a: 'b' } }), 'UnsupportedInventoryItemContextException');
    const long = Array.from({ length: 1000 }, (_, at) => ({ a: `${at}${'x'.repeat(4000)}` }));
    thrown(anItem('Custom:Large', long), 'ItemSizeLimitExceededException');
    thrown(anItem('Custom:Proto', [JSON.parse('{"a.b":"c"}')]), 'ValidationException');
    expect(() => entries(one, 'Custom:Good')).toThrow(refusal('InvalidTypeNameException'));
    expect(() => put('mi-0123456789abcdef0' as NodeId, anItem('Custom:Good', []))).toThrow(refusal('InvalidInstanceId'));
  });

  test('of one node is at most 10 MB', () => {
    const { one, put } = desk();
    const almostFull = (name: string) =>
      anItem(
        name,
        Array.from({ length: 700 }, (_, at) => ({ a: `${name}${at}${'x'.repeat(4000)}` })),
      );
    put(one, almostFull('Custom:A'), almostFull('Custom:B'), almostFull('Custom:C'));
    expect(() => put(one, almostFull('Custom:D'))).toThrow(refusal('TotalSizeLimitExceededException'));
  });

  test('has at most 20 types of one’s own, over all nodes', () => {
    const { one, two, put } = desk();
    for (let at = 0; at < 20; at += 1) put(one, anItem(`Custom:T${at}`, [{ a: 'b' }]));
    expect(() => put(two, anItem('Custom:T20', [{ a: 'b' }]))).toThrow(refusal('CustomSchemaCountLimitExceededException', 'Items.0'));
    put(two, anItem('Custom:T3', [{ a: 'b' }]));
  });

  test('begins a type of one’s own with content alone, and an older version does not take the place of a newer one', () => {
    const { site, one, put } = desk();
    put(one, anItem('Custom:Rack', [{ a: 'b' }]));
    const bare = (typeName: string, schemaVersion: string) => ({
      typeName,
      schemaVersion,
      captureTime: new Date(CAPTURED),
      contentHash: 'a',
      content: null,
    });
    site.perform((context) => takeInventory(context, one, [bare('Custom:New', '1.0'), bare('Custom:Rack', '0.0')]));
    const types = site.perform((context) => context.stores.inventory.customTypes());
    expect(types).toMatchObject([{ typeName: 'Custom:Rack', schemaVersion: '1.0' }]);
  });

  test('by a node itself is taken item by item: one that is refused keeps no other away', () => {
    const { site, one, put, entries } = desk();
    for (let at = 0; at < 20; at += 1) put(one, anItem(`Custom:T${at}`, [{ a: 'b' }]));
    const item = (typeName: string, schemaVersion: string, content: Record<string, string>[]) => ({
      typeName,
      schemaVersion,
      captureTime: new Date(CAPTURED),
      contentHash: 'a',
      content,
    });
    const items = [
      item('Custom:T20', '1.0', [{ a: 'b' }]),
      item('AWS:Application', '1.1', [{ Name: 'bash' }]),
      item('AWS:File', '1.0', [{ Odd: 'x' }]),
    ];
    const bare = { ...item('AWS:Service', '1.0', []), content: null };
    expect(site.perform((context) => takeInventory(context, one, [...items, bare]))).toEqual({
      needed: ['AWS:Service'],
      refused: [
        { typeName: 'Custom:T20', problem: expect.stringContaining('20 custom inventory types') },
        { typeName: 'AWS:File', problem: expect.stringContaining('no attribute Odd') },
      ],
    });
    expect(entries(one, 'AWS:Application')).toMatchObject({ Entries: [{ Name: 'bash' }] });
    expect(entries(one, 'AWS:File')).toMatchObject({ Entries: [] });
  });

  test('takes control characters and turned writing out of values', () => {
    const { one, put, entries } = desk();
    put(one, anItem('Custom:Hostile', [{ a: 'x\u0000\u001b[31m\u202ey', constructor: '1' }]));
    expect(entries(one, 'Custom:Hostile')).toMatchObject({ Entries: [{ a: 'x  [31m y', constructor: '1' }] });
  });
});

describe('asking for inventory', () => {
  test('gives what each node says of itself, where nothing else is asked for', () => {
    const { one, two, get } = desk();
    expect(get().Entities.map(({ Id }) => Id)).toEqual([one, two]);
    expect(get().Entities[0]?.Data['AWS:InstanceInformation']?.Content).toMatchObject([
      { InstanceId: one, PlatformType: 'Linux', ResourceType: 'ManagedInstance', InstanceStatus: 'Active' },
    ]);
  });

  test('finds nodes by filters of every kind; those on one type are met by one entry', () => {
    const { one, two, put, found } = desk();
    put(one, anItem('AWS:Application', [deb('openssl', '3.0.9-1'), deb('curl', '8.0-1')]));
    put(two, anItem('AWS:Application', [deb('openssl', '3.0.15-1~deb12u1')]));
    const name = (Values: string[], Type = 'Equal') => ({ Key: 'AWS:Application.Name', Values, Type });
    expect(found(name(['curl']))).toEqual([one]);
    expect(found(name(['openssl', 'zsh']))).toEqual([one, two]);
    expect(found(name(['cur'], 'BeginWith'))).toEqual([one]);
    expect(found(name(['curl'], 'NotEqual'))).toEqual([two]);
    // As versions: as texts 3.0.9 would be the later one.
    expect(found(name(['openssl']), { Key: 'AWS:Application.Version', Values: ['3.0.15'], Type: 'LessThan' })).toEqual([one]);
    expect(found(name(['openssl']), { Key: 'AWS:Application.Version', Values: ['3.0.10'], Type: 'GreaterThan' })).toEqual([two]);
    expect(found(name(['curl']), { Key: 'AWS:Application.Version', Values: ['3.0.9-1'] })).toEqual([]);
    expect(found({ Key: 'AWS:InstanceInformation.InstanceId', Values: [two] })).toEqual([two]);
    put(two, anItem('Custom:Rack', [{ Unit: '12' }]));
    expect(found({ Key: 'Custom:Rack', Values: ['true'], Type: 'Exists' })).toEqual([two]);
    expect(found({ Key: 'Custom:Rack', Values: ['false'], Type: 'Exists' })).toEqual([one]);
    expect(found({ Key: 'Custom:Rack.Unit', Values: ['9'], Type: 'GreaterThan' })).toEqual([two]);
    put(one, anItem('AWS:Application', [deb('openssl', '3.0.9-1', { InstalledTime: '2025-06-01T00:00:00Z' })]));
    expect(found({ Key: 'AWS:Application.InstalledTime', Values: ['2025'], Type: 'BeginWith' })).toEqual([one]);
  });

  test('gives one type of each node, in pages', () => {
    const { one, two, put, get } = desk();
    put(one, anItem('Custom:Rack', [{ Place: 'B2' }]));
    const request = { ResultAttributes: [{ TypeName: 'Custom:Rack' }], MaxResults: 1 };
    const first = get(request);
    expect(first.Entities).toMatchObject([{ Id: one, Data: { 'Custom:Rack': { Content: [{ Place: 'B2' }] } } }]);
    expect(get({ ...request, NextToken: first.NextToken })).toEqual({ Entities: [{ Id: two, Data: {} }] });
    expect(() => get({ ...request, NextToken: 'forged' })).toThrow(refusal('InvalidNextToken'));
  });

  test('counts the values of an attribute, also those of nodes that a filter leaves, and the nodes of groups', () => {
    const { one, two, put, get } = desk();
    put(one, anItem('AWS:Application', [deb('bash', '5.1'), deb('zsh', '1')]));
    put(two, anItem('AWS:Application', [deb('bash', '5.2')]));
    const counts = (request: object) => get(request).Entities.flatMap(({ Data }) => Object.values(Data).flatMap(({ Content }) => Content));
    const names = { Aggregators: [{ Expression: 'AWS:Application.Name' }] };
    expect(counts(names)).toEqual(
      expect.arrayContaining([
        { Name: 'bash', Count: '2' },
        { Name: 'zsh', Count: '1' },
      ]),
    );
    expect(counts({ ...names, Filters: [{ Key: 'AWS:InstanceInformation.InstanceId', Values: [two] }] })).toEqual([
      { Name: 'bash', Count: '1' },
    ]);
    expect(counts({ Aggregators: [{ Expression: 'AWS:InstanceInformation.PlatformType' }] })).toEqual([
      { PlatformType: 'Linux', Count: '2' },
    ]);
    const versions = { Expression: 'AWS:Application.Name', Aggregators: [{ Expression: 'AWS:Application.Version' }] };
    expect(counts({ Aggregators: [versions] })).toContainEqual({ Name: 'bash', Version: '5.2', Count: '1' });
    const group = { Name: 'with zsh', Filters: [{ Key: 'AWS:Application.Name', Values: ['zsh'] }] };
    expect(counts({ Aggregators: [{ Groups: [group] }] })).toEqual([{ matchingCount: '1' }, { notMatchingCount: '1' }]);
  });

  test('is refused by name', () => {
    const { get, entries, one } = desk();
    expect(() => get({ Filters: [{ Key: 'Name', Values: ['a'] }] })).toThrow(refusal('InvalidFilter', 'Filters.0.Key'));
    expect(() => get({ Filters: [{ Key: 'AWS:Application.Colour', Values: ['a'] }] })).toThrow(refusal('InvalidFilter'));
    expect(() => get({ Aggregators: [{ Expression: 'AWS:Application' }] })).toThrow(refusal('InvalidAggregatorException'));
    expect(() => get({ Aggregators: [{ Groups: [{ Name: 'a', Filters: [{ Key: 'x', Values: ['a'] }] }] }] })).toThrow(
      refusal('InvalidInventoryGroupException'),
    );
    expect(() => get({ ResultAttributes: [{ TypeName: 'AWS:Nothing' }] })).toThrow(refusal('InvalidTypeNameException'));
    expect(() => entries('nobody' as NodeId, 'AWS:Application')).toThrow(refusal('InvalidInstanceId'));
    expect(() => entries(one, 'AWS:Application', { Filters: [{ Key: 'Colour', Values: ['a'] }] })).toThrow(refusal('InvalidFilter'));
  });

  test('lists the entries of a node in pages, those that a filter leaves', () => {
    const { one, put, entries } = desk();
    put(
      one,
      anItem(
        'AWS:Service',
        ['cron', 'dbus', 'nginx'].map((Name) => ({ Name, Status: Name === 'dbus' ? 'Stopped' : 'Running' })),
      ),
    );
    const filter = { Filters: [{ Key: 'Status', Values: ['Running'] }], MaxResults: 1 };
    const first = z.looseObject({ NextToken: z.string() }).parse(entries(one, 'AWS:Service', filter));
    expect(first).toMatchObject({ Entries: [{ Name: 'cron' }] });
    expect(entries(one, 'AWS:Service', { ...filter, NextToken: first.NextToken })).toMatchObject({ Entries: [{ Name: 'nginx' }] });
  });

  test('tells the schemas of all types, those of a site among them', () => {
    const { one, put, call } = desk();
    put(one, anItem('Custom:Rack', [{ Place: 'B2' }, { Unit: '7' }]));
    expect(call('GetInventorySchema', { TypeName: 'Custom:' })).toEqual({
      Schemas: [
        {
          TypeName: 'Custom:Rack',
          Version: '1.0',
          DisplayName: 'Custom:Rack',
          Attributes: [
            { Name: 'Place', DataType: 'string' },
            { Name: 'Unit', DataType: 'string' },
          ],
        },
      ],
    });
    expect(call('GetInventorySchema', { TypeName: 'AWS:PatchSummary' })).toMatchObject({
      Schemas: [{ Attributes: expect.arrayContaining([{ Name: 'MissingCount', DataType: 'number' }]) }],
    });
    expect(() => call('GetInventorySchema', { TypeName: 'AWS:Nothing' })).toThrow(refusal('InvalidTypeNameException', 'TypeName'));
  });
});

describe('inventory goes', () => {
  test('with its type: first as a dry run, then for real, and its deletion stays on record', () => {
    const { one, two, put, call } = desk();
    put(one, anItem('Custom:Rack', [{ a: 'b' }]));
    put(two, anItem('Custom:Rack', [{ a: 'c' }]));
    const summary = (remaining: number) => ({
      TotalCount: 2,
      RemainingCount: remaining,
      SummaryItems: [{ Version: '1.0', Count: 2, RemainingCount: remaining }],
    });
    expect(call('DeleteInventory', { TypeName: 'Custom:Rack', DryRun: true })).toEqual({
      TypeName: 'Custom:Rack',
      DeletionSummary: summary(2),
    });
    const deleted = z.object({ DeletionId: z.string() }).parse(call('DeleteInventory', { TypeName: 'Custom:Rack' }));
    expect(call('DescribeInventoryDeletions', deleted)).toMatchObject({
      InventoryDeletions: [{ TypeName: 'Custom:Rack', LastStatus: 'Complete', DeletionSummary: summary(0) }],
    });
    expect(() => call('ListInventoryEntries', { InstanceId: one, TypeName: 'Custom:Rack' })).toThrow(refusal('InvalidTypeNameException'));
    expect(() => call('DeleteInventory', { TypeName: 'Custom:Rack' })).toThrow(refusal('InvalidDeleteInventoryParametersException'));
    expect(() => call('DeleteInventory', { TypeName: 'AWS:Application' })).toThrow(refusal('InvalidTypeNameException'));
    expect(() => call('DescribeInventoryDeletions', { DeletionId: 'none' })).toThrow(refusal('InvalidDeletionIdException'));
  });

  test('and is ignored, where its schema was disabled, until it comes in a newer version', () => {
    const { one, put, call } = desk();
    put(one, anItem('Custom:Rack', [{ a: 'b' }], { SchemaVersion: '1.9' }));
    call('DeleteInventory', { TypeName: 'Custom:Rack', SchemaDeleteOption: 'DisableSchema' });
    put(one, anItem('Custom:Rack', [{ a: 'b' }], { SchemaVersion: '1.9' }));
    expect(call('ListInventoryEntries', { InstanceId: one, TypeName: 'Custom:Rack' })).toMatchObject({ Entries: [] });
    put(one, anItem('Custom:Rack', [{ a: 'b' }], { SchemaVersion: '1.10' }));
    expect(call('ListInventoryEntries', { InstanceId: one, TypeName: 'Custom:Rack' })).toMatchObject({ Entries: [{ a: 'b' }] });
  });

  test('30 days after a node said it last, also of a node that was deregistered', () => {
    const { site, one, two, put, get } = desk();
    put(one, anItem('Custom:Rack', [{ a: 'b' }]));
    site.deregister(one);
    expect(get().Entities.map(({ Id }) => Id)).toEqual([one, two]);
    expect(get().Entities[0]?.Data['AWS:InstanceInformation']?.Content).toMatchObject([{ InstanceStatus: 'Terminated' }]);
    site.advance({ hours: 24 * 29 });
    put(two, anItem('Custom:Rack', [{ a: 'c' }]));
    site.advance({ hours: 24 * 2 });
    site.perform(expireInventory);
    expect(get().Entities.map(({ Id }) => Id)).toEqual([two]);
    expect([...site.context.stores.inventory.values('Custom:Rack')]).toHaveLength(1);
  });
});
