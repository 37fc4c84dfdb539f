import type { DocumentContent } from '../../agent/document/document.ts';
import { canCheck, platformsOf } from '../../agent/document/known-actions.ts';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { PlatformType } from '../../agent/protocol/messages.ts';
import type { AssociationDraft } from './association.ts';
import { UNSET } from './association.ts';
import type { FaultCode } from './faults.ts';
import type { InventoryAssociation } from './inventory-rule.ts';
import { collectsInventory, inventoryConflict } from './inventory-rule.ts';
import { prefixProblem } from './output-destination.ts';
import type { TargetSelection } from './target.ts';

/** A trouble in a draft: SSM's error name, the draft's field (parameters as `parameters.<name>`), and a sentence. */
export type DraftProblem = { code: FaultCode; field: string; message: string };

/** What the settings beside document, targets and schedule are held against. */
export type SettingFacts = {
  /** What a document name in CalendarNames is. */
  calendar(name: string): 'calendar' | 'other-document' | 'unknown';
  platformOf(nodeId: NodeId): PlatformType | null;
  knowsOutputStore(name: string): boolean;
  /** The other associations that collect inventory, when this is a draft of one of them too. */
  inventoryAssociations(): readonly InventoryAssociation[];
};

type Refused = { code: FaultCode; message: string };

/** Members of the API that mean nothing on a site without a cloud (spec.md 1.1), each with the reason. */
const WITHOUT_MEANING: Record<string, Refused> = {
  targetLocations: {
    code: 'InvalidParameters',
    message: 'TargetLocations names accounts and regions of a cloud; a site has none. Use Targets, which covers every node of this site.',
  },
  targetMaps: {
    code: 'InvalidTargetMaps',
    message: 'TargetMaps is for runbooks, which do not run here. Use Targets.',
  },
  automationTargetParameterName: {
    code: 'InvalidParameters',
    message: 'AutomationTargetParameterName is for runbooks, which do not run here. Leave it out.',
  },
  associationDispatchAssumeRole: {
    code: 'ValidationException',
    message: 'AssociationDispatchAssumeRole names a role of a cloud account; nothing here assumes roles. Leave it out.',
  },
};

const isAbsent = (value: unknown): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Settings that are refused by name; the rest of the draft without them, which is checked as if they had not been there. */
export function settingsWithoutMeaning(raw: unknown): { problems: DraftProblem[]; rest: unknown } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return { problems: [], rest: raw };
  const members = Object.entries(raw);
  const problems = members.flatMap(([field, value]): DraftProblem[] => {
    const refused = Object.hasOwn(WITHOUT_MEANING, field) ? WITHOUT_MEANING[field] : undefined;
    return refused === undefined || isAbsent(value) ? [] : [{ field, ...refused }];
  });
  return { problems, rest: Object.fromEntries(members.filter(([field]) => !Object.hasOwn(WITHOUT_MEANING, field))) };
}

function checkDuration({ duration, applyOnlyAtCronInterval }: AssociationDraft): DraftProblem[] {
  if (duration === null || applyOnlyAtCronInterval) return [];
  const message = 'A duration needs ApplyOnlyAtCronInterval; turn that on, or leave the duration out.';
  return [{ code: 'InvalidSchedule', field: 'duration', message }];
}

const CALENDAR_PROBLEM = {
  calendar: null,
  unknown: { code: 'InvalidDocument', message: (name: string) => `There is no change calendar “${name}”.` },
  'other-document': { code: 'InvalidParameters', message: (name: string) => `Document “${name}” is not a change calendar.` },
} as const;

function checkCalendars({ calendarNames }: AssociationDraft, facts: SettingFacts): DraftProblem[] {
  return calendarNames.flatMap((name, position): DraftProblem[] => {
    const problem = CALENDAR_PROBLEM[facts.calendar(name)];
    return problem === null ? [] : [{ code: problem.code, field: `calendarNames.${position}`, message: problem.message(name) }];
  });
}

