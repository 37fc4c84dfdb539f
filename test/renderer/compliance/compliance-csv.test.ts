import { describe, expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { ComplianceRow } from '../../../electron/api/compliance.ts';
import { complianceCsv } from '../../../renderer/compliance/compliance-csv.ts';

const anItem = (part: Partial<ComplianceRow> = {}): ComplianceRow => ({
  nodeId: NodeId.parse('mi-0123456789abcdef0'),
  nodeName: 'lab-b12-01',
  complianceType: 'Association',
  itemId: '8dfe3659-4309-493a-8755-0123456789ab',
  title: 'disk-space',
  severity: 'HIGH',
  status: 'NON_COMPLIANT',
  details: { DocumentName: 'Holdfast-CheckDiskSpace', DocumentVersion: '2' },
  executionId: '019537d2-9f6a-7c64-ae3d-7f4e2a1c5b60',
  executionType: 'Association',
  since: new Date('2026-03-01T02:00:00Z'),
  confirmedAt: new Date('2026-03-01T03:30:05Z'),
  capturedAt: new Date('2026-03-01T03:30:05Z'),
  ...part,
});

describe('compliance as CSV', () => {
  test('has a header, and a record for each item, each ended by CRLF', () => {
    const lines = complianceCsv([anItem(), anItem()]);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^Status,Severity,Node,NodeId,/);
    for (const line of lines) expect(line.endsWith('\r\n')).toBe(true);
  });

  test('has as many fields in a record as in the header', () => {
    const [header = '', record = ''] = complianceCsv([anItem()]);
    expect(record.split(',')).toHaveLength(header.split(',').length);
  });

  test('writes times in UTC as ISO 8601 has them', () => {
    const [, record = ''] = complianceCsv([anItem()]);
    expect(record).toContain('2026-03-01T02:00:00.000Z,2026-03-01T03:30:05.000Z');
  });

  test('is a header alone when there is no item', () => {
    expect(complianceCsv([])).toHaveLength(1);
  });
});
