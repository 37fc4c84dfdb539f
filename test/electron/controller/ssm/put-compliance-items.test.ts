import { describe, expect, test } from 'vitest';
import { Fault } from '../../../../electron/domain/faults.ts';
import { anUpload, anUploadItem } from '../../../builders/compliance.ts';
import { nodeId } from '../../../simulation/simulated-site.ts';
import { openSsmSite, refusal } from './ssm-site.ts';

const node = nodeId(1);

/** A site with nodes 1 and 2. */
function desk() {
  const { site, call, create } = openSsmSite();
  site.addNodes(2);
  const put = (settings: Record<string, unknown> = {}, on = node) => call('PutComplianceItems', anUpload(on, settings));
  const { compliance } = site.context.stores;
  const stored = (complianceType = 'Custom:Door') =>
    compliance.ofType(node, complianceType).map(({ itemId, status, severity }) => `${itemId} ${status} ${severity}`);
  /** An association that leaves its compliance to whoever puts it. */
  const associate = (members: object = {}) => create({ AssociationName: 'Hardening', SyncCompliance: 'MANUAL', ...members });
  return { site, compliance, put, stored, associate, call };
}

describe('putting compliance items', () => {
  test('stores them with what the run behind them is called', () => {
    const { site, compliance, put } = desk();
    expect(put({ Items: [anUploadItem({ Details: { floor: '2' } })] })).toEqual({});
    expect(compliance.ofNode(node)).toEqual([
      {
        nodeId: node,
        complianceType: 'Custom:Door',
        itemId: 'front',
        title: 'Front door',
        severity: 'HIGH',
        status: 'COMPLIANT',
        details: { floor: '2' },
        executionId: 'round-7',
        executionType: 'Command',
        since: site.clock.now(),
        confirmedAt: site.clock.now(),
        capturedAt: new Date('2026-03-01T01:30:00Z'),
      },
    ]);
  });

  test('replaces all items of that type on that node, and none else', () => {
    const { compliance, put, stored } = desk();
    put({ Items: [anUploadItem({ Id: 'front' }), anUploadItem({ Id: 'back' })] });
    put({ ComplianceType: 'Patch', Items: [anUploadItem({ Id: 'KB1' })] });
    put({}, nodeId(2));
    put({ Items: [anUploadItem({ Id: 'back', Status: 'NON_COMPLIANT', Severity: 'INFORMATIONAL' })] });
    expect(stored()).toEqual(['back NON_COMPLIANT INFORMATIONAL']);
    expect(stored('Patch')).toEqual(['KB1 COMPLIANT HIGH']);
    expect(compliance.ofNode(nodeId(2))).toHaveLength(1);
    const [gone] = compliance.history({ nodeId: node, complianceType: 'Custom:Door', itemId: 'front' }, page).rows;
    expect(gone).toMatchObject({ because: 'Put', executionId: 'round-7', after: null });
  });

  test('of an empty complete list leaves nothing of the type', () => {
    const { compliance, put, stored } = desk();
    put();
    put({ Items: [] });
    expect(stored()).toEqual([]);
    expect(compliance.resourcesOfNode(node)).toEqual([]);
  });

  test('is ignored when its hash is the stored one, even with an empty list', () => {
    const { put, stored } = desk();
    put({ ItemContentHash: 'abc' });
    put({ ItemContentHash: 'abc', Items: [] });
    expect(stored()).toHaveLength(1);
    put({ ItemContentHash: 'abd', Items: [] });
    expect(stored()).toEqual([]);
  });

  test('is not ignored when something else has changed the items since', () => {
    const { site, compliance, put, associate, stored } = desk();
    const associationId = associate();
    const items = { ComplianceType: 'Association', Items: [anUploadItem({ Id: associationId })], ItemContentHash: 'abc' };
    put(items);
    compliance.remove(node, associationId, site.clock.now());
    put(items);
    expect(stored('Association')).toHaveLength(1);
  });
});

const page = { offset: 0, limit: 10 };

