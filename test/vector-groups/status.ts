import * as z from 'zod';
import type { StepResult } from '../../agent/protocol/status.ts';
import { PluginStatus } from '../../agent/protocol/status.ts';
import { mergeOfParts } from '../../agent/runner/parts.ts';
import { flowOf } from '../../agent/runner/plan.ts';
import { documentProgress, nextMove, type StepFlow, stepResult } from '../../agent/runner/progress.ts';
import type { ActionOutcome } from '../../agent/steps/action.ts';
import {
  countTargets,
  ExecutionStatus,
  executionStatus,
  overviewStatus,
  resourceCountByStatus,
  TargetStatus,
} from '../../electron/domain/execution.ts';
import { executionSummary } from '../../electron/domain/step.ts';
import { type Checked, vectorGroup } from './vector-group.ts';

const Platform = z.enum(['Linux', 'MacOS', 'Windows']);
const NO_FLOW: StepFlow = { onFailure: null, onSuccess: null, finallyStep: false };

const documentFromSteps = vectorGroup({
  name: 'documentFromSteps',
  row: z.object({ steps: z.array(PluginStatus), document: z.string() }),
  check: ({ steps, document }) => ({ expected: document, got: documentProgress(steps) }),
});

/** A part that says nothing is written as an empty text. */
const PartStatus = z.union([PluginStatus, z.literal('').transform(() => null)]);

const merged = vectorGroup({
  name: 'mergeOfParts',
  row: z.object({ parts: z.array(PartStatus), merged: z.string() }),
  check: ({ parts, merged: expected }) => ({ expected, got: mergeOfParts(parts) ?? '' }),
});

const REMAINING = { run: 'continue', skip: 'skipped', 'wait-for-restart': 'paused until reboot', cancel: 'cancelled', finish: 'none' };

const stepFromExitCode = vectorGroup({
  name: 'stepFromExitCode',
  row: z.object({
    platform: Platform,
    exitCode: z.number(),
    timedOut: z.boolean().default(false),
    cancelRequested: z.boolean().default(false),
    agentShutdown: z.boolean().default(false),
    stepStatus: z.string(),
    remainingSteps: z.string(),
  }),
  check({ platform, exitCode, timedOut, cancelRequested, agentShutdown, stepStatus, remainingSteps }) {
    const outcome: ActionOutcome = timedOut ? { kind: 'timed-out', afterSeconds: 60, exitCode } : { kind: 'exited', exitCode };
    const asked = { cancelReason: cancelRequested ? 'asked to' : null, isAgentStopping: agentShutdown };
    const result = stepResult({ platform, flow: NO_FLOW, outcome, elapsedSeconds: 1, ...asked });
    const steps = ['first', 'second'].map((name) => ({ name, flow: NO_FLOW }));
    const move = nextMove({ steps, results: result === null ? [] : [result], cancelReason: null });
    return {
      expected: { stepStatus, remainingSteps },
      got: { stepStatus: result?.status ?? 'interrupted', remainingSteps: REMAINING[move.do] },
    };
  },
});

const PlayedStep = z.object({
  result: PluginStatus,
  exitCode: z.number().optional(),
  onFailure: z.unknown().optional(),
  onSuccess: z.unknown().optional(),
  finallyStep: z.unknown().optional(),
});

/** How a step ends that is to end so. */
function played({ result, exitCode }: z.output<typeof PlayedStep>, flow: StepFlow): StepResult {
  switch (result) {
    case 'Skipped':
      return { status: 'Skipped', because: 'of the platform' };
    case 'Cancelled':
      return { status: 'Cancelled', reason: 'asked to' };
    case 'TimedOut':
      return resultOf({ kind: 'timed-out', afterSeconds: 1, exitCode: exitCode ?? 137 }, flow);
    case 'SuccessAndReboot':
    case 'PassedAndReboot':
      return resultOf({ kind: 'exited', exitCode: exitCode ?? 194 }, flow);
    case 'Success':
      return resultOf({ kind: 'exited', exitCode: exitCode ?? 0 }, flow);
    case 'Failed':
    case 'NotStarted':
    case 'InProgress':
      return resultOf({ kind: 'exited', exitCode: exitCode ?? 1 }, flow);
  }
}

