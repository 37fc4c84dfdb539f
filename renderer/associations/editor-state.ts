import type { ApplyMode } from '../../agent/protocol/run-order.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { UNSET } from '../../electron/domain/association.ts';
import type { ComplianceSeverity, SyncCompliance } from '../../electron/domain/compliance.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import type { NewAssociation } from '../routes.ts';
import type { TagLine } from '../terms/tag-lines.ts';
import { linesOfTags } from '../terms/tag-lines.ts';
import type { AdvancedState } from './editor-advanced.ts';
import { advancedSettings, advancedStateOf, NO_ADVANCED } from './editor-advanced.ts';
import type { TargetsState } from './editor-targets.ts';
import { NO_TARGETS, targetSettings, targetsStateOf } from './editor-targets.ts';
import { numberOrNull, textOrNull } from './field-text.ts';

/** What the editor's fields hold. */
export interface EditorState extends TargetsState, AdvancedState {
  associationName: string;
  documentName: string;
  documentVersion: string;
  parameters: Readonly<Record<string, readonly string[]>>;
  isScheduled: boolean;
  scheduleExpression: string;
  scheduleOffset: string;
  applyOnlyAtCronInterval: boolean;
  timeZone: string;
  maxConcurrency: string;
  maxErrors: string;
  complianceSeverity: ComplianceSeverity;
  syncCompliance: SyncCompliance;
  mode: ApplyMode;
  /** The association's own tags: no setting, so in no version. */
  tagLines: readonly TagLine[];
}

export const DEFAULT_DOCUMENT = 'Holdfast-RunShellScript';

const FIRST_EXPRESSION = 'rate(1 day)';

export const newEditorState = (documentName: string): EditorState => ({
  ...NO_TARGETS,
  ...NO_ADVANCED,
  associationName: '',
  documentName,
  documentVersion: UNSET.documentVersion,
  parameters: {},
  isScheduled: false,
  scheduleExpression: FIRST_EXPRESSION,
  scheduleOffset: '',
  applyOnlyAtCronInterval: false,
  timeZone: UNSET.timeZone,
  maxConcurrency: '',
  maxErrors: '',
  complianceSeverity: UNSET.complianceSeverity,
  syncCompliance: UNSET.syncCompliance,
  mode: UNSET.mode,
  tagLines: [],
});

/** As a page that leads here proposes it. */
export const startingState = (
  documentName: string,
  { schedule, isForEveryMachine, package: installed }: Omit<NewAssociation, 'from' | 'document'>,
): EditorState => ({
  ...newEditorState(documentName),
  ...(installed === null ? {} : { parameters: { action: ['Install'], name: [installed] } }),
  ...(schedule === null ? {} : { isScheduled: true, scheduleExpression: schedule }),
  ...(isForEveryMachine ? { targetKind: 'all' } : {}),
});

export function editorStateOf(draft: AssociationDraft, tags: readonly Tag[]): EditorState {
  return {
    ...targetsStateOf(draft),
    ...advancedStateOf(draft),
    associationName: draft.associationName ?? '',
    documentName: draft.documentName,
    documentVersion: draft.documentVersion,
    parameters: draft.parameters,
    isScheduled: draft.scheduleExpression !== null,
    scheduleExpression: draft.scheduleExpression ?? FIRST_EXPRESSION,
    scheduleOffset: draft.scheduleOffset === null ? '' : String(draft.scheduleOffset),
    applyOnlyAtCronInterval: draft.applyOnlyAtCronInterval,
    timeZone: draft.timeZone,
    maxConcurrency: draft.maxConcurrency ?? '',
    maxErrors: draft.maxErrors ?? '',
    complianceSeverity: draft.complianceSeverity,
    syncCompliance: draft.syncCompliance,
    mode: draft.mode,
    tagLines: linesOfTags(tags),
  };
}

/**
 * What is checked, previewed and saved; it may be wrong: that is the checker's to say. Every setting is named, so that one that is new
 * to the API cannot be forgotten and thereby unset.
 */
export function draftOfEditor(state: EditorState): AssociationDraft {
  return {
    ...targetSettings(state),
    ...advancedSettings(state),
    associationName: textOrNull(state.associationName),
    documentName: state.documentName,
    documentVersion: state.documentVersion,
    parameters: Object.fromEntries(Object.entries(state.parameters).map(([name, texts]) => [name, [...texts]])),
    scheduleExpression: state.isScheduled ? state.scheduleExpression.trim() : null,
    scheduleOffset: state.isScheduled ? numberOrNull(state.scheduleOffset) : null,
    applyOnlyAtCronInterval: state.applyOnlyAtCronInterval,
    timeZone: state.timeZone,
    maxConcurrency: textOrNull(state.maxConcurrency),
    maxErrors: textOrNull(state.maxErrors),
    complianceSeverity: state.complianceSeverity,
    syncCompliance: state.syncCompliance,
    mode: state.mode,
  };
}

/** The name of a copy: the API allows letters, digits and `_ - .`, at most 128. */
export const copyName = (name: string | null): string => (name === null ? '' : `${name.slice(0, 123)}-copy`);
