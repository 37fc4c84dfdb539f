import { expect, test } from 'vitest';
import { everyRow, MOST_EXPORTED } from '../../../renderer/client/every-row.ts';

interface Row {
  id: string;
  text: string;
}

const item = (index: number): Row => ({ id: `item-${index}`, text: '' });

const listOf = (count: number) => Array.from({ length: count }, (_, index) => item(index));

function reader(all: readonly Row[]) {
  const asked: { offset: number; limit: number }[] = [];
  const read = async (page: { offset: number; limit: number }) => {
    asked.push(page);
    return { rows: all.slice(page.offset, page.offset + page.limit), total: all.length };
  };
  return { asked, read };
}

const ignored = () => undefined;
const keyOf = ({ id }: Row): string => id;

test('every page of a list is read, once', async () => {
  const { asked, read } = reader(listOf(450));
  const { rows, total } = await everyRow({ read, keyOf, onProgress: ignored });
  expect(rows).toHaveLength(450);
  expect(total).toBe(450);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 200, 400]);
});

test('an empty list is asked for once', async () => {
  const { asked, read } = reader([]);
  expect((await everyRow({ read, keyOf, onProgress: ignored })).rows).toEqual([]);
  expect(asked).toHaveLength(1);
});

test('reading stops at the most that is exported, and says how many there were', async () => {
  const { asked, read } = reader(listOf(MOST_EXPORTED + 50));
  const { rows, total } = await everyRow({ read, keyOf, onProgress: ignored });
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
  const { rows } = await everyRow({
    read: async ({ offset }) => pages[offset / 200] ?? { rows: [], total: 300 },
    keyOf,
    onProgress: ignored,
  });
  expect(rows).toHaveLength(299);
});

test('a list that becomes shorter while it is read ends', async () => {
  const { rows } = await everyRow({
    read: async ({ offset }) => (offset === 0 ? { rows: listOf(200), total: 400 } : { rows: [], total: 150 }),
    keyOf,
    onProgress: ignored,
  });
  expect(rows).toHaveLength(200);
});

test('progress ends at the whole', async () => {
  const told: string[] = [];
  const { read } = reader(listOf(350));
  await everyRow({ read, keyOf, onProgress: (done, total) => told.push(`${done} of ${total}`) });
  expect(told).toEqual(['200 of 350', '350 of 350']);
});
