import type { DocumentStatus } from '../../../agent/protocol/status.ts';
import type { Moment } from './moment.ts';
import type { ScheduleLine } from './schedule-lines.ts';

export type NodeNumber = number;
/** Numbered from 1 in the order of their creation. */
export type AssociationNumber = number;

export type Tags = Readonly<Record<string, string>>;

export type TargetLine =
  | { kind: 'all' }
  | { kind: 'nodes'; nodes: readonly NodeNumber[] }
  /** Every key with one of its values; no values ask only that the key is there. */
  | { kind: 'tags'; filters: readonly { key: string; values: readonly string[] }[] }
  | { kind: 'group'; name: string };

export type Settings = {
  name: string;
  schedule: ScheduleLine | null;
  targets: TargetLine;
  maxConcurrency: string | null;
  maxErrors: string | null;
  calendars: readonly string[];
  alarm: string | null;
  durationHours: number | null;
  stepTimeoutSeconds: number;
  /** In how many of a thousand runs it fails, and takes far longer than its step may. */
  failsPerMille: number;
  hangsPerMille: number;
  usualSeconds: number;
};

export type Happening =
  | { kind: 'enroll'; node: NodeNumber; tags: Tags; isConnected: boolean }
  | { kind: 'connect' | 'disconnect' | 'deregister'; node: NodeNumber }
  | { kind: 'tag'; node: NodeNumber; tags: Tags }
  | { kind: 'create'; association: AssociationNumber; settings: Settings }
  | { kind: 'edit'; association: AssociationNumber; settings: Settings; isFelt: boolean }
  | { kind: 'delete'; association: AssociationNumber }
  | { kind: 'apply-now'; associations: readonly AssociationNumber[] }
  | { kind: 'group'; name: string; filters: readonly { key: string; values: readonly string[] }[] | null }
  | { kind: 'alarm'; name: string; isRaised: boolean };

export type Timed = Happening & { at: Moment };

/** A calendar that is open, or closed, at stated hours of stated weekdays (0 is Sunday), in UTC; events end on the day they begin. */
export type CalendarLine = {
  name: string;
  openByDefault: boolean;
  weekdays: readonly number[];
  /** Minutes after midnight. */
  from: number;
  to: number;
};

export type World = { calendars: readonly CalendarLine[]; happenings: readonly Timed[] };

export type RunOutcome = { status: Extract<DocumentStatus, 'Success' | 'Failed' | 'TimedOut'>; milliseconds: number };
