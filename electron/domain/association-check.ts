import * as z from 'zod';
import type { DocumentContent } from '../../agent/document/document.ts';
import { MAX_DOCUMENT_BYTES, utf8Bytes } from '../../agent/document/document-size.ts';
import { validateParameters } from '../../agent/document/parameters.ts';
import { hasSecretReference } from '../../agent/document/secret-references.ts';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { Schedule } from '../../agent/schedule/schedule.ts';
import { nextRun, parseSchedule, refusedTimeZone, understandSchedule } from '../../agent/schedule/schedule.ts';
import { AssociationDraft } from './association.ts';
import type { FaultCode } from './faults.ts';
import type { StoredType } from './reference-check.ts';
import { comesFromStore, referenceProblem } from './reference-check.ts';
import type { DraftProblem, SettingFacts } from './setting-check.ts';
import { checkSettings, settingsWithoutMeaning } from './setting-check.ts';
import type { TargetSelection } from './target.ts';
import { selectionOf } from './target.ts';

export type { DraftProblem };

type FoundDocument =
  | { ok: true; content: DocumentContent; bytes: number }
  | { ok: false; code: 'InvalidDocument' | 'InvalidDocumentVersion'; message: string };

/** What a check asks the site. */
export type DraftFacts = SettingFacts & {
  now: Date;
  document(name: string, versionChoice: string): FoundDocument;
  storedType: StoredType;
  knowsNode(nodeId: NodeId): boolean;
  knowsGroup(name: string): boolean;
};

/** `draft`, `selection` and `schedule` are there as far as they could be understood; it may be saved when there are no problems. */
export type CheckedDraft = {
  problems: readonly DraftProblem[];
  draft: AssociationDraft | null;
  selection: TargetSelection | null;
  schedule: Schedule | null;
  /** Of the document that it names; null when there is none to be had. */
  content: DocumentContent | null;
};

const SCHEDULE_FIELDS = {
  ScheduleExpression: 'scheduleExpression',
  ScheduleOffset: 'scheduleOffset',
  ApplyOnlyAtCronInterval: 'applyOnlyAtCronInterval',
  TimeZone: 'timeZone',
} as const;

/** The error name that SSM gives for a field whose form alone is wrong. */
function formCode(field: string): FaultCode {
  if (field.startsWith('targets')) return 'InvalidTarget';
  if (field.startsWith('parameters')) return 'InvalidParameters';
  if (field.startsWith('outputLocation')) return 'InvalidOutputLocation';
  if (field === 'instanceId') return 'InvalidInstanceId';
  return 'ValidationException';
}

function formProblems(raw: unknown): DraftProblem[] {
  const parsed = AssociationDraft.safeParse(raw);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const field = issue.path.map(String).join('.') || 'draft';
    return { code: formCode(field), field, message: issue.message };
  });
}

type Part<Value> = { value: Value | null; problems: DraftProblem[] };

/** Nodes and groups that targets name and the site does not have. */
function strangers(selection: TargetSelection, field: string, facts: DraftFacts): DraftProblem[] {
  switch (selection.kind) {
    case 'nodes':
      return [...selection.nodeIds]
        .filter((nodeId) => !facts.knowsNode(nodeId))
        .map((nodeId) => ({ code: 'InvalidInstanceId', field, message: `There is no managed node ${nodeId}.` }));
    case 'group':
      return facts.knowsGroup(selection.groupName)
        ? []
        : [{ code: 'InvalidTarget', field, message: `There is no resource group “${selection.groupName}”.` }];
    case 'all':
    case 'tags':
      return [];
  }
}

function checkTargets(draft: Pick<AssociationDraft, 'instanceId' | 'targets'>, facts: DraftFacts): Part<TargetSelection> {
  const targets = selectionOf(draft);
  if (!targets.ok) return { value: null, problems: [{ code: 'InvalidTarget', field: 'targets', message: targets.problem }] };
  const field = draft.instanceId === null ? 'targets' : 'instanceId';
  return { value: targets.selection, problems: strangers(targets.selection, field, facts) };
}

export type Timing = Pick<AssociationDraft, 'scheduleExpression' | 'scheduleOffset' | 'applyOnlyAtCronInterval' | 'timeZone'>;

function checkSchedule(draft: Timing, now: Date): Part<Schedule> {
  const refuse = (field: string, message: string): Part<Schedule> => ({
    value: null,
    problems: [{ code: 'InvalidSchedule', field, message }],
  });
  if (draft.scheduleExpression === null) {
    if (draft.scheduleOffset !== null) return refuse('scheduleOffset', 'A schedule offset needs a cron schedule.');
    if (draft.applyOnlyAtCronInterval)
      return refuse(
        'applyOnlyAtCronInterval',
        'Apply only at the cron interval needs a cron or at schedule: without one it would never run.',
      );
    const unknownZone = refusedTimeZone(draft.timeZone);
    return unknownZone === null ? { value: null, problems: [] } : refuse('timeZone', unknownZone.message);
  }
  const parsed = parseSchedule({
    expression: draft.scheduleExpression,
    applyOnlyAtCronInterval: draft.applyOnlyAtCronInterval,
    scheduleOffset: draft.scheduleOffset,
    timeZone: draft.timeZone,
    now,
  });
  if (parsed.ok) return { value: parsed.schedule, problems: [] };
  return { value: null, problems: [{ code: parsed.apiError, field: SCHEDULE_FIELDS[parsed.field], message: parsed.message }] };
}

