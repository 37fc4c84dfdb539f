import { join } from 'node:path';
import type { PlatformType } from '../platform/facts.ts';
import type { PluginStatus } from '../protocol/status.ts';
import type { ActionContext, ActionOutcome } from '../steps/action.ts';
import { endsTheRest, stepResult } from './progress.ts';

export type RunPart = (context: ActionContext) => Promise<ActionOutcome>;

/** The weakest first: of two parts the one that stands later speaks for both, unlike between the steps of a document (spec.md 6.6). */
const STRENGTH: readonly PluginStatus[] = [
  'Skipped',
  'Success',
  'SuccessAndReboot',
  'PassedAndReboot',
  'NotStarted',
  'InProgress',
  'Failed',
  'Cancelled',
  'TimedOut',
];

/** What the parts of one step come to together; null for a part that says nothing, and for none at all. */
export function mergeOfParts(parts: readonly (PluginStatus | null)[]): PluginStatus | null {
  return parts.reduce<PluginStatus | null>((merged, part) => {
    if (merged === null || part === null) return merged ?? part;
    return STRENGTH.indexOf(part) > STRENGTH.indexOf(merged) ? part : merged;
  }, null);
}

const NO_FLOW = { onFailure: null, onSuccess: null, finallyStep: false };

/** What the outcome alone makes of a step; a part that was stopped counts as cancelled, for its step then is. */
function statusOf(outcome: ActionOutcome, platform: PlatformType): PluginStatus {
  const result = stepResult({ platform, flow: NO_FLOW, outcome, elapsedSeconds: 0, cancelReason: null, isAgentStopping: false });
  return result?.status ?? 'Cancelled';
}

/**
 * Runs the parts of one step one after the other, each in a folder of its own, and answers with the outcome that speaks for all. A
 * part that fails does not keep the next from running; one that asks for a restart, ends the document or was stopped does.
 */
export function runParts(parts: readonly RunPart[], platform: PlatformType): RunPart {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return async (context) => {
    const outcomes: { outcome: ActionOutcome; status: PluginStatus }[] = [];
    for (const [position, run] of parts.entries()) {
      const outcome = await run({ ...context, stepFolder: join(context.stepFolder, String(position)) });
      outcomes.push({ outcome, status: statusOf(outcome, platform) });
      if (context.signal.aborted || outcome.kind === 'stopped' || endsTheRest(outcome, platform)) break;
    }
    const merged = mergeOfParts(outcomes.map(({ status }) => status));
    const speaking = outcomes.findLast(({ status }) => status === merged);
    if (speaking === undefined) throw new Error('A step without parts has no outcome.');
    return speaking.outcome;
  };
}
