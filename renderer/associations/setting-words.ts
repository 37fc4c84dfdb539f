import type { AssociationDraft, OutputLocation } from '../../electron/domain/association.ts';
import { describeSelection, parseTargets } from '../../electron/domain/target.ts';

export const settingLabels: Record<keyof AssociationDraft, string> = {
  associationName: 'Name',
  documentName: 'Document',
  documentVersion: 'Document version',
  parameters: 'Parameters',
  targets: 'Targets',
  scheduleExpression: 'Schedule',
  scheduleOffset: 'Schedule offset',
  applyOnlyAtCronInterval: 'Only on the schedule',
  maxConcurrency: 'Machines at a time',
  maxErrors: 'Errors tolerated',
  complianceSeverity: 'Severity',
  syncCompliance: 'Compliance from',
  instanceId: 'Node (legacy)',
  duration: 'Duration in hours',
  calendarNames: 'Change calendars',
  timeZone: 'Time zone',
  outputLocation: 'Output location',
  alarmConfiguration: 'Alarm',
};

function targetsText({ targets }: AssociationDraft): string {
  const parsed = parseTargets(targets);
  return parsed.ok ? describeSelection(parsed.selection) : parsed.problem;
}

const parametersText = ({ parameters }: Pick<AssociationDraft, 'parameters'>): string =>
  Object.entries(parameters)
    .map(([name, texts]) => `${name}: ${texts.join('\n')}`)
    .join('\n');

const outputText = ({ outputS3BucketName, outputS3KeyPrefix }: OutputLocation): string =>
  `s3://${outputS3BucketName}/${outputS3KeyPrefix ?? ''}`;

/** A setting's value as a person reads it; a dash where it is absent. */
export function settingText(draft: AssociationDraft, key: keyof AssociationDraft): string {
  if (key === 'targets') return targetsText(draft);
  if (key === 'parameters') return parametersText(draft) || '—';
  if (key === 'maxConcurrency' && draft.maxConcurrency === null) return '50 (when nothing is set)';
  if (key === 'maxErrors' && draft.maxErrors === null) return 'All (when nothing is set)';
  if (key === 'calendarNames') return draft.calendarNames.join(', ') || '—';
  if (key === 'outputLocation') return draft.outputLocation === null ? '—' : outputText(draft.outputLocation);
  if (key === 'alarmConfiguration') return draft.alarmConfiguration?.alarmName ?? '—';
  const value = draft[key];
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return value === null || value === '' ? '—' : String(value);
}
