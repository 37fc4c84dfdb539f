import * as z from 'zod';
import { ResourceGroupName } from './resource-group-name.ts';
import { printable, TagKey, TagValue } from './tag.ts';
import type { NodeSelection, TagCondition, TargetSelection } from './target.ts';

/** What may be saved, which is more than what may be targeted. */
const MAX_FILTERS = 50;
const MAX_FILTER_VALUES = 20;
export const RESOURCE_GROUP_LIMIT = 500;

/** spec.md 16: of a group that an association targets. */
const TARGETED_TAG_KEYS = 5;
const TARGETED_TAG_VALUES = 5;

const distinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/** A tag key, and the values of which a member has one; no values ask only that the key is there. */
export const TagFilter = z.strictObject({
  key: TagKey,
  values: z
    .array(TagValue)
    .max(MAX_FILTER_VALUES, `A tag key has at most ${MAX_FILTER_VALUES} values in a resource group.`)
    .refine(distinct, 'A value occurs only once for its tag key.'),
});
export type TagFilter = z.infer<typeof TagFilter>;

export const TagFilters = z
  .array(TagFilter)
  .min(1, 'A resource group needs at least one tag key.')
  .max(MAX_FILTERS, `A resource group has at most ${MAX_FILTERS} tag keys.`)
  .refine((filters) => distinct(filters.map((filter) => filter.key)), 'A tag key occurs only once in a resource group.');

/** A saved tag query: its members are the nodes that have every key, with one of its values. */
export const ResourceGroupDraft = z.strictObject({
  name: ResourceGroupName,
  description: z
    .string()
    .max(1024, 'A description has at most 1,024 characters.')
    .refine(printable, 'A description has no control characters.'),
  tagFilters: TagFilters,
});
export type ResourceGroupDraft = z.infer<typeof ResourceGroupDraft>;

/** A group as it is kept: what was saved stays readable when a rule becomes stricter, so only its form is asked. */
export const ResourceGroup = z.object({
  name: z.string(),
  description: z.string(),
  tagFilters: z.array(z.object({ key: z.string(), values: z.array(z.string()) })),
  createdAt: z.date(),
  lastUpdatedAt: z.date(),
});
export type ResourceGroup = z.infer<typeof ResourceGroup>;

type Query = Pick<ResourceGroup, 'tagFilters'>;

const conditionOf = ({ key, values }: TagFilter): TagCondition => ({ keys: [key], values });

/** The nodes of the group. */
export const groupMembership = ({ tagFilters }: Query): NodeSelection => ({ kind: 'tags', conditions: tagFilters.map(conditionOf) });

/** Why no association can be applied to the group, which may be saved all the same (spec.md 3); null when one can. */
export function groupProblem({ name, tagFilters }: Query & Pick<ResourceGroup, 'name'>): string | null {
  if (tagFilters.length > TARGETED_TAG_KEYS) {
    return `Resource group “${name}” has ${tagFilters.length} tag keys; one that is targeted has at most ${TARGETED_TAG_KEYS}.`;
  }
  const long = tagFilters.find(({ values }) => values.length > TARGETED_TAG_VALUES);
  if (long === undefined) return null;
  return `Resource group “${name}” has ${long.values.length} values for tag key “${long.key}”; one that is targeted has at most ${TARGETED_TAG_VALUES}.`;
}

/**
 * Whom targets cover at this moment. With a `problem`, every run over these nodes fails with InvalidTarget. A group that is gone
 * covers nobody, so the association runs no more.
 */
export type ResolvedTargets = { selection: NodeSelection; problem: string | null };

export type GroupLookup = (name: string) => ResourceGroup | null;

export function resolveTargets(selection: TargetSelection, findGroup: GroupLookup): ResolvedTargets {
  if (selection.kind !== 'group') return { selection, problem: null };
  const group = findGroup(selection.groupName);
  return group === null
    ? { selection: { kind: 'none' }, problem: null }
    : { selection: groupMembership(group), problem: groupProblem(group) };
}
