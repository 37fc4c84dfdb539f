import { expect, test } from 'vitest';
import { inventWorld } from './invented-world.ts';
import { Oracle } from './oracle.ts';
import { told } from './oracle-executions.ts';
import { outcomesOf } from './outcomes.ts';
import { Product } from './product.ts';

const SEED = 2026;
const SIZE = { nodes: 2000, associations: 500 };

/** The first of what is in one list and not in the other: one difference makes others after it. */
function firstOf(some: readonly string[], others: ReadonlySet<string>): string[] {
  const at = (text: string) => / at (\S+)/.exec(text)?.[1] ?? '';
  return some
    .filter((text) => !others.has(text))
    .sort((a, b) => (at(a) < at(b) ? -1 : 1))
    .slice(0, 3);
}

test('in two years, with 500 associations on 2,000 nodes that come and go, what runs and what is skipped is what the oracle says', {
  timeout: 300_000,
}, () => {
  const world = inventWorld(SEED, SIZE);
  const expected = new Oracle(world, outcomesOf(world)).tell().map(told);
  const product = new Product(world, outcomesOf(world));
  try {
    product.live();
    const found = product.tell();
    expect(product.errors).toEqual([]);
    expect({ missing: firstOf(expected, new Set(found)), extra: firstOf(found, new Set(expected)) }).toEqual({ missing: [], extra: [] });
    expect(found).toHaveLength(expected.length);
  } finally {
    product.remove();
  }
});
