import type { AssociationDraft } from '../../electron/domain/association.ts';
import type { Target } from '../../electron/domain/target.ts';

/** One tag condition of the targets builder. `id` is only for telling rows apart. */
export interface TagRow {
  id: number;
  /** `tag` asks for a key with any of the values; `key` asks for any of the keys, whatever their value. */
  kind: 'tag' | 'key';
  key: string;
  values: readonly string[];
}

export type TargetKind = 'all' | 'nodes' | 'tags' | 'group';

/** Everything is kept when another kind is chosen, so that changing one's mind loses nothing. */
export interface TargetsState {
  targetKind: TargetKind;
  nodeIds: readonly string[];
  tagRows: readonly TagRow[];
  groupName: string;
  /** The one node of a legacy association, which then has no targets. */
  instanceId: AssociationDraft['instanceId'];
}

export const NO_TARGETS: TargetsState = {
  targetKind: 'tags',
  nodeIds: [],
  tagRows: [{ id: 1, kind: 'tag', key: '', values: [] }],
  groupName: '',
  instanceId: null,
};

const GROUP_KEY = 'resource-groups:Name';

const isKey = (target: Target, key: string): boolean => target.key.toLowerCase() === key.toLowerCase();

function tagRowOf(target: Target, id: number): TagRow {
  return isKey(target, 'tag-key')
    ? { id, kind: 'key', key: '', values: target.values }
    : { id, kind: 'tag', key: target.key.replace(/^tag:/i, ''), values: target.values };
}

export function targetsStateOf({ targets, instanceId }: Pick<AssociationDraft, 'targets' | 'instanceId'>): TargetsState {
  const none = { ...NO_TARGETS, instanceId };
  const [first] = targets;
  if (first === undefined) return none;
  if (isKey(first, GROUP_KEY)) return { ...none, targetKind: 'group', groupName: first.values[0] ?? '' };
  if (!isKey(first, 'InstanceIds')) return { ...none, tagRows: targets.map((target, index) => tagRowOf(target, index + 1)) };
  return first.values.includes('*') ? { ...none, targetKind: 'all' } : { ...none, targetKind: 'nodes', nodeIds: first.values };
}

/** A legacy association made one of today's, on the same node. */
export const withoutInstanceId = (nodeId: string): Partial<TargetsState> => ({ instanceId: null, targetKind: 'nodes', nodeIds: [nodeId] });

function targetsOf({ targetKind, nodeIds, tagRows, groupName }: TargetsState): Target[] {
  switch (targetKind) {
    case 'all':
      return [{ key: 'InstanceIds', values: ['*'] }];
    case 'nodes':
      return [{ key: 'InstanceIds', values: [...nodeIds] }];
    case 'tags':
      return tagRows.map(({ kind, key, values }) => ({ key: kind === 'key' ? 'tag-key' : `tag:${key}`, values: [...values] }));
    case 'group':
      return [{ key: GROUP_KEY, values: groupName === '' ? [] : [groupName] }];
  }
}

export const targetSettings = (state: TargetsState): Pick<AssociationDraft, 'targets' | 'instanceId'> => ({
  targets: state.instanceId === null ? targetsOf(state) : [],
  instanceId: state.instanceId,
});