function checkOutput({ outputLocation, instanceId }: AssociationDraft, facts: SettingFacts): DraftProblem[] {
  // Of one that InstanceId excludes, that is the trouble.
  if (outputLocation === null || instanceId !== null) return [];
  const { outputS3BucketName: name, outputS3KeyPrefix: prefix } = outputLocation;
  const problems: DraftProblem[] = [];
  if (!facts.knowsOutputStore(name)) {
    const message = `There is no output store “${name}”. Add it in Settings under that name, or choose one of those that there are.`;
    problems.push({ code: 'InvalidOutputLocation', field: 'outputLocation.outputS3BucketName', message });
  }
  const message = prefixProblem(prefix ?? '');
  if (message !== null) problems.push({ code: 'InvalidOutputLocation', field: 'outputLocation.outputS3KeyPrefix', message });
  return problems;
}

/** Members that InstanceId excludes (spec.md 1.1). */
const EXCLUDED_BY_INSTANCE_ID = [
  'associationName',
  'documentVersion',
  'maxErrors',
  'maxConcurrency',
  'outputLocation',
  'scheduleExpression',
] as const;

function checkLegacy(draft: AssociationDraft, content: DocumentContent | null): DraftProblem[] {
  if (draft.instanceId === null) return [];
  const excluded = EXCLUDED_BY_INSTANCE_ID.filter((field) => draft[field] !== UNSET[field]);
  const problems = excluded.map(
    (field): DraftProblem => ({ code: 'ValidationException', field, message: `InstanceId excludes ${field}; use Targets in place of it.` }),
  );
  if (content !== null && !content.schemaVersion.startsWith('1.')) {
    const message = `InstanceId works with documents of schema 1.x only; this one has ${content.schemaVersion}. Use Targets.`;
    problems.push({ code: 'InvalidDocument', field: 'documentName', message });
  }
  return problems;
}

/** Nodes that are named must be able to run the document; those that a tag finds fail or skip each by itself. */
function checkPlatforms({ draft, selection, content }: SettingQuestion, facts: SettingFacts): DraftProblem[] {
  const platforms = content === null ? [] : platformsOf(content);
  if (selection?.kind !== 'nodes' || platforms.length === 0) return [];
  return [...selection.nodeIds].flatMap((nodeId): DraftProblem[] => {
    const platform = facts.platformOf(nodeId);
    if (platform === null || platforms.includes(platform)) return [];
    const message = `The document runs on ${platforms.join(' and ')}; ${nodeId} is ${platform}.`;
    return [{ code: 'UnsupportedPlatformType', field: draft.instanceId === null ? 'targets' : 'instanceId', message }];
  });
}

/** A document of which no step can check would be skipped as a whole, and say nothing of any node. */
function checkMode({ mode, documentName }: AssociationDraft, content: DocumentContent | null): DraftProblem[] {
  if (mode === 'Enforce' || content === null || canCheck(content)) return [];
  const message = `No step of ${documentName} can check without changing anything, so it cannot be run in Audit mode. Choose Enforce, or another document.`;
  return [{ code: 'ValidationException', field: 'mode', message }];
}

function checkInventory(selection: TargetSelection | null, content: DocumentContent | null, facts: SettingFacts): DraftProblem[] {
  if (selection === null || content === null || !collectsInventory(content)) return [];
  const message = inventoryConflict(selection, facts.inventoryAssociations());
  return message === null ? [] : [{ code: 'InvalidTarget', field: 'targets', message }];
}

export type SettingQuestion = {
  draft: AssociationDraft;
  selection: TargetSelection | null;
  /** Of the document in the version that is chosen; null when it is not to be had, which is told already. */
  content: DocumentContent | null;
};

/** What is wrong with the settings beside document, targets and schedule. */
export function checkSettings(question: SettingQuestion, facts: SettingFacts): DraftProblem[] {
  const { draft, selection, content } = question;
  return [
    ...checkDuration(draft),
    ...checkCalendars(draft, facts),
    ...checkOutput(draft, facts),
    ...checkLegacy(draft, content),
    ...checkPlatforms(question, facts),
    ...checkMode(draft, content),
    ...checkInventory(selection, content, facts),
  ];
}
