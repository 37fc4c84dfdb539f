import * as z from 'zod';
import { NodeId } from '../../agent/protocol/ids.ts';
import { ResourceGroupName } from './resource-group-name.ts';
import type { Tag } from './tag.ts';
import { CONTROL_CHARACTERS } from './tag.ts';

/** One entry of an association's Targets, as the API has it: entries are ANDed, values in an entry are ORed. */
export const Target = z.strictObject({ key: z.string().min(1).max(163), values: z.array(z.string().max(256)).max(50) });
export type Target = z.infer<typeof Target>;

/** A node meets it by a tag with any of the keys and any of the values; no values ask only that a key is there. */
export type TagCondition = { keys: readonly string[]; values: readonly string[] };

type WrittenSelection =
  | { kind: 'all' }
  | { kind: 'nodes'; nodeIds: ReadonlySet<NodeId> }
  | { kind: 'tags'; conditions: readonly TagCondition[] };

/** Which nodes are meant, decidable from a node alone. */
export type NodeSelection = WrittenSelection | { kind: 'none' };

/** What a list of targets means. A resource group stands for the nodes that it has when it is asked: resource-group.ts. */
export type TargetSelection = WrittenSelection | { kind: 'group'; groupName: string };

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

function parseGroup(values: readonly string[]): ParsedTargets {
  const [groupName, second] = values;
  if (groupName === undefined) return no('resource-groups:Name needs the name of one resource group.');
  if (second !== undefined) return no(`An association targets one resource group; these are ${values.length}.`);
  if (!ResourceGroupName.safeParse(groupName).success) return no(`“${groupName}” is not the name of a resource group.`);
  return { ok: true, selection: { kind: 'group', groupName } };
}

/** Keys that stand alone: what they say is not ANDed with anything. */
const ALONE: Record<string, (values: readonly string[]) => ParsedTargets> = {
  instanceids: parseInstanceIds,
  'resource-groups:name': parseGroup,
};

const USE = 'Use InstanceIds, tag:<key>, tag-key or resource-groups:Name.';

/** Keys that AWS knows and that mean nothing here, each with the reason. */
const REFUSED: Record<string, string> = {
  parametervalues: 'ParameterValues is for runbooks that run once for each value; associations here are applied to nodes.',
  resourcegroup: 'ResourceGroup is for runbooks. For the nodes of a resource group, write resource-groups:Name.',
  'resource-groups:resourcetypefilters': 'Resource groups here have managed nodes only, so there is no type to filter by.',
  'aws:noopautomationtarget': 'AWS:NoOpAutomationTarget is for runbooks without targets; associations here are applied to nodes.',
};

/** spec.md section 3. Key names compare without case. Keys of runbooks are refused by name, because they have no meaning here. */
export function parseTargets(targets: readonly Target[]): ParsedTargets {
  if (targets.length === 0) return no('The association has no targets.');
  if (targets.length > MAX_TARGETS) return no(`An association has at most ${MAX_TARGETS} targets; these are ${targets.length}.`);
  const conditions: TagCondition[] = [];
  for (const target of targets) {
    const key = target.key.toLowerCase();
    const alone = Object.hasOwn(ALONE, key) ? ALONE[key] : undefined;
    if (alone !== undefined)
      return targets.length === 1 ? alone(target.values) : no(`${target.key} cannot be combined with other targets.`);
    if (key !== 'tag-key' && !key.startsWith('tag:')) {
      return no(Object.hasOwn(REFUSED, key) && REFUSED[key] ? `${REFUSED[key]} ${USE}` : `“${target.key}” is not a target key. ${USE}`);
    }
    const condition = tagCondition(target);
    if (typeof condition === 'string') return no(condition);
    conditions.push(condition);
  }
  return { ok: true, selection: { kind: 'tags', conditions } };
}

type Targeted = { instanceId: NodeId | null; targets: readonly Target[] };

/** An association's targets; a legacy one, made with InstanceId, has its one node (spec.md 1.1). */
export const associationTargets = ({ instanceId, targets }: Targeted): readonly Target[] =>
  instanceId === null ? targets : [{ key: 'InstanceIds', values: [instanceId] }];

export function selectionOf(association: Targeted): ParsedTargets {
  if (association.instanceId !== null && association.targets.length > 0) return no('InstanceId and Targets cannot both be given.');
  return parseTargets(associationTargets(association));
}

const meets = (tags: readonly Tag[], { keys, values }: TagCondition): boolean =>
  tags.some((tag) => keys.includes(tag.key) && (values.length === 0 || values.includes(tag.value)));

/** Whether the selection covers the node. Tag keys and values compare with case (spec.md 3). */
export function isSelected(selection: NodeSelection, node: { nodeId: NodeId; tags: readonly Tag[] }): boolean {
  switch (selection.kind) {
    case 'all':
      return true;
    case 'nodes':
      return selection.nodeIds.has(node.nodeId);
    case 'tags':
      return selection.conditions.every((condition) => meets(node.tags, condition));
    case 'none':
      return false;
  }
}

/** “Every node”, “3 nodes by id”, “tag lab = sample and tag room”, “resource group lab-b12”. */
export function describeSelection(selection: TargetSelection | NodeSelection): string {
  switch (selection.kind) {
    case 'all':
      return 'Every node';
    case 'nodes':
      return selection.nodeIds.size === 1 ? [...selection.nodeIds].join() : `${selection.nodeIds.size} nodes by id`;
    case 'tags':
      return selection.conditions
        .map(({ keys, values }) => `tag ${keys.join(' or ')}${values.length === 0 ? '' : ` = ${values.join(' or ')}`}`)
        .join(' and ');
    case 'group':
      return `resource group ${selection.groupName}`;
    case 'none':
      return 'no node';
  }
}
