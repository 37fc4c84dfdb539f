import { expect, test } from 'vitest';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { ComplianceRow } from '../../../electron/api/compliance.ts';
import { everyItem, MOST_EXPORTED } from '../../../renderer/compliance/every-item.ts';

const item = (index: number): ComplianceRow => ({
  nodeId: NodeId.parse(`mi-${index.toString(16).padStart(17, '0')}`),
  nodeName: `lab-${index}`,
  complianceType: 'Association',
  itemId: '8dfe3659-4309-493a-8755-0123456789ab',
  title: 'disk-space',
  severity: 'LOW',
  status: 'COMPLIANT',
  details: { DocumentName: 'Holdfast-CheckDiskSpace', DocumentVersion: '1' },
  executionId: '019537d2-9f6a-7c64-ae3d-7f4e2a1c5b60',
  executionType: 'Association',
  since: new Date('2026-03-01T02:00:00Z'),
  confirmedAt: new Date('2026-03-01T02:00:00Z'),
  capturedAt: new Date('2026-03-01T02:00:00Z'),
});

const listOf = (count: number) => Array.from({ length: count }, (_, index) => item(index));

function reader(all: readonly ComplianceRow[]) {
  const asked: { offset: number; limit: number }[] = [];
  const read = async (page: { offset: number; limit: number }) => {
    asked.push(page);
    return { rows: all.slice(page.offset, page.offset + page.limit), total: all.length };
  };
  return { asked, read };
}

const ignored = () => undefined;

test('every page of a list is read, once', async () => {
  const { asked, read } = reader(listOf(450));
  const { rows, total } = await everyItem(read, ignored);
  expect(rows).toHaveLength(450);
  expect(total).toBe(450);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 200, 400]);
});

test('an empty list is asked for once', async () => {
  const { asked, read } = reader([]);
  expect((await everyItem(read, ignored)).rows).toEqual([]);
  expect(asked).toHaveLength(1);
});

test('reading stops at the most that is exported, and says how many there were', async () => {
  const { asked, read } = reader(listOf(MOST_EXPORTED + 50));
  const { rows, total } = await everyItem(read, ignored);
  expect(rows).toHaveLength(MOST_EXPORTED);
  expect(total).toBe(MOST_EXPORTED + 50);
  expect(asked.every(({ offset, limit }) => offset + limit <= MOST_EXPORTED)).toBe(true);
});

test('an item that moved to a later page meanwhile is there once', async () => {
  const all = listOf(300);
  const pages = [
    { rows: all.slice(0, 200), total: 300 },
    { rows: all.slice(199, 299), total: 300 },
  ];
  const { rows } = await everyItem(async ({ offset }) => pages[offset / 200] ?? { rows: [], total: 300 }, ignored);
  expect(rows).toHaveLength(299);
});

test('a list that becomes shorter while it is read ends', async () => {
  const { rows } = await everyItem(
    async ({ offset }) => (offset === 0 ? { rows: listOf(200), total: 400 } : { rows: [], total: 150 }),
    ignored,
  );
  expect(rows).toHaveLength(200);
});

test('progress ends at the whole', async () => {
  const told: string[] = [];
  const { read } = reader(listOf(350));
  await everyItem(read, (done, total) => told.push(`${done} of ${total}`));
  expect(told).toEqual(['200 of 350', '350 of 350']);
});
