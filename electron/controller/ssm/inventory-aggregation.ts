import * as z from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { AttributeFilter } from '../../domain/inventory-filter.ts';
import { InventoryFilter, readInventoryFilter } from '../../domain/inventory-filter.ts';
import { builtInSchema, isCustomInventory, isDerived } from '../../domain/inventory-type.ts';
import type { Context } from '../operations/context.ts';
import { inventoryTest, wholeItem } from '../operations/inventory-entries.ts';

const Groups = z
  .array(z.strictObject({ Name: z.string().min(1).max(200), Filters: z.array(InventoryFilter).min(1).max(5) }))
  .min(1)
  .max(10);

const Nested = z.strictObject({ Expression: z.string().min(1).max(1000), Aggregators: z.never().optional(), Groups: z.never().optional() });

/** InventoryAggregator, one level below another at most. */
export const Aggregators = z
  .array(
    z.strictObject({
      Expression: z.string().min(1).max(1000).optional(),
      Aggregators: z.array(Nested).max(1, 'one is taken below another.').optional(),
      Groups: Groups.optional(),
    }),
  )
  .min(1)
  .max(10);
type Aggregator = z.output<typeof Aggregators>[number];

type Attribute = { typeName: string; attribute: string };

function attributeOf(expression: string, field: string): Attribute {
  const [, typeName = '', attribute = ''] = /^((?:AWS|Custom):[^.]+)\.(.+)$/s.exec(expression) ?? [];
  const schema = builtInSchema(typeName);
  const isKnown = isCustomInventory(typeName) || schema?.attributes.some(({ name }) => name === attribute);
  if (isKnown && attribute !== '') return { typeName, attribute };
  throw new Fault(
    'InvalidAggregatorException',
    { problem: `${expression} is no attribute of an inventory type.` },
    { places: [{ field }] },
  );
}

/** How many entries of registered nodes have which values of the attributes. */
function counted(context: Context, attributes: readonly Attribute[], filters: readonly AttributeFilter[]): object[] {
  const [{ typeName } = { typeName: '' }] = attributes;
  const counts = new Map<string, { values: (string | undefined)[]; count: number }>();
  const add = (entry: Readonly<Record<string, string>>, count: number) => {
    const values = attributes.map(({ attribute }) => (Object.hasOwn(entry, attribute) ? entry[attribute] : undefined));
    const key = JSON.stringify(values);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { values, count });
    else known.count += count;
  };
  if (filters.length === 0 && !isDerived(typeName)) {
    for (const { content, uses } of context.stores.inventory.values(typeName)) if (uses > 0) add(content, uses);
  } else {
    const isMet = inventoryTest(context, filters);
    for (const nodeId of context.index.fleet().members.keys()) {
      if (isMet(nodeId)) for (const entry of wholeItem(context, nodeId, typeName)?.content ?? []) add(entry, 1);
    }
  }
  return [...counts.values()].map(({ values, count }) => ({
    ...Object.fromEntries(attributes.flatMap(({ attribute }, at) => (values[at] === undefined ? [] : [[attribute, values[at]]]))),
    Count: String(count),
  }));
}

function expressionData(
  context: Context,
  { Expression = '', Aggregators: below = [] }: Aggregator,
  at: { field: string; filters: readonly AttributeFilter[] },
) {
  const own = attributeOf(Expression, `${at.field}.Expression`);
  const nested = below.map(({ Expression: inner }) => attributeOf(inner, `${at.field}.Aggregators.0.Expression`));
  if (nested.some(({ typeName }) => typeName !== own.typeName)) {
    const problem = `An aggregator below one of ${own.typeName} is of that type too.`;
    throw new Fault('InvalidAggregatorException', { problem }, { places: [{ field: `${at.field}.Aggregators` }] });
  }
  const Content = counted(context, [own, ...nested], at.filters);
  return { [own.typeName]: { TypeName: own.typeName, SchemaVersion: builtInSchema(own.typeName)?.version ?? '1.0', Content } };
}

function groupData(context: Context, groups: z.output<typeof Groups>, at: { field: string; filters: readonly AttributeFilter[] }) {
  const isCounted = inventoryTest(context, at.filters);
  const nodes = [...context.index.fleet().members.keys()].filter(isCounted);
  return Object.fromEntries(
    groups.map(({ Name, Filters }, position) => {
      const read = Filters.map((filter, place) => {
        const one = readInventoryFilter(filter);
        if (one.ok) return one.filter;
        const field = `${at.field}.Groups.${position}.Filters.${place}.Key`;
        throw new Fault('InvalidInventoryGroupException', { problem: one.problem }, { places: [{ field }] });
      });
      const matching = nodes.filter(inventoryTest(context, read)).length;
      const Content = [{ matchingCount: String(matching) }, { notMatchingCount: String(nodes.length - matching) }];
      return [Name, { TypeName: Name, SchemaVersion: '1.0', Content }];
    }),
  );
}

/** Counts in the place of nodes: of the values of an attribute, or of the nodes that are in a group and are not. */
export function aggregated(context: Context, aggregators: readonly Aggregator[], filters: readonly AttributeFilter[]): object {
  const Entities = aggregators.map((aggregator, position) => {
    const field = `Aggregators.${position}`;
    const { Expression, Groups: groups } = aggregator;
    if ((Expression === undefined) === (groups === undefined)) {
      throw new Fault('InvalidAggregatorException', { problem: 'An aggregator has an Expression or Groups.' }, { places: [{ field }] });
    }
    return {
      Data: groups === undefined ? expressionData(context, aggregator, { field, filters }) : groupData(context, groups, { field, filters }),
    };
  });
  return { Entities };
}
