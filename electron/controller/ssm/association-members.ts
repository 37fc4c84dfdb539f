import * as z from 'zod';
import type { AssociationDraft } from '../../domain/association.ts';
import { UNSET } from '../../domain/association.ts';
import type { TriggeredAlarm } from '../../domain/execution.ts';
import type { Target } from '../../domain/target.ts';
import { associationTargets } from '../../domain/target.ts';
import { filled, present } from './members.ts';

/** A document version and an association version as the API writes them. */
export const VersionText = z.string().regex(/^(\$LATEST|[1-9][0-9]{0,8})$/, 'a version is $LATEST or a number.');

const Targets = z.array(z.strictObject({ Key: z.string(), Values: z.array(z.string()).default([]) }));
const S3Location = z.strictObject({
  OutputS3Region: z.string().optional(),
  OutputS3BucketName: z.string().optional(),
  OutputS3KeyPrefix: z.string().optional(),
});

export const TagMembers = z.strictObject({ Key: z.string(), Value: z.string() });

/**
 * The members that CreateAssociation and UpdateAssociation share, in their types alone: what their values may be, the check of the
 * draft says (spec.md 1.1). ScheduleTimezone and Mode are additions of ours; the first is spelled as a maintenance window's.
 */
export const settingMembers = {
  DocumentVersion: z.string().optional(),
  AssociationName: z.string().optional(),
  Parameters: z.record(z.string(), z.array(z.string())).optional(),
  Targets: Targets.optional(),
  ScheduleExpression: z.string().optional(),
  ScheduleOffset: z.number().optional(),
  ScheduleTimezone: z.string().optional(),
  ApplyOnlyAtCronInterval: z.boolean().optional(),
  Duration: z.number().optional(),
  CalendarNames: z.array(z.string()).optional(),
  MaxConcurrency: z.string().optional(),
  MaxErrors: z.string().optional(),
  ComplianceSeverity: z.string().optional(),
  Mode: z.string().optional(),
  SyncCompliance: z.string().optional(),
  OutputLocation: z.strictObject({ S3Location: S3Location.optional() }).optional(),
  AlarmConfiguration: z
    .strictObject({
      Alarms: z.array(z.strictObject({ Name: z.string() })).length(1, 'an association has exactly one alarm.'),
      IgnorePollAlarmFailure: z.boolean().optional(),
    })
    .optional(),
  AutomationTargetParameterName: z.string().optional(),
  AssociationDispatchAssumeRole: z.string().optional(),
  TargetLocations: z.array(z.unknown()).optional(),
  TargetMaps: z.array(z.unknown()).max(300).optional(),
};

const Settings = z.strictObject(settingMembers);
export type SettingMembers = z.output<typeof Settings>;

const draftTargets = (targets: z.output<typeof Targets>): Target[] => targets.map(({ Key, Values }) => ({ key: Key, values: Values }));

function draftOutput({ S3Location: location }: NonNullable<SettingMembers['OutputLocation']>) {
  if (location === undefined) return null;
  const { OutputS3Region = null, OutputS3BucketName = '', OutputS3KeyPrefix = null } = location;
  return { outputS3Region: OutputS3Region, outputS3BucketName: OutputS3BucketName, outputS3KeyPrefix: OutputS3KeyPrefix };
}

type DraftSettings = Record<keyof Omit<AssociationDraft, 'documentName' | 'instanceId'>, unknown>;

/**
 * The settings that the members say; every one that is not sent is as if it had never been set (spec.md 1.3). Not checked yet. What
 * has no meaning on a site goes along, for the check to refuse it by name.
 */
export function draftSettings(members: SettingMembers): DraftSettings & Record<string, unknown> {
  const { AlarmConfiguration: alarm, OutputLocation: output } = members;
  return {
    associationName: members.AssociationName ?? UNSET.associationName,
    documentVersion: members.DocumentVersion ?? UNSET.documentVersion,
    parameters: members.Parameters ?? UNSET.parameters,
    targets: draftTargets(members.Targets ?? []),
    scheduleExpression: members.ScheduleExpression ?? UNSET.scheduleExpression,
    scheduleOffset: members.ScheduleOffset ?? UNSET.scheduleOffset,
    applyOnlyAtCronInterval: members.ApplyOnlyAtCronInterval ?? UNSET.applyOnlyAtCronInterval,
    maxConcurrency: members.MaxConcurrency ?? UNSET.maxConcurrency,
    maxErrors: members.MaxErrors ?? UNSET.maxErrors,
    complianceSeverity: members.ComplianceSeverity ?? UNSET.complianceSeverity,
    syncCompliance: members.SyncCompliance ?? UNSET.syncCompliance,
    duration: members.Duration ?? UNSET.duration,
    calendarNames: members.CalendarNames ?? UNSET.calendarNames,
    timeZone: members.ScheduleTimezone ?? UNSET.timeZone,
    mode: members.Mode ?? UNSET.mode,
    outputLocation: output === undefined ? null : draftOutput(output),
    alarmConfiguration:
      alarm === undefined
        ? null
        : { alarmName: alarm.Alarms[0]?.Name ?? '', ignorePollAlarmFailure: alarm.IgnorePollAlarmFailure ?? false },
    targetLocations: members.TargetLocations,
    targetMaps: members.TargetMaps,
    automationTargetParameterName: members.AutomationTargetParameterName,
    associationDispatchAssumeRole: members.AssociationDispatchAssumeRole,
  };
}

export const targetMembers = (association: Pick<AssociationDraft, 'instanceId' | 'targets'>) =>
  associationTargets(association).map(({ key, values }) => ({ Key: key, Values: [...values] }));

export const alarmMembers = (alarm: AssociationDraft['alarmConfiguration']) =>
  alarm === null ? undefined : { IgnorePollAlarmFailure: alarm.ignorePollAlarmFailure, Alarms: [{ Name: alarm.alarmName }] };

export const alarmStates = (alarms: readonly TriggeredAlarm[]) => alarms.map(({ name, state }) => ({ Name: name, State: state }));

function outputMembers(output: AssociationDraft['outputLocation']) {
  if (output === null) return undefined;
  const { outputS3Region, outputS3BucketName, outputS3KeyPrefix } = output;
  const S3Location = present({
    OutputS3Region: outputS3Region,
    OutputS3BucketName: outputS3BucketName,
    OutputS3KeyPrefix: outputS3KeyPrefix,
  });
  return { S3Location };
}

/** The settings of an association or of one of its versions, as members. Those that every answer has are there also when they were not sent. */
export const membersOf = (draft: AssociationDraft) =>
  present({
    Name: draft.documentName,
    DocumentVersion: draft.documentVersion,
    AssociationName: draft.associationName,
    InstanceId: draft.instanceId,
    Parameters: filled(draft.parameters),
    Targets: targetMembers(draft),
    ScheduleExpression: draft.scheduleExpression,
    ScheduleOffset: draft.scheduleOffset,
    ScheduleTimezone: draft.timeZone === UNSET.timeZone ? undefined : draft.timeZone,
    ApplyOnlyAtCronInterval: draft.applyOnlyAtCronInterval,
    Duration: draft.duration,
    CalendarNames: filled(draft.calendarNames),
    MaxConcurrency: draft.maxConcurrency,
    MaxErrors: draft.maxErrors,
    ComplianceSeverity: draft.complianceSeverity,
    SyncCompliance: draft.syncCompliance,
    Mode: draft.mode === UNSET.mode ? undefined : draft.mode,
    OutputLocation: outputMembers(draft.outputLocation),
    AlarmConfiguration: alarmMembers(draft.alarmConfiguration),
  });
