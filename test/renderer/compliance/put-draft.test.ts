import { expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import { detailsOf, draftOf, emptyItem, pointsAt, requestOf } from '../../../renderer/compliance/put-draft.ts';

const nodeId = NodeId.parse('mi-0123456789abcdef0');
const now = new Date('2026-03-01T02:00:00Z');

test('details are a key and a value a line; a value may have a = of its own', () => {
  expect(detailsOf('floor = 0\n\n url=http://x?a=b \nlone')).toEqual({ floor: '0', url: 'http://x?a=b', lone: '' });
  expect(detailsOf('')).toEqual({});
});

test('a list of one’s own type is put whole', () => {
  const item = { ...emptyItem(0), id: ' front ', title: '', severity: 'HIGH' as const, details: 'floor = 0' };
  expect(requestOf({ nodeId, complianceType: 'Custom:Door' }, [item], now)).toEqual({
    ResourceId: nodeId,
    ResourceType: 'ManagedInstance',
    ComplianceType: 'Custom:Door',
    ExecutionSummary: { ExecutionTime: '2026-03-01T02:00:00.000Z', ExecutionType: 'ByHand' },
    UploadType: 'COMPLETE',
    Items: [{ Id: 'front', Severity: 'HIGH', Status: 'COMPLIANT', Details: { floor: '0' } }],
  });
});

test('an association’s item is put alone, beside the others', () => {
  expect(requestOf({ nodeId, complianceType: 'Association' }, [emptyItem(0)], now).UploadType).toBe('PARTIAL');
});

test('what is there comes back as it was', () => {
  const item = {
    nodeId,
    complianceType: 'Custom:Door',
    itemId: 'front',
    title: 'Front',
    severity: 'LOW',
    status: 'NON_COMPLIANT',
    details: { floor: '0', note: 'two\nlines' },
    executionId: null,
    executionType: null,
    since: now,
    confirmedAt: now,
    capturedAt: now,
  } as const;
  const draft = draftOf(item, 3);
  expect(draft).toEqual({
    key: 3,
    id: 'front',
    title: 'Front',
    severity: 'LOW',
    status: 'NON_COMPLIANT',
    details: 'floor = 0\nnote = two lines',
  });
  expect(detailsOf(draft.details)).toEqual({ floor: '0', note: 'two lines' });
});

test('a fault points at a field of one item', () => {
  const places = [{ field: 'Items.1.Details.floor' }, { field: 'Items.0.Id' }, {}];
  expect(pointsAt(places, 1, 'Details')).toBe(true);
  expect(pointsAt(places, 0, 'Id')).toBe(true);
  expect(pointsAt(places, 10, 'Id')).toBe(false);
  expect(pointsAt([{ field: 'Items.1.Id' }], 1, 'Title')).toBe(false);
});
