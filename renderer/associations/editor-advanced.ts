import type { AlarmConfiguration, AssociationDraft, OutputLocation } from '../../electron/domain/association.ts';
import { numberOrNull, textOrNull } from './field-text.ts';

/** What few associations need: the fields of the section that is closed until it holds something. */
export interface AdvancedState {
  duration: string;
  calendarNames: readonly string[];
  alarmName: string;
  ignorePollAlarmFailure: boolean;
  outputBucket: string;
  outputPrefix: string;
  outputRegion: string;
}

export const NO_ADVANCED: AdvancedState = {
  duration: '',
  calendarNames: [],
  alarmName: '',
  ignorePollAlarmFailure: false,
  outputBucket: '',
  outputPrefix: '',
  outputRegion: '',
};

type AdvancedSettings = Pick<AssociationDraft, 'duration' | 'calendarNames' | 'alarmConfiguration' | 'outputLocation'>;

export function advancedStateOf({ duration, calendarNames, alarmConfiguration, outputLocation }: AdvancedSettings): AdvancedState {
  return {
    duration: duration === null ? '' : String(duration),
    calendarNames,
    alarmName: alarmConfiguration?.alarmName ?? '',
    ignorePollAlarmFailure: alarmConfiguration?.ignorePollAlarmFailure ?? false,
    outputBucket: outputLocation?.outputS3BucketName ?? '',
    outputPrefix: outputLocation?.outputS3KeyPrefix ?? '',
    outputRegion: outputLocation?.outputS3Region ?? '',
  };
}

/** Half of it is left for the checker to refuse: a choice without an alarm, a prefix without a bucket. */
function alarmOf({ alarmName, ignorePollAlarmFailure }: AdvancedState): AlarmConfiguration | null {
  const name = alarmName.trim();
  return name === '' && !ignorePollAlarmFailure ? null : { alarmName: name, ignorePollAlarmFailure };
}

function outputOf({ outputBucket, outputPrefix, outputRegion }: AdvancedState): OutputLocation | null {
  const [bucket, prefix, region] = [textOrNull(outputBucket), textOrNull(outputPrefix), textOrNull(outputRegion)];
  if (bucket === null && prefix === null && region === null) return null;
  return { outputS3BucketName: bucket ?? '', outputS3KeyPrefix: prefix, outputS3Region: region };
}

export const advancedSettings = (state: AdvancedState): AdvancedSettings => ({
  duration: numberOrNull(state.duration),
  calendarNames: [...state.calendarNames],
  alarmConfiguration: alarmOf(state),
  outputLocation: outputOf(state),
});

/** How many of these settings are there. */
export function advancedCount(state: AdvancedState): number {
  const { duration, calendarNames, alarmConfiguration, outputLocation } = advancedSettings(state);
  return [duration !== null, calendarNames.length > 0, alarmConfiguration !== null, outputLocation !== null].filter(Boolean).length;
}
