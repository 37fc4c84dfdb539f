import type { PlatformType } from '../platform/facts.ts';
import { Failure } from '../protocol/failures.ts';
import type { ExecutionId } from '../protocol/ids.ts';
import type { StepResult } from '../protocol/status.ts';
import type { AgentStore } from '../storage/agent-store.ts';
import type { JournaledStep } from '../storage/journal.ts';
import { Occurrence } from './occurrence.ts';
import { readOrder } from './order-check.ts';
import { planOccurrence } from './plan.ts';

export type Restored = { readonly ok: true; readonly occurrence: Occurrence } | { readonly ok: false; readonly failure: Failure };

/** An occurrence from the journal, as far as it had come: steps that are over stay so, an interrupted one runs again from its start. */
export function restoreOccurrence(store: AgentStore, executionId: ExecutionId, platform: PlatformType): Restored {
  const read = readOrder(store.journal.orderText(executionId) ?? '');
  if (!read.ok) return { ok: false, failure: new Failure('E-ORDER-INVALID', { problem: read.problem }) };
  const planned = planOccurrence(read.order, platform);
  if (!planned.ok) return planned;
  const { results, attempt } = progressOf(store.journal.steps(executionId));
  const resumes = store.journal.find(executionId)?.resumes ?? 0;
  return { ok: true, occurrence: new Occurrence({ order: read.order, plan: planned.plan, resumes, results, attempt }) };
}

function progressOf(steps: readonly JournaledStep[]): { results: StepResult[]; attempt: number } {
  const results: StepResult[] = [];
  for (const { finished, attempt } of steps) {
    if (finished === null || finished.result.status === 'SuccessAndReboot') return { results, attempt: attempt + 1 };
    results.push(finished.result);
  }
  return { results, attempt: 1 };
}
