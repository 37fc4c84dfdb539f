import { ExecutionId } from '../../agent/protocol/ids.ts';
import { ExecutionStatus, Trigger } from '../../electron/domain/execution.ts';
import type { ExecutionQuery } from '../routes.ts';
import { countText } from '../ui/moment.ts';
import { executionLooks } from './looks.ts';
import { triggerText } from './words.ts';

/** What a list of executions is asked for. */
export interface ExecutionFilter {
  status: ExecutionStatus | null;
  trigger: Trigger | null;
  createdAfter: Date | null;
  createdBefore: Date | null;
  executionId: ExecutionId | null;
  associationVersion: number | null;
}

export function instantOf(text: string | null): Date | null {
  const at = text === null ? null : new Date(text);
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

/** A filter as it stands in the address; what cannot be read is no filter. */
export function executionFilterOf({ status, trigger, after, before, id, version }: ExecutionQuery): ExecutionFilter {
  return {
    status: ExecutionStatus.nullable().catch(null).parse(status),
    trigger: Trigger.nullable().catch(null).parse(trigger),
    createdAfter: instantOf(after),
    createdBefore: instantOf(before),
    executionId: ExecutionId.nullable().catch(null).parse(id),
    associationVersion: version !== null && /^[1-9]\d{0,8}$/.test(version) ? Number(version) : null,
  };
}

export const isFiltered = (filter: ExecutionFilter): boolean => Object.values(filter).some((value) => value !== null);

/** `2026-03-01T02:00` on this computer's clock, as a field for date and time takes it. */
export function fieldTime(at: Date | null): string {
  if (at === null) return '';
  // By what the clock shows, never by an offset in minutes: a year that is half typed is one in which zones were off by seconds.
  const two = (part: number): string => String(part).padStart(2, '0');
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What such a field holds, as an address keeps it: in UTC, so that it means the same on another computer. */
export const addressTime = (field: string): string | null => (field === '' ? null : (instantOf(field)?.toISOString() ?? null));

/** Yesterday at 18:00 until today at 07:00, on this computer's clock. */
export function lastNight(now: Date): Pick<ExecutionQuery, 'after' | 'before'> {
  const begin = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 18);
  const end = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 7);
  return { after: begin.toISOString(), before: end.toISOString() };
}

export const lastHours = (hours: number, now: Date): Pick<ExecutionQuery, 'after' | 'before'> => ({
  after: new Date(now.getTime() - hours * 3_600_000).toISOString(),
  before: null,
});

export interface FilterWord {
  key: keyof ExecutionQuery;
  label: string;
}

const shortTime = (at: Date): string =>
  at.toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** What narrows the list, apart from the status, which has buttons of its own; each to be taken off by itself. */
export function filterWords({ trigger, createdAfter, createdBefore, executionId, associationVersion }: ExecutionFilter): FilterWord[] {
  const words: (FilterWord | null)[] = [
    trigger === null ? null : { key: 'trigger', label: triggerText(trigger) },
    createdAfter === null ? null : { key: 'after', label: `Since ${shortTime(createdAfter)}` },
    createdBefore === null ? null : { key: 'before', label: `Until ${shortTime(createdBefore)}` },
    associationVersion === null ? null : { key: 'version', label: `Version ${countText(associationVersion)}` },
    executionId === null ? null : { key: 'id', label: `Id ${executionId}` },
  ];
  return words.filter((word) => word !== null);
}

export const statusChoices = [
  { value: null, label: 'All' },
  ...ExecutionStatus.options.map((value) => ({ value, label: executionLooks[value].label })),
];