describe('items of associations', () => {
  test('are put whole or in part for associations that leave it to that', () => {
    const { put, associate, stored } = desk();
    const [first, second] = [associate(), associate({ AssociationName: 'Second' })];
    const type = { ComplianceType: 'Association' };
    put({ ...type, Items: [anUploadItem({ Id: first, Severity: 'LOW' })] });
    put({ ...type, UploadType: 'PARTIAL', Items: [anUploadItem({ Id: second, Severity: 'LOW', Status: 'NON_COMPLIANT' })] });
    expect(stored('Association')).toEqual([`${first} COMPLIANT LOW`, `${second} NON_COMPLIANT LOW`]);
    put({ ...type, Items: [anUploadItem({ Id: second, Severity: 'LOW' })] });
    expect(stored('Association')).toEqual([`${second} COMPLIANT LOW`]);
  });

  test('have the severity and title of the association where they bring none', () => {
    const { compliance, put, associate } = desk();
    const associationId = associate({ ComplianceSeverity: 'CRITICAL' });
    const [first] = [anUploadItem({ Id: associationId, Severity: 'UNSPECIFIED' })];
    const { Title: _title, ...untitled } = first;
    put({ ComplianceType: 'Association', UploadType: 'PARTIAL', Items: [untitled] });
    const item = compliance.find({ nodeId: node, complianceType: 'Association', itemId: associationId });
    expect(item).toMatchObject({ severity: 'CRITICAL', title: 'Hardening' });
  });

  test.each([
    ['in part for an AUTO association', { SyncCompliance: 'AUTO' }, 'PARTIAL'],
    ['for an association that does not cover the node', { Targets: [{ Key: 'InstanceIds', Values: [nodeId(2)] }] }, 'COMPLETE'],
  ] as const)('are refused %s', (_what, settings, UploadType) => {
    const { put, associate, stored } = desk();
    const Items = [anUploadItem({ Id: associate(settings) })];
    expect(() => put({ ComplianceType: 'Association', UploadType, Items })).toThrow(refusal('InvalidItemContentException', 'Items.0.Id'));
    expect(stored('Association')).toEqual([]);
  });

  test('are refused for an association that is not there', () => {
    const { put } = desk();
    for (const Id of ['0b5b8f5e-6f3e-4f2e-9c58-0123456789ab', 'nonsense']) {
      const request = { ComplianceType: 'Association', Items: [anUploadItem({ Id })] };
      expect(() => put(request)).toThrow(refusal('InvalidItemContentException', 'Items.0.Id'));
    }
  });
});

