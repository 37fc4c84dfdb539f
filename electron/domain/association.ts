import * as z from 'zod';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { ApplyMode } from '../../agent/protocol/run-order.ts';
import { AlarmName } from './alarm.ts';
import { ComplianceSeverity, SyncCompliance } from './compliance.ts';
import { OverviewStatus, TargetCounts } from './execution.ts';
import { MAX_CONCURRENCY_PATTERN, MAX_ERRORS_PATTERN } from './rate-control.ts';
import { KeptTags } from './tag.ts';
import { Target } from './target.ts';

/** What a site keeps at the most (spec.md 16). */
export type AssociationLimits = { readonly associations: number; readonly versionsPerAssociation: number };
export const ASSOCIATION_LIMITS: AssociationLimits = { associations: 2000, versionsPerAssociation: 1000 };
/** StartAssociationsOnce takes so many ids. */
export const START_ONCE_LIMIT = 10;

export const DocumentName = z.string().regex(/^[a-zA-Z0-9_\-.:/]{3,128}$/, 'A document name has 3 to 128 letters, digits and _ - . : /');
export const AssociationName = z.string().regex(/^[a-zA-Z0-9_\-.]{3,128}$/, 'An association name has 3 to 128 letters, digits and _ - .');

/** `$DEFAULT`, `$LATEST` or a number (spec.md 1.1). */
export const DocumentVersionChoice = z
  .string()
  .regex(/^(\$DEFAULT|\$LATEST|[1-9][0-9]{0,8})$/, 'A document version is $DEFAULT, $LATEST or a number.');

const DURATION_RANGE = 'A duration is 1 to 24 hours.';
const CALENDAR_LIMIT = 20;

/** OutputLocation.S3Location (spec.md 1.1). */
export const OutputLocation = z.strictObject({
  outputS3Region: z.string().min(3, 'A region has 3 to 20 characters.').max(20, 'A region has 3 to 20 characters.').nullable(),
  outputS3BucketName: z.string().min(3, 'A bucket name has 3 to 63 characters.').max(63, 'A bucket name has 3 to 63 characters.'),
  outputS3KeyPrefix: z.string().max(500, 'A key prefix has at most 500 characters.').nullable(),
});
export type OutputLocation = z.infer<typeof OutputLocation>;

/** Exactly one alarm: while it is raised, targets that have not started do not start. */
export const AlarmConfiguration = z.strictObject({
  alarmName: AlarmName,
  /** Whether an alarm that nobody has reported yet counts as not raised. */
  ignorePollAlarmFailure: z.boolean(),
});
export type AlarmConfiguration = z.infer<typeof AlarmConfiguration>;

/** What a person writes: the settings of one association version (spec.md 1.1). Null where a setting is absent. */
export const AssociationDraft = z.strictObject({
  associationName: AssociationName.nullable(),
  documentName: DocumentName,
  documentVersion: DocumentVersionChoice,
  parameters: z.record(z.string().max(128), z.array(z.string().max(65_536)).max(1000)),
  targets: z.array(Target),
  scheduleExpression: z.string().min(1, 'A schedule has 1 to 256 characters.').max(256, 'A schedule has 1 to 256 characters.').nullable(),
  scheduleOffset: z.number().int().nullable(),
  applyOnlyAtCronInterval: z.boolean(),
  maxConcurrency: z.string().regex(MAX_CONCURRENCY_PATTERN, 'MaxConcurrency is a number from 1 on, or 1% to 100%.').nullable(),
  maxErrors: z.string().regex(MAX_ERRORS_PATTERN, 'MaxErrors is a number from 0 on, or 0% to 100%.').nullable(),
  complianceSeverity: ComplianceSeverity,
  syncCompliance: SyncCompliance,
  /** Legacy: the one node of an association that was made with InstanceId in place of Targets. */
  instanceId: NodeId.nullable().default(null),
  /** Hours after which an execution is cut off. */
  duration: z.number().int().min(1, DURATION_RANGE).max(24, DURATION_RANGE).nullable().default(null),
  /** Change calendars that must all be open for the association to be applied. */
  calendarNames: z.array(DocumentName).max(CALENDAR_LIMIT).default([]),
  /** An addition of ours: the IANA zone in which cron is read. */
  timeZone: z.string().min(1).max(64).default('UTC'),
  /** An addition of ours: whether machines are brought into the state, or only looked at. */
  mode: ApplyMode.default('Enforce'),
  outputLocation: OutputLocation.nullable().default(null),
  alarmConfiguration: AlarmConfiguration.nullable().default(null),
});
export type AssociationDraft = z.infer<typeof AssociationDraft>;