function resultOf(outcome: ActionOutcome, flow: StepFlow): StepResult {
  const result = stepResult({ platform: 'Linux', flow, outcome, elapsedSeconds: 0, cancelReason: null, isAgentStopping: false });
  if (result === null) throw new Error('The step was interrupted, and will run again.');
  return result;
}

/** Every step ends as the row says, in the order in which the runner comes to it. */
function playedDocument(steps: readonly z.output<typeof PlayedStep>[]): { stepStatuses: string[]; document: string } {
  const planned = steps.map((step, position) => ({ name: `step${position}`, flow: flowOf({ ...step }) }));
  const results: StepResult[] = [];
  for (;;) {
    const move = nextMove({ steps: planned, results, cancelReason: null });
    const stepStatuses = planned.map((_, position) => results[position]?.status ?? 'NotStarted');
    switch (move.do) {
      case 'finish':
        return { stepStatuses, document: move.status };
      case 'wait-for-restart':
        return { stepStatuses, document: documentProgress(stepStatuses) };
      case 'skip':
        results.push({ status: 'Skipped', because: move.because });
        break;
      case 'cancel':
        results.push({ status: 'Cancelled', reason: move.reason });
        break;
      case 'run': {
        const step = steps[move.stepIndex];
        const flow = planned[move.stepIndex]?.flow;
        if (step === undefined || flow === undefined) throw new Error(`There is no step ${move.stepIndex}.`);
        results.push(played(step, flow));
      }
    }
  }
}

const controlFlow = vectorGroup({
  name: 'controlFlow',
  row: z.object({ steps: z.array(PlayedStep), stepStatuses: z.array(z.string()), document: z.string() }),
  check: ({ steps, stepStatuses, document }) => ({ expected: { stepStatuses, document }, got: playedDocument(steps) }),
});

const executionFromTargets = vectorGroup({
  name: 'executionFromTargets',
  row: z.object({ targets: z.array(TargetStatus), execution: z.string().nullable(), resourceCountByStatus: z.string().optional() }),
  check({ targets, execution, resourceCountByStatus: count }): Checked {
    const counts = countTargets(targets);
    const isCounted = count !== undefined;
    return {
      expected: { execution, ...(isCounted ? { count } : {}) },
      // Zero matching nodes open no execution at all (spec.md 6.7).
      got: {
        execution: targets.length === 0 ? null : executionStatus(counts),
        ...(isCounted ? { count: resourceCountByStatus(counts) } : {}),
      },
    };
  },
});

const overviewFromExecutions = vectorGroup({
  name: 'overviewFromExecutions',
  row: z.object({ executionsNewestFirst: z.array(ExecutionStatus), overview: z.string() }),
  check: ({ executionsNewestFirst, overview }) => ({ expected: overview, got: overviewStatus(executionsNewestFirst) }),
});

const executionSummaryText = vectorGroup({
  name: 'executionSummaryText',
  row: z.object({ steps: z.array(PluginStatus), totalSteps: z.number(), summaryPrefix: z.string() }),
  check({ steps, totalSteps, summaryPrefix }) {
    const all = Array.from({ length: totalSteps }, (_, position) => ({
      name: `step${position}`,
      status: steps[position] ?? ('NotStarted' as const),
      problem: null,
    }));
    return { expected: summaryPrefix, got: executionSummary(all).slice(0, summaryPrefix.length) };
  },
});

export const statusGroups = [
  documentFromSteps,
  merged,
  stepFromExitCode,
  controlFlow,
  executionFromTargets,
  overviewFromExecutions,
  executionSummaryText,
];