describe('what is refused stores nothing', () => {
  const long = (length: number) => 'x'.repeat(length);
  test.for([
    ['another resource type', { ResourceType: 'EC2Instance' }, 'InvalidResourceType', 'ResourceType'],
    ['a node that is not there', { ResourceId: nodeId(9) }, 'InvalidResourceId', 'ResourceId'],
    ['what is no node id', { ResourceId: '../../etc' }, 'InvalidResourceId', 'ResourceId'],
    ['a resource id of 101 characters', { ResourceId: long(101) }, 'ValidationException', 'ResourceId'],
    ['a type that is none', { ComplianceType: 'Door' }, 'ValidationException', 'ComplianceType'],
    ['a custom type without a name', { ComplianceType: 'Custom:' }, 'ValidationException', 'ComplianceType'],
    ['a type of 101 characters', { ComplianceType: `Custom:${long(94)}` }, 'ValidationException', 'ComplianceType'],
    ['words for a time', { ExecutionSummary: { ExecutionTime: 'yesterday' } }, 'ValidationException', 'ExecutionSummary.ExecutionTime'],
    ['no time', { ExecutionSummary: {} }, 'ValidationException', 'ExecutionSummary.ExecutionTime'],
    [
      'an execution id of 101 characters',
      { ExecutionSummary: { ExecutionTime: 1, ExecutionId: long(101) } },
      'ValidationException',
      'ExecutionSummary.ExecutionId',
    ],
    [
      'an execution type of 51 characters',
      { ExecutionSummary: { ExecutionTime: 1, ExecutionType: long(51) } },
      'ValidationException',
      'ExecutionSummary.ExecutionType',
    ],
    ['an id of 101 characters', { Items: [anUploadItem({ Id: long(101) })] }, 'ValidationException', 'Items.0.Id'],
    ['a title of 501 characters', { Items: [anUploadItem({ Title: long(501) })] }, 'ValidationException', 'Items.0.Title'],
    ['control characters', { Items: [anUploadItem({ Title: 'a\u001b[2J' })] }, 'ValidationException', 'Items.0.Title'],
    ['a severity that is none', { Items: [anUploadItem({ Severity: 'BAD' })] }, 'ValidationException', 'Items.0.Severity'],
    ['a status that is none', { Items: [anUploadItem({ Status: 'OK' })] }, 'ValidationException', 'Items.0.Status'],
    ['an item that is none', { Items: [7] }, 'SerializationException', 'Items.0'],
    ['a key of 65 characters', { Items: [anUploadItem({ Details: { [long(65)]: '' } })] }, 'ValidationException', undefined],
    ['a value of 4097 characters', { Items: [anUploadItem({ Details: { a: long(4097) } })] }, 'ValidationException', 'Items.0.Details.a'],
    ['10,001 items', { Items: Array.from({ length: 10_001 }, () => 7) }, 'ValidationException', 'Items'],
    ['a hash of 257 characters', { ItemContentHash: long(257) }, 'ValidationException', 'ItemContentHash'],
    ['an unknown member', { Extra: 1 }, 'ValidationException', undefined],
    ['an upload type that is none', { UploadType: 'SOME' }, 'ValidationException', 'UploadType'],
    ['PARTIAL of a custom type', { UploadType: 'PARTIAL' }, 'InvalidItemContentException', 'UploadType'],
    ['two items with one id', { Items: [anUploadItem(), anUploadItem()] }, 'InvalidItemContentException', 'Items.1.Id'],
    ['an item without an id', { Items: [{ Severity: 'LOW', Status: 'COMPLIANT' }] }, 'InvalidItemContentException', 'Items.0.Id'],
  ] as const)('%s', ([, settings, code, field]) => {
    const { put, stored } = desk();
    expect(() => put(settings)).toThrow(refusal(code, ...(field === undefined ? [] : [field])));
    expect(stored()).toEqual([]);
  });

  test.each([null, undefined, 'text', 7, [], {}])('a request that is none: %j', (request) => {
    const { call } = desk();
    expect(() => call('PutComplianceItems', request)).toThrow(/./);
  });

  test('an eleventh custom type, but not another item of the ten', () => {
    const { put, stored } = desk();
    for (let number = 1; number <= 10; number += 1) put({ ComplianceType: `Custom:${number}` });
    expect(() => put({ ComplianceType: 'Custom:11' })).toThrow(refusal('ComplianceTypeCountLimitExceededException', 'ComplianceType'));
    expect(stored('Custom:11')).toEqual([]);
    put({ ComplianceType: 'Custom:10', Items: [anUploadItem({ Id: 'other' })] });
    put({ ComplianceType: 'Patch' });
    put({ ComplianceType: 'Custom:1', Items: [] });
    put({ ComplianceType: 'Custom:11' });
    expect(stored('Custom:11')).toHaveLength(1);
  });

  /** About one megabyte. */
  const megabyte = Array.from({ length: 250 }, (_, number) => anUploadItem({ Id: `${number}`, Details: { text: long(4096) } }));
  const megabytes = (count: number) =>
    Array.from({ length: count }, (_, part) => megabyte.map((item) => ({ ...item, Id: `${part}-${item.Id}` }))).flat();

  test('more of one type than a node may have', () => {
    const { put, stored } = desk();
    put();
    expect(() => put({ Items: megabytes(4) })).toThrow(refusal('ItemSizeLimitExceededException', 'Items'));
    expect(stored()).toEqual(['front COMPLIANT HIGH']);
  });

  test('items whose ids are told apart by halves of characters alone, or turn the direction of writing', () => {
    const { put, stored } = desk();
    expect(() => put({ Items: [anUploadItem({ Id: '\ud800' }), anUploadItem({ Id: '\ud801' })] })).toThrow(
      refusal('ValidationException', 'Items.0.Id', 'Items.1.Id'),
    );
    expect(() => put({ Items: [anUploadItem({ Title: '\u202egnp.exe' })] })).toThrow(refusal('ValidationException', 'Items.0.Title'));
    expect(stored()).toEqual([]);
  });

  test('ten thousand wrong items, with the first places alone', () => {
    const { put } = desk();
    const places = () => {
      try {
        put({ Items: Array.from({ length: 10_000 }, () => ({})) });
      } catch (cause) {
        if (cause instanceof Fault) return cause.places.length;
      }
      return null;
    };
    expect(places()).toBe(100);
  });

  test('more of all types than a node may have', () => {
    const { put, stored } = desk();
    for (const name of ['a', 'b', 'c']) put({ ComplianceType: `Custom:${name}`, Items: megabytes(3) });
    put({ ComplianceType: 'Custom:c', Items: megabytes(2) });
    put({ ComplianceType: 'Custom:d', Items: megabytes(1) });
    expect(() => put({ ComplianceType: 'Custom:e', Items: megabytes(2) })).toThrow(refusal('TotalSizeLimitExceededException', 'Items'));
    expect(stored('Custom:e')).toEqual([]);
    put({ Items: megabytes(2) }, nodeId(2));
  });
});

describe('a time is', () => {
  test.each([
    ['2026-03-01T02:00:00Z', '2026-03-01T02:00:00.000Z'],
    ['2026-03-01T02:00:00.5Z', '2026-03-01T02:00:00.500Z'],
    ['2026-03-01T02:00:00+01:00', '2026-03-01T01:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    [1_772_330_400, '2026-03-01T02:00:00.000Z'],
    [1_772_330_400.25, '2026-03-01T02:00:00.250Z'],
    [new Date('2026-03-01T02:00:00Z'), '2026-03-01T02:00:00.000Z'],
  ])('%s', (ExecutionTime, instant) => {
    const { compliance, put } = desk();
    put({ ExecutionSummary: { ExecutionTime } });
    expect(compliance.resource(node, 'Custom:Door')?.executionTime.toISOString()).toBe(instant);
  });

  test.each(['', 'now', '2026-03-01T02:00:00', '2026-13-01T00:00:00Z', '01.03.2026 02:00', Number.NaN, 1e15, true, null, {}])(
    'not %j',
    (time) => {
      const { put } = desk();
      const request = { ExecutionSummary: { ExecutionTime: time } };
      expect(() => put(request)).toThrow(refusal('ValidationException', 'ExecutionSummary.ExecutionTime'));
    },
  );
});
