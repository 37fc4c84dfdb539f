import type { DispatchContext } from './dispatch-execution.ts';
import { dispatchAssociation } from './dispatch-execution.ts';

/** What follows when an alarm is raised, cleared or forgotten: associations that name it look again whether their targets may start. */
export function alarmChanged(context: DispatchContext, name: string): void {
  const { stores, changes } = context;
  changes.publish({ kind: 'alarm', name });
  const running = new Set(stores.executions.unfinished().map(({ associationId }) => associationId));
  for (const associationId of running) {
    if (stores.associations.find(associationId)?.alarmConfiguration?.alarmName === name) dispatchAssociation(context, associationId);
  }
}
