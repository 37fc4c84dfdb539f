import type { PatchComplianceLevel } from '../document/patch-baseline.ts';
import { isCompliant, type JudgedPatch, type Judgement } from './judgement.ts';
import { PATCH_STATES } from './patch.ts';

/** What every item says of where it comes from. */
export interface PatchSource {
  readonly baselineId: string;
  readonly documentName: string;
  readonly operation: 'Scan' | 'Install';
}

const LONGEST_ID = 100;
const LONGEST_TITLE = 500;
const LONGEST_DETAIL = 4096;
/** PutComplianceItems takes no more at once (spec.md 7.2). */
const MOST_ITEMS = 10_000;
/** Of its JSON: a type may have 3 MB on a node (spec.md 15). */
const MOST_UPLOAD_LENGTH = 2_500_000;
const MOST_LISTED = 200;

interface ComplianceEntry {
  readonly Id: string;
  readonly Title?: string;
  readonly Severity: PatchComplianceLevel;
  readonly Status: 'COMPLIANT' | 'NON_COMPLIANT';
  readonly Details: Readonly<Record<string, string>>;
}

/** PutComplianceItems without the resource, which is the node that asks. */
export interface PatchUpload {
  readonly ComplianceType: 'Patch' | 'Association';
  readonly UploadType: 'COMPLETE' | 'PARTIAL';
  readonly Items: readonly ComplianceEntry[];
}

/** One item for each patch that the baseline speaks of; what is installed beside it is only counted. */
export function patchUpload({ patches }: Judgement, source: PatchSource): PatchUpload {
  const spoken = patches.filter(({ state }) => state !== 'InstalledOther');
  const worstFirst = spoken.toSorted((a, b) => Number(isCompliant(a)) - Number(isCompliant(b)));
  const entries = worstFirst.slice(0, MOST_ITEMS).map((one) => entryOf(one, source));
  return { ComplianceType: 'Patch', UploadType: 'COMPLETE', Items: asManyAsFit(entries) };
}

/** From the front, where the worst are. */
function asManyAsFit(entries: readonly ComplianceEntry[]): readonly ComplianceEntry[] {
  let length = 0;
  const end = entries.findIndex((entry) => {
    length += JSON.stringify(entry).length;
    return length > MOST_UPLOAD_LENGTH;
  });
  return end === -1 ? entries : entries.slice(0, end);
}

function entryOf({ patch, state, level }: JudgedPatch, { baselineId, documentName }: PatchSource): ComplianceEntry {
  const version = patch.wanted ?? patch.installed ?? '';
  const details = {
    PatchState: state,
    Classification: patch.classification,
    PatchSeverity: patch.severity,
    PatchBaselineId: baselineId,
    PatchGroup: '',
    DocumentName: documentName,
    Version: version,
    InstalledVersion: patch.installed ?? '',
    InstalledTime: patch.installedAt?.toISOString() ?? '',
    CVEIds: (patch.attributes.CVE_ID ?? []).join(','),
  };
  return {
    Id: plain(patch.id, LONGEST_ID),
    Title: plain(patch.title, LONGEST_TITLE),
    Severity: level,
    Status: isCompliant({ state }) ? 'COMPLIANT' : 'NON_COMPLIANT',
    Details: Object.fromEntries(
      Object.entries(details)
        .filter(([key, value]) => value !== '' || key === 'PatchGroup')
        .map(([key, value]) => [key, plain(value, LONGEST_DETAIL)]),
    ),
  };
}

/** The one item of the association that scans: its title is the association's, which the controller knows. */
export function associationUpload(judgement: Judgement, source: PatchSource & { readonly associationId: string }): PatchUpload {
  const { counts, patches } = judgement;
  const bad = patches.filter((one) => !isCompliant(one));
  const details = {
    PatchBaselineId: source.baselineId,
    DocumentName: source.documentName,
    OperationType: source.operation,
    ...Object.fromEntries(PATCH_STATES.map((state) => [`${state}Count`, String(counts[state])])),
  };
  return {
    ComplianceType: 'Association',
    UploadType: 'PARTIAL',
    Items: [
      {
        Id: source.associationId,
        Severity: worstOf(bad.map(({ level }) => level)),
        Status: bad.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT',
        Details: Object.fromEntries(Object.entries(details).map(([key, value]) => [key, plain(value, LONGEST_DETAIL)])),
      },
    ],
  };
}

const FROM_WORST: readonly PatchComplianceLevel[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

/** UNSPECIFIED has the association's own severity put in its place by the controller. */
const worstOf = (levels: readonly PatchComplianceLevel[]): PatchComplianceLevel =>
  FROM_WORST.find((level) => levels.includes(level)) ?? 'UNSPECIFIED';

/** Names and versions come from package sources: what is shown has no control characters. */
const plain = (text: string, limit: number): string => text.replace(/\p{Cc}/gu, ' ').slice(0, limit);

/** For the step's output: the counts, and every patch that is not as it should be. */
export function reportText({ counts, patches }: Judgement, { baselineId, operation }: PatchSource): string {
  const bad = patches.filter((one) => !isCompliant(one));
  const lines = [
    `${operation} by the patch baseline ${baselineId}:`,
    ...PATCH_STATES.map((state) => `  ${state}: ${counts[state]}`),
    ...bad.slice(0, MOST_LISTED).map(lineOf),
    ...(bad.length > MOST_LISTED ? [`and ${bad.length - MOST_LISTED} more`] : []),
  ];
  return `${lines.map((line) => plain(line, LONGEST_DETAIL)).join('\n')}\n`;
}

function lineOf({ patch, state }: JudgedPatch): string {
  const versions = patch.wanted === null ? (patch.installed ?? '') : `${patch.installed ?? 'not installed'} -> ${patch.wanted}`;
  return `${state}  ${patch.id}  ${versions}  ${patch.classification}, ${patch.severity}`;
}