function checkDocument(document: FoundDocument, draft: AssociationDraft, facts: DraftFacts): DraftProblem[] {
  if (!document.ok) {
    return [
      { code: document.code, field: document.code === 'InvalidDocument' ? 'documentName' : 'documentVersion', message: document.message },
    ];
  }
  return [...sizeProblems(document.bytes, draft.parameters), ...checkParameters(document.content, draft.parameters, facts)];
}

/** A document may be as large as the limit together with the values that it is given (spec.md 8.1). */
function sizeProblems(bytes: number, parameters: AssociationDraft['parameters']): DraftProblem[] {
  const total = Object.values(parameters)
    .flat()
    .reduce((sum, text) => sum + utf8Bytes(text), bytes);
  if (total <= MAX_DOCUMENT_BYTES) return [];
  const message = `The document and the values of its parameters are ${total} bytes together; ${MAX_DOCUMENT_BYTES} are allowed.`;
  return [{ code: 'MaxDocumentSizeExceeded', field: 'parameters', message }];
}

/** Values that come from Parameter Store are looked at only as far as they can be before they are there. */
function checkParameters(document: DocumentContent, parameters: AssociationDraft['parameters'], facts: DraftFacts): DraftProblem[] {
  const problem = (parameter: string, message: string): DraftProblem => {
    return { code: 'InvalidParameters', field: `parameters.${parameter}`, message };
  };
  const later = Object.entries(parameters).filter(([, texts]) => comesFromStore(texts));
  const isLater = (name: string) => {
    if (!Object.hasOwn(document.parameters, name)) return false;
    if (later.some(([parameter]) => parameter === name)) return true;
    return !Object.hasOwn(parameters, name) && hasSecretReference(document.parameters[name]?.default);
  };
  const readable = <Value>(of: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => !isLater(name)));
  const values = validateParameters(readable(document.parameters), readable(parameters), 'come-later');
  return [
    ...(values.ok ? [] : values.problems.map(({ parameter, message }) => problem(parameter, message))),
    ...later.flatMap(([parameter, texts]) => {
      const message = Object.hasOwn(document.parameters, parameter)
        ? referenceProblem(document, { parameter, texts }, facts.storedType)
        : null;
      return message === null ? [] : [problem(parameter, message)];
    }),
  ];
}

/** What the fields that are right by themselves say, while another field is not: an editor shows it meanwhile. */
function understoodParts(raw: unknown, facts: DraftFacts): Pick<CheckedDraft, 'selection' | 'schedule'> {
  const { instanceId, scheduleExpression, scheduleOffset, applyOnlyAtCronInterval, timeZone } = AssociationDraft.shape;
  const targets = z.object({ instanceId, targets: AssociationDraft.shape.targets }).safeParse(raw);
  const timing = z.object({ scheduleExpression, scheduleOffset, applyOnlyAtCronInterval, timeZone }).safeParse(raw);
  return {
    selection: targets.success ? checkTargets(targets.data, facts).value : null,
    schedule: timing.success ? checkSchedule(timing.data, facts.now).value : null,
  };
}

/** Everything that is wrong with a draft, each on the field that caused it. The editor and the save ask the same question. */
export function checkDraft(raw: unknown, facts: DraftFacts): CheckedDraft {
  const { problems: refused, rest } = settingsWithoutMeaning(raw);
  const parsed = AssociationDraft.safeParse(rest);
  if (!parsed.success)
    return { problems: [...refused, ...formProblems(rest)], draft: null, content: null, ...understoodParts(rest, facts) };
  const draft = parsed.data;
  const targets = checkTargets(draft, facts);
  const schedule = checkSchedule(draft, facts.now);
  const document = facts.document(draft.documentName, draft.documentVersion);
  const settings = checkSettings({ draft, selection: targets.value, content: document.ok ? document.content : null }, facts);
  return {
    problems: [...refused, ...checkDocument(document, draft, facts), ...targets.problems, ...schedule.problems, ...settings],
    draft,
    selection: targets.value,
    schedule: schedule.value,
    content: document.ok ? document.content : null,
  };
}

/** The schedule of an association that was saved; null when it has none. It goes on also when rules have become stricter since. */
export function savedSchedule(association: Timing, scheduleAnchor: Date): Schedule | null {
  if (association.scheduleExpression === null) return null;
  const parsed = understandSchedule({
    expression: association.scheduleExpression,
    applyOnlyAtCronInterval: association.applyOnlyAtCronInterval,
    scheduleOffset: association.scheduleOffset,
    timeZone: association.timeZone,
    now: scheduleAnchor,
  });
  return parsed.ok ? parsed.schedule : null;
}

export function nextRunOf(association: Timing, scheduleAnchor: Date, after: Date): Date | null {
  const schedule = savedSchedule(association, scheduleAnchor);
  return schedule === null ? null : nextRun(schedule, after);
}
