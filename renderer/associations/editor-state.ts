import type { AssociationDraft } from '../../electron/domain/association.ts';
import { UNSET } from '../../electron/domain/association.ts';
import type { ComplianceSeverity, SyncCompliance } from '../../electron/domain/compliance.ts';
import type { Target } from '../../electron/domain/target.ts';

/** One tag condition of the targets builder. `id` is only for telling rows apart. */
export interface TagRow {
  id: number;
  /** `tag` asks for a key with any of the values; `key` asks for any of the keys, whatever their value. */
  kind: 'tag' | 'key';
  key: string;
  values: readonly string[];
}

export type TargetKind = 'all' | 'nodes' | 'tags';

/** What the editor's fields hold. Everything is kept when another kind is chosen, so that changing one's mind loses nothing. */
export interface EditorState {
  associationName: string;
  documentName: string;
  documentVersion: string;
  parameters: Readonly<Record<string, readonly string[]>>;
  targetKind: TargetKind;
  nodeIds: readonly string[];
  tagRows: readonly TagRow[];
  isScheduled: boolean;
  scheduleExpression: string;
  scheduleOffset: string;
  applyOnlyAtCronInterval: boolean;
  maxConcurrency: string;
  maxErrors: string;
  complianceSeverity: ComplianceSeverity;
  syncCompliance: SyncCompliance;
}

export const DEFAULT_DOCUMENT = 'Holdfast-RunShellScript';

export const newEditorState = (documentName: string): EditorState => ({
  associationName: '',
  documentName,
  documentVersion: '$DEFAULT',
  parameters: {},
  targetKind: 'tags',
  nodeIds: [],
  tagRows: [{ id: 1, kind: 'tag', key: '', values: [] }],
  isScheduled: false,
  scheduleExpression: 'rate(1 day)',
  scheduleOffset: '',
  applyOnlyAtCronInterval: false,
  maxConcurrency: '',
  maxErrors: '',
  complianceSeverity: 'UNSPECIFIED',
  syncCompliance: 'AUTO',
});

const isNodesTarget = (target: Target): boolean => target.key.toLowerCase() === 'instanceids';

function tagRowOf(target: Target, id: number): TagRow {
  return target.key.toLowerCase() === 'tag-key'
    ? { id, kind: 'key', key: '', values: target.values }
    : { id, kind: 'tag', key: target.key.replace(/^tag:/i, ''), values: target.values };
}

function targetsPart(targets: readonly Target[]): Pick<EditorState, 'targetKind' | 'nodeIds' | 'tagRows'> {
  const none = { nodeIds: [], tagRows: newEditorState('').tagRows };
  const [first] = targets;
  if (first === undefined) return { ...none, targetKind: 'tags' };
  if (!isNodesTarget(first)) return { ...none, targetKind: 'tags', tagRows: targets.map((target, index) => tagRowOf(target, index + 1)) };
  return first.values.includes('*') ? { ...none, targetKind: 'all' } : { ...none, targetKind: 'nodes', nodeIds: first.values };
}

export function editorStateOf(draft: AssociationDraft): EditorState {
  return {
    associationName: draft.associationName ?? '',
    documentName: draft.documentName,
    documentVersion: draft.documentVersion,
    parameters: draft.parameters,
    ...targetsPart(draft.targets),
    isScheduled: draft.scheduleExpression !== null,
    scheduleExpression: draft.scheduleExpression ?? newEditorState('').scheduleExpression,
    scheduleOffset: draft.scheduleOffset === null ? '' : String(draft.scheduleOffset),
    applyOnlyAtCronInterval: draft.applyOnlyAtCronInterval,
    maxConcurrency: draft.maxConcurrency ?? '',
    maxErrors: draft.maxErrors ?? '',
    complianceSeverity: draft.complianceSeverity,
    syncCompliance: draft.syncCompliance,
  };
}

function targetsOf({ targetKind, nodeIds, tagRows }: Pick<EditorState, 'targetKind' | 'nodeIds' | 'tagRows'>): Target[] {
  switch (targetKind) {
    case 'all':
      return [{ key: 'InstanceIds', values: ['*'] }];
    case 'nodes':
      return [{ key: 'InstanceIds', values: [...nodeIds] }];
    case 'tags':
      return tagRows.map(({ kind, key, values }) => ({ key: kind === 'key' ? 'tag-key' : `tag:${key}`, values: [...values] }));
  }
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Nonsense stays nonsense, so that whoever checks the draft can say so on its field. */
function offsetOf({ isScheduled, scheduleOffset }: EditorState): number | null {
  const text = orNull(scheduleOffset);
  return !isScheduled || text === null ? null : Number(text);
}

/** What is checked, previewed and saved. It may be wrong: that is the checker's to say. */
export function draftOfEditor(state: EditorState): AssociationDraft {
  return {
    ...UNSET,
    associationName: orNull(state.associationName),
    documentName: state.documentName,
    documentVersion: state.documentVersion,
    parameters: Object.fromEntries(Object.entries(state.parameters).map(([name, texts]) => [name, [...texts]])),
    targets: targetsOf(state),
    scheduleExpression: state.isScheduled ? state.scheduleExpression.trim() : null,
    scheduleOffset: offsetOf(state),
    applyOnlyAtCronInterval: state.applyOnlyAtCronInterval,
    maxConcurrency: orNull(state.maxConcurrency),
    maxErrors: orNull(state.maxErrors),
    complianceSeverity: state.complianceSeverity,
    syncCompliance: state.syncCompliance,
  };
}

/** The name of a copy: the API allows letters, digits and `_ - .`, at most 128. */
export const copyName = (name: string | null): string => (name === null ? '' : `${name.slice(0, 123)}-copy`);
