import type { AlarmConfiguration, AssociationDraft, OutputLocation } from '../../electron/domain/association.ts';
import { describeSelection, selectionOf } from '../../electron/domain/target.ts';
import { severityLabel } from '../terms/status.tsx';
import { plural } from '../ui/moment.ts';

export const settingLabels: Record<keyof AssociationDraft, string> = {
  associationName: 'Name',
  documentName: 'Document',
  documentVersion: 'Document version',
  parameters: 'Parameters',
  targets: 'Targets',
  scheduleExpression: 'Schedule',
  scheduleOffset: 'Schedule offset',
  applyOnlyAtCronInterval: 'First run',
  maxConcurrency: 'Machines at a time',
  maxErrors: 'Errors tolerated',
  complianceSeverity: 'Severity',
  syncCompliance: 'Compliance from',
  instanceId: 'Node (legacy)',
  duration: 'Cut off',
  calendarNames: 'Change calendars',
  timeZone: 'Time zone',
  mode: 'Mode',
  outputLocation: 'Copies of the output',
  alarmConfiguration: 'Alarm',
};

const NOTHING = '—';

function targetsText(draft: AssociationDraft): string {
  const parsed = selectionOf(draft);
  return parsed.ok ? describeSelection(parsed.selection) : parsed.problem;
}

const parametersText = ({ parameters }: Pick<AssociationDraft, 'parameters'>): string =>
  Object.entries(parameters)
    .map(([name, texts]) => `${name}: ${texts.join('\n')}`)
    .join('\n');

const outputText = ({ outputS3BucketName, outputS3KeyPrefix, outputS3Region }: OutputLocation): string =>
  `s3://${outputS3BucketName}/${outputS3KeyPrefix ?? ''}${outputS3Region === null ? '' : ` in ${outputS3Region}`}`;

const alarmText = ({ alarmName, ignorePollAlarmFailure }: AlarmConfiguration): string =>
  ignorePollAlarmFailure ? `${alarmName}; runs also while nobody has reported it` : alarmName;

const orNothing = (text: string | null): string => (text === null || text === '' ? NOTHING : text);

/** Each setting as a person reads it, by its name. */
const words: { readonly [Key in keyof AssociationDraft]: (draft: AssociationDraft) => string } = {
  associationName: ({ associationName }) => orNothing(associationName),
  documentName: ({ documentName }) => documentName,
  documentVersion: ({ documentVersion }) => documentVersion,
  parameters: (draft) => orNothing(parametersText(draft)),
  targets: targetsText,
  scheduleExpression: ({ scheduleExpression }) => scheduleExpression ?? 'Once, when it is saved',
  scheduleOffset: ({ scheduleOffset }) => (scheduleOffset === null ? NOTHING : `${plural(scheduleOffset, 'day')} later`),
  applyOnlyAtCronInterval: ({ applyOnlyAtCronInterval }) =>
    applyOnlyAtCronInterval ? 'At the next time on the schedule' : 'When it is saved',
  maxConcurrency: ({ maxConcurrency }) => maxConcurrency ?? '50 (when nothing is set)',
  maxErrors: ({ maxErrors }) => maxErrors ?? 'All (when nothing is set)',
  complianceSeverity: ({ complianceSeverity }) => severityLabel(complianceSeverity),
  syncCompliance: ({ syncCompliance }) => (syncCompliance === 'AUTO' ? 'The result of each run' : 'Reports only'),
  instanceId: ({ instanceId }) => orNothing(instanceId),
  duration: ({ duration }) => (duration === null ? 'Never: it is let run' : `After ${plural(duration, 'hour')}`),
  calendarNames: ({ calendarNames }) => orNothing(calendarNames.join(', ')),
  timeZone: ({ timeZone }) => timeZone,
  mode: ({ mode }) => (mode === 'Audit' ? 'Audit: looks, and changes nothing' : 'Enforce: brings machines into the state'),
  outputLocation: ({ outputLocation }) => (outputLocation === null ? NOTHING : outputText(outputLocation)),
  alarmConfiguration: ({ alarmConfiguration }) => (alarmConfiguration === null ? NOTHING : alarmText(alarmConfiguration)),
};

/** A setting's value as a person reads it; a dash where it is absent. */
export const settingText = (draft: AssociationDraft, key: keyof AssociationDraft): string => words[key](draft);

const textsOf = ({ parameters }: Pick<AssociationDraft, 'parameters'>, name: string): string => JSON.stringify(parameters[name] ?? null);

/** The parameters that two versions give other values, or that one of them does not give. */
export function changedParameters(before: Pick<AssociationDraft, 'parameters'>, after: Pick<AssociationDraft, 'parameters'>): string[] {
  const names = new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)]);
  return [...names].filter((name) => textsOf(before, name) !== textsOf(after, name)).sort();
}
