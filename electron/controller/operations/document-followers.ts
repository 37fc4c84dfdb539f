import { startExecution } from './start-execution.ts';

export type FollowerContext = Parameters<typeof startExecution>[0];

/** Associations that follow the document by `$DEFAULT` or `$LATEST` run at once when what they follow moves (spec.md 1.5). */
export function runFollowers(context: FollowerContext, name: string, choice: '$DEFAULT' | '$LATEST'): void {
  for (const { association } of context.index.associations()) {
    const follows = association.documentName === name && association.documentVersion === choice && !association.applyOnlyAtCronInterval;
    const current = follows ? context.stores.associations.find(association.associationId) : null;
    if (current !== null) startExecution(context, { association: current, trigger: 'DocumentChanged', fireAt: null, onlyNodes: null });
  }
}
