import * as z from 'zod';
import { NodeId } from '../../agent/protocol/ids.ts';
import type { Tag } from './tag.ts';
import { CONTROL_CHARACTERS } from './tag.ts';

/** One entry of an association's Targets, as the API has it: entries are ANDed, values in an entry are ORed. */
export const Target = z.strictObject({ key: z.string().min(1).max(163), values: z.array(z.string().max(256)).max(50) });
export type Target = z.infer<typeof Target>;

/** A node meets it by a tag with any of the keys and any of the values; no values ask only that a key is there. */
export type TagCondition = { keys: readonly string[]; values: readonly string[] };

/** What a list of targets means. */
export type TargetSelection =
  | { kind: 'all' }
  | { kind: 'nodes'; nodeIds: ReadonlySet<NodeId> }
  | { kind: 'tags'; conditions: readonly TagCondition[] };

export type ParsedTargets = { ok: true; selection: TargetSelection } | { ok: false; problem: string };

const MAX_TARGETS = 5;
const no = (problem: string): ParsedTargets => ({ ok: false, problem });

function parseInstanceIds(values: readonly string[]): ParsedTargets {
  if (values.length === 0) return no('InstanceIds names no node. Give node ids, or * for every node.');
  if (values.includes('*')) {
    return values.length === 1 ? { ok: true, selection: { kind: 'all' } } : no('InstanceIds takes either * alone or node ids, not both.');
  }
  const nodeIds = new Set<NodeId>();
  for (const value of values) {
    const nodeId = NodeId.safeParse(value);
    if (!nodeId.success) return no(`“${value}” is not a node id: those are mi- and 17 hexadecimal digits.`);
    nodeIds.add(nodeId.data);
  }
  return { ok: true, selection: { kind: 'nodes', nodeIds } };
}

function tagCondition(target: Target): TagCondition | string {
  if ([target.key, ...target.values].some((text) => CONTROL_CHARACTERS.test(text))) return 'A tag in Targets has no control characters.';
  if (target.key.toLowerCase() === 'tag-key') {
    return target.values.length === 0 ? 'tag-key needs at least one key as its value.' : { keys: target.values, values: [] };
  }
  const key = target.key.slice('tag:'.length);
  return key === '' ? 'A tag target needs a key, as in tag:lab.' : { keys: [key], values: target.values };
}

/** spec.md section 3. Resource groups and the keys of runbooks are refused by name, because they have no meaning here yet. */
export function parseTargets(targets: readonly Target[]): ParsedTargets {
  if (targets.length === 0) return no('The association has no targets.');
  if (targets.length > MAX_TARGETS) return no(`An association has at most ${MAX_TARGETS} targets; these are ${targets.length}.`);
  const conditions: TagCondition[] = [];
  for (const target of targets) {
    const key = target.key.toLowerCase();
    if (key === 'instanceids') {
      return targets.length === 1 ? parseInstanceIds(target.values) : no('InstanceIds cannot be combined with other targets.');
    }
    if (key !== 'tag-key' && !key.startsWith('tag:'))
      return no(`“${target.key}” is not a target key. Use InstanceIds, tag:<key> or tag-key.`);
    const condition = tagCondition(target);
    if (typeof condition === 'string') return no(condition);
    conditions.push(condition);
  }
  return { ok: true, selection: { kind: 'tags', conditions } };
}

const meets = (tags: readonly Tag[], { keys, values }: TagCondition): boolean =>
  tags.some((tag) => keys.includes(tag.key) && (values.length === 0 || values.includes(tag.value)));

/** Whether the selection covers the node. Tag keys and values compare with case (spec.md 3). */
export function isSelected(selection: TargetSelection, node: { nodeId: NodeId; tags: readonly Tag[] }): boolean {
  switch (selection.kind) {
    case 'all':
      return true;
    case 'nodes':
      return selection.nodeIds.has(node.nodeId);
    case 'tags':
      return selection.conditions.every((condition) => meets(node.tags, condition));
  }
}

/** “every node”, “3 nodes”, “tag lab = sample and tag room”. */
export function describeSelection(selection: TargetSelection): string {
  switch (selection.kind) {
    case 'all':
      return 'Every node';
    case 'nodes':
      return selection.nodeIds.size === 1 ? [...selection.nodeIds].join() : `${selection.nodeIds.size} nodes by id`;
    case 'tags':
      return selection.conditions
        .map(({ keys, values }) => `tag ${keys.join(' or ')}${values.length === 0 ? '' : ` = ${values.join(' or ')}`}`)
        .join(' and ');
  }
}