/** The same settings as they are kept: what was saved stays readable when a rule becomes stricter, so only their form is asked. */
export const SavedSettings = z.object({
  associationName: z.string().nullable(),
  documentName: z.string(),
  documentVersion: z.string(),
  parameters: z.record(z.string(), z.array(z.string())),
  targets: z.array(z.object({ key: z.string(), values: z.array(z.string()) })),
  scheduleExpression: z.string().nullable(),
  scheduleOffset: z.number().nullable(),
  applyOnlyAtCronInterval: z.boolean(),
  maxConcurrency: z.string().nullable(),
  maxErrors: z.string().nullable(),
  complianceSeverity: ComplianceSeverity,
  syncCompliance: SyncCompliance,
  instanceId: NodeId.nullable().default(null),
  duration: z.number().nullable().default(null),
  calendarNames: z.array(z.string()).default([]),
  timeZone: z.string().default('UTC'),
  mode: ApplyMode.default('Enforce'),
  outputLocation: z
    .object({ outputS3Region: z.string().nullable(), outputS3BucketName: z.string(), outputS3KeyPrefix: z.string().nullable() })
    .nullable()
    .default(null),
  alarmConfiguration: z.object({ alarmName: z.string(), ignorePollAlarmFailure: z.boolean() }).nullable().default(null),
}) satisfies z.ZodType<AssociationDraft>;

/** What an association is without any optional setting: what UpdateAssociation leaves of those that are not sent (spec.md 1.3). */
export const UNSET = {
  associationName: null,
  documentVersion: '$DEFAULT',
  parameters: {},
  targets: [],
  scheduleExpression: null,
  scheduleOffset: null,
  applyOnlyAtCronInterval: false,
  maxConcurrency: null,
  maxErrors: null,
  complianceSeverity: 'UNSPECIFIED',
  syncCompliance: 'AUTO',
  instanceId: null,
  duration: null,
  calendarNames: [],
  timeZone: 'UTC',
  mode: 'Enforce',
  outputLocation: null,
  alarmConfiguration: null,
} satisfies Omit<AssociationDraft, 'documentName'>;

export const Association = z.object({
  ...SavedSettings.shape,
  associationId: AssociationId,
  associationVersion: z.number(),
  createdAt: z.date(),
  lastUpdatedAt: z.date(),
  /** The instant that rate schedules count from and offsets take their period from: that of the newest version. */
  scheduleAnchor: z.date(),
  nextRunAt: z.date().nullable(),
  /** The last scheduled moment that was acted on: one moment never fires twice, whatever the clock does. */
  lastFiredAt: z.date().nullable(),
  lastExecutionAt: z.date().nullable(),
  lastSuccessfulExecutionAt: z.date().nullable(),
  overview: z.object({ status: OverviewStatus, detailedStatus: z.string(), counts: TargetCounts }),
  tags: KeptTags,
  /** Came with the sample lab and goes with it. */
  isSample: z.boolean(),
});
export type Association = z.infer<typeof Association>;

/** The name people see: the association's own, else its document's. */
export const associationTitle = (association: Pick<AssociationDraft, 'associationName' | 'documentName'>): string =>
  association.associationName ?? association.documentName;

/** Settings that have no effect on nodes: changing only these runs nothing (spec.md 1.5). */
const WITHOUT_EFFECT: ReadonlySet<keyof AssociationDraft> = new Set(['associationName', 'complianceSeverity']);

/** In which order the names of an object were written says nothing. */
const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;

const sameSetting = (a: unknown, b: unknown): boolean => JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);

/** The settings in which two versions differ. */
export function changedSettings(before: AssociationDraft, after: AssociationDraft): (keyof AssociationDraft)[] {
  const keys = Object.keys(AssociationDraft.shape) as (keyof AssociationDraft)[];
  return keys.filter((key) => !sameSetting(before[key], after[key]));
}

/** Whether nodes can feel that it is saved: at creation, and at every edit but of what has no effect on them. */
export function isFeltByNodes(before: AssociationDraft | null, after: AssociationDraft): boolean {
  if (before === null) return true;
  const changed = changedSettings(before, after);
  return changed.length === 0 || changed.some((key) => !WITHOUT_EFFECT.has(key));
}

/** Whether saving runs the association at once, as far as its own settings say. */
export const runsOnSave = (before: AssociationDraft | null, after: AssociationDraft): boolean =>
  !after.applyOnlyAtCronInterval && isFeltByNodes(before, after);

/** Settings of `association` alone, as a person would edit them. */
export const draftOf = (association: AssociationDraft): AssociationDraft => SavedSettings.parse(association);
