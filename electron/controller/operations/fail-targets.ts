import type { RunFailure } from '../../domain/application.ts';
import type { ExecutionTarget } from '../../domain/execution.ts';
import { failedTarget } from '../../domain/execution.ts';
import type { Context } from './context.ts';
import { endTargets } from './end-targets.ts';

/** Targets whose slot had come and for which nothing can be sent: they fail before any step, with what is in the way. Call inside a transaction. */
export function failTargets(
  context: Pick<Context, 'stores' | 'clock' | 'changes' | 'index'>,
  started: readonly ExecutionTarget[],
  failure: RunFailure,
): void {
  const now = context.clock.now();
  endTargets(
    context,
    started.map((before) => ({ before, after: failedTarget(before, failure, now) })),
  );
}
