import type { Icon } from '@tabler/icons-react';
import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDotted,
  IconCircleX,
  IconClockExclamation,
  IconClockPause,
  IconLoader2,
  IconPlayerSkipForward,
  IconPlugConnected,
  IconPlugConnectedX,
  IconRefresh,
  IconShieldCheck,
  IconShieldCheckFilled,
  IconShieldX,
} from '@tabler/icons-react';
import type { StepStatus } from '../../agent/protocol/status.ts';
import type { ComplianceStatus } from '../../electron/domain/compliance.ts';
import type { ExecutionStatus, OverviewStatus, TargetStatus } from '../../electron/domain/execution.ts';
import type { FleetHealth } from '../../electron/domain/fleet-health.ts';
import type { PingStatus } from '../../electron/domain/node.ts';
import type { Tone } from '../ui/tone.ts';

/** How a status looks everywhere: never a colour without its icon and its word. */
export interface Look {
  tone: Tone;
  icon: Icon;
  label: string;
  isMoving?: boolean;
}

const pending: Look = { tone: 'idle', icon: IconCircleDotted, label: 'Pending' };
const running: Look = { tone: 'run', icon: IconLoader2, label: 'Running', isMoving: true };
const success: Look = { tone: 'ok', icon: IconCircleCheckFilled, label: 'Success' };
const failed: Look = { tone: 'bad', icon: IconCircleX, label: 'Failed' };
const timedOut: Look = { tone: 'bad', icon: IconClockExclamation, label: 'Timed out' };
const skipped: Look = { tone: 'idle', icon: IconPlayerSkipForward, label: 'Skipped' };
const cancelled: Look = { tone: 'warn', icon: IconBan, label: 'Cancelled' };

export const targetLooks: Record<TargetStatus, Look> = {
  Pending: pending,
  Queued: { tone: 'idle', icon: IconClockPause, label: 'Queued' },
  InProgress: running,
  Success: success,
  Failed: failed,
  TimedOut: timedOut,
  Skipped: skipped,
  Cancelled: cancelled,
};

export const executionLooks: Record<ExecutionStatus, Look> = {
  Pending: pending,
  InProgress: running,
  Success: success,
  Failed: failed,
  Skipped: skipped,
};

export const overviewLooks: Record<OverviewStatus, Look> = { Pending: pending, Success: success, Failed: failed };

export const stepLooks: Record<StepStatus, Look> = {
  NotStarted: { tone: 'idle', icon: IconCircleDashed, label: 'Not started' },
  InProgress: running,
  Success: success,
  SuccessAndReboot: { tone: 'run', icon: IconRefresh, label: 'Rebooting' },
  Failed: failed,
  TimedOut: timedOut,
  Skipped: skipped,
  Cancelled: cancelled,
};

export const complianceLooks: Record<ComplianceStatus, Look> = {
  COMPLIANT: { tone: 'ok', icon: IconShieldCheckFilled, label: 'Compliant' },
  NON_COMPLIANT: { tone: 'bad', icon: IconShieldX, label: 'Non-compliant' },
};

/** Compliant when somebody looked last, which is too long ago to look like news. */
export const staleLook: Look = { tone: 'idle', icon: IconShieldCheck, label: 'Compliant' };

export const pingLooks: Record<PingStatus, Look> = {
  Online: { tone: 'ok', icon: IconPlugConnected, label: 'Online' },
  ConnectionLost: { tone: 'warn', icon: IconPlugConnectedX, label: 'Connection lost' },
};

const connected: Look = { ...pingLooks.Online, label: 'Connected' };
const away: Look = { tone: 'idle', icon: IconPlugConnectedX, label: 'Not connected' };

/** How a node is at this moment: one without a session is away at first, and lost after a quarter of an hour (spec.md 10.2). */
export function nodeLook({ isConnected, pingStatus }: { isConnected: boolean; pingStatus: PingStatus }): Look {
  if (isConnected) return connected;
  return pingStatus === 'Online' ? away : pingLooks[pingStatus];
}

export const healthLooks: Record<FleetHealth, Look> = {
  fine: { tone: 'ok', icon: IconCircleCheckFilled, label: 'All fine' },
  working: { tone: 'run', icon: IconLoader2, label: 'Working', isMoving: true },
  attention: { tone: 'bad', icon: IconCircleX, label: 'Needs attention' },
};
