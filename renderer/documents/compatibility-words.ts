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
import type { CompatibilityReport, FindingKind, PlatformFate, Verdict } from '../../agent/document/compatibility-report.ts';
import { fateWords, verdictWords } from '../../agent/document/compatibility-words.ts';
import type { Tone } from '../ui/tone.ts';

export interface Look {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly label: string;
}

export const verdictLooks: Record<Verdict, Look> = {
  runs: { tone: 'ok', icon: IconCircleCheck, label: verdictWords.runs },
  limited: { tone: 'warn', icon: IconAlertTriangle, label: verdictWords.limited },
  cannot: { tone: 'bad', icon: IconBan, label: verdictWords.cannot },
};

/** A text that is no document is refused, which is more than that it cannot run. */
export const lookOf = ({ verdict, problems }: Pick<CompatibilityReport, 'verdict' | 'problems'>): Look =>
  problems.length > 0 ? { tone: 'bad', icon: IconBan, label: 'Refused' } : verdictLooks[verdict];

export const fateLooks: Record<PlatformFate, Look> = {
  runs: { tone: 'ok', icon: IconCircleCheck, label: fateWords.runs },
  limited: { tone: 'warn', icon: IconAlertTriangle, label: fateWords.limited },
  skipped: { tone: 'idle', icon: IconPlayerSkipForward, label: fateWords.skipped },
  'not-for': { tone: 'idle', icon: IconPlayerSkipForward, label: fateWords['not-for'] },
  cannot: { tone: 'bad', icon: IconBan, label: fateWords.cannot },
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
