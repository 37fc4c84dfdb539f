import type { DispatchContext } from './operations/dispatch-execution.ts';
import { delayAllTargets, expireDeadlines } from './operations/expire-deadlines.ts';
import type { ChangeBroadcast } from './ports/change-feed.ts';

/** One timer, on the first moment at which a run has to be given up; armed again whenever runs or nodes change. */
export function startDeadlines(context: DispatchContext, changes: ChangeBroadcast): { stop(): void } {
  let armedFor: number | null = null;
  let cancel: () => void = () => undefined;

  function arm(): void {
    const earliest = context.stores.executions.earliestDeadline();
    if ((earliest?.getTime() ?? null) === armedFor) return;
    cancel();
    cancel = () => undefined;
    armedFor = earliest?.getTime() ?? null;
    if (earliest === null) return;
    cancel = context.clock.wakeAt(earliest, () => {
      armedFor = null;
      try {
        expireDeadlines(context);
      } catch (cause) {
        // The disk may refuse now; what is overdue is still overdue at the next change.
        context.log.error('deadlines-not-kept', cause);
        return;
      }
      arm();
    });
  }

  delayAllTargets(context);
  const stopListening = changes.listen((change) => {
    // A node that goes away is what gives its targets one: said once for all of them.
    if (change.kind === 'execution' || change.kind === 'node') arm();
  });
  arm();
  return {
    stop() {
      stopListening();
      cancel();
    },
  };
}
