import { Tooltip } from '@mantine/core';
import type { ApplyMode } from '../../agent/protocol/run-order.ts';
import type { ComplianceStatus, ItemSeverity } from '../../electron/domain/compliance.ts';
import { Age } from '../ui/age.tsx';
import { Mark, StatusBadge } from '../ui/status-badge.tsx';
import type { Tone } from '../ui/tone.ts';
import type { Look } from './looks.ts';
import { complianceLooks } from './looks.ts';
import classes from './status.module.css';

interface StatusProps {
  look: Look;
  /** Since when, or as of when: a status never stands without its age where there is room for it. */
  at?: Date | null;
  style?: 'badge' | 'plain';
  /** Why, on hover. */
  reason?: string;
}

export function Status({ look, at = null, style = 'badge', reason }: StatusProps) {
  const badge = <StatusBadge {...look} look={style} />;
  return (
    <span className={classes.status}>
      {reason === undefined || reason === '' ? (
        badge
      ) : (
        <Tooltip label={reason}>
          <span className={classes.reason}>{badge}</span>
        </Tooltip>
      )}
      {at !== null && <Age at={at} className={classes.age} />}
    </span>
  );
}

interface ComplianceProps {
  status: ComplianceStatus | null;
  at?: Date | null;
}

/** Compliance of a node or an item; a dash in words where nothing has finished yet. */
export function Compliance({ status, at = null }: ComplianceProps) {
  if (status === null) return <span className="hf-faint">Not known yet</span>;
  return <Status look={complianceLooks[status]} at={at} style="plain" />;
}

const severityTones: Record<ItemSeverity, { tone: Tone; label: string }> = {
  CRITICAL: { tone: 'bad', label: 'Critical' },
  HIGH: { tone: 'bad', label: 'High' },
  MEDIUM: { tone: 'warn', label: 'Medium' },
  LOW: { tone: 'idle', label: 'Low' },
  INFORMATIONAL: { tone: 'idle', label: 'Informational' },
  UNSPECIFIED: { tone: 'idle', label: 'Unspecified' },
};

export const severityLabel = (severity: ItemSeverity): string => severityTones[severity].label;

export function Severity({ severity }: { severity: ItemSeverity }) {
  const { tone, label } = severityTones[severity];
  return <Mark tone={tone}>{label}</Mark>;
}

/** How a node came here, where that is worth a mark. */
export function OriginMark({ origin }: { origin: 'Activation' | 'LocalAgent' | 'SampleLab' }) {
  switch (origin) {
    case 'Activation':
      return null;
    case 'LocalAgent':
      return <Mark tone="run">This computer</Mark>;
    case 'SampleLab':
      return <Mark tone="brass">Sample</Mark>;
  }
}

/** Only of what looks and changes nothing: to bring machines into their state is what is usual. */
export const ModeMark = ({ mode }: { mode: ApplyMode }) => (mode === 'Audit' ? <Mark tone="run">Audit</Mark> : null);

export const SampleMark = () => <Mark tone="brass">Sample</Mark>;
