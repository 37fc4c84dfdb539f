import type { RetentionSettings } from '../../electron/domain/output-retention.ts';

type FieldName = 'quotaGigabytes' | 'outputDays' | 'streamMegabytes' | 'complianceDays';

/** As they are typed: an empty field is a text. */
export type RetentionFields = Record<FieldName, number | string>;

export const RETENTION_FIELDS: readonly { name: FieldName; label: string; min: number; setting: keyof RetentionSettings }[] = [
  { name: 'quotaGigabytes', label: 'Space for output (GiB)', min: 0, setting: 'outputQuotaBytes' },
  { name: 'outputDays', label: 'Days that output is kept', min: 1, setting: 'outputDays' },
  { name: 'streamMegabytes', label: 'Most of one stream (MiB)', min: 1, setting: 'streamCapBytes' },
  { name: 'complianceDays', label: 'Days of compliance history', min: 1, setting: 'complianceDays' },
];

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;

export const retentionFields = (settings: RetentionSettings): RetentionFields => ({
  quotaGigabytes: Math.round((settings.outputQuotaBytes / GIBIBYTE) * 1000) / 1000,
  outputDays: settings.outputDays,
  streamMegabytes: Math.round((settings.streamCapBytes / MEBIBYTE) * 1000) / 1000,
  complianceDays: settings.complianceDays,
});

const numberOf = (typed: number | string): number => (typed === '' ? Number.NaN : Number(typed));

/** What is typed as settings, checked by nobody yet. */
export const retentionOf = (fields: RetentionFields): Record<keyof RetentionSettings, number> => ({
  outputQuotaBytes: Math.round(numberOf(fields.quotaGigabytes) * GIBIBYTE),
  outputDays: numberOf(fields.outputDays),
  streamCapBytes: Math.round(numberOf(fields.streamMegabytes) * MEBIBYTE),
  complianceDays: numberOf(fields.complianceDays),
});

type Parsed = { success: true } | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };

export function retentionProblem(parsed: Parsed, name: FieldName): string | null {
  if (parsed.success) return null;
  const setting = RETENTION_FIELDS.find((field) => field.name === name)?.setting;
  return parsed.error.issues.find(({ path }) => path[0] === setting)?.message ?? null;
}
