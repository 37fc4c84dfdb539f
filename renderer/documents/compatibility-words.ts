import type { Icon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconInfoCircle,
  IconLock,
  IconPlayerSkipForward,
  IconPlugConnected,
} from '@tabler/icons-react';
import type {
  AuditPart,
  CompatibilityReport,
  DryRunLevel,
  FindingKind,
  PlatformFate,
  Verdict,
} from '../../agent/document/compatibility-report.ts';
import type { Tone } from '../ui/tone.ts';

export interface Look {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly label: string;
}

export const verdictLooks: Record<Verdict, Look> = {
  runs: { tone: 'ok', icon: IconCircleCheck, label: 'Runs as it is' },
  limited: { tone: 'warn', icon: IconAlertTriangle, label: 'Runs with limits' },
  cannot: { tone: 'bad', icon: IconBan, label: 'Cannot run here' },
};

/** A text that is no document is refused, which is more than that it cannot run. */
export const lookOf = ({ verdict, problems }: Pick<CompatibilityReport, 'verdict' | 'problems'>): Look =>
  problems.length > 0 ? { tone: 'bad', icon: IconBan, label: 'Refused' } : verdictLooks[verdict];

export const fateLooks: Record<PlatformFate, Look> = {
  runs: { tone: 'ok', icon: IconCircleCheck, label: 'Runs' },
  limited: { tone: 'warn', icon: IconAlertTriangle, label: 'With limits' },
  skipped: { tone: 'idle', icon: IconPlayerSkipForward, label: 'Skipped' },
  'not-for': { tone: 'idle', icon: IconPlayerSkipForward, label: 'Not for it' },
  cannot: { tone: 'bad', icon: IconBan, label: 'Cannot run' },
};

export const findingLooks: Record<FindingKind, Pick<Look, 'tone' | 'icon'>> = {
  fails: { tone: 'bad', icon: IconBan },
  limit: { tone: 'warn', icon: IconAlertTriangle },
  ignored: { tone: 'idle', icon: IconInfoCircle },
  'not-for': { tone: 'idle', icon: IconPlayerSkipForward },
  skipped: { tone: 'idle', icon: IconPlayerSkipForward },
  controller: { tone: 'run', icon: IconPlugConnected },
  secret: { tone: 'run', icon: IconLock },
  store: { tone: 'run', icon: IconInfoCircle },
  needs: { tone: 'run', icon: IconInfoCircle },
};

export const auditWords: Record<AuditPart, string> = {
  whole: 'All of it can be checked without changing anything.',
  part: 'Some steps can be checked; the others are not run in Audit mode.',
  none: 'Nothing in it can be checked, so it is not run in Audit mode.',
};
export const dryRunWords: Record<DryRunLevel, string> = {
  0: 'Level 0: its targets and its schedule, and no more.',
  1: 'Level 1: its steps with the parameters filled in; what they would change is not known.',
  2: 'Level 2: a check mode of its own, which Audit runs.',
  3: 'Level 3: what it would change, resource by resource, before and after.',
};
