import type { Association } from '../../domain/association.ts';
import type { Context } from './context.ts';
import { byTargetKind } from './serve-owed-runs.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

export type FollowerContext = StartContext;

/** The associations that follow a document by `$DEFAULT` or `$LATEST`, in the order in which they start. */
export function followersOf(
  { index, stores }: Pick<Context, 'index' | 'stores'>,
  name: string,
  choice: '$DEFAULT' | '$LATEST',
): Association[] {
  return index
    .associations()
    .filter(({ association }) => association.documentName === name && association.documentVersion === choice)
    .sort(byTargetKind)
    .flatMap(({ association }) => stores.associations.find(association.associationId) ?? []);
}

/** They run at once when what they follow moves (spec.md 1.5). */
export function runFollowers(context: FollowerContext, name: string, choice: '$DEFAULT' | '$LATEST'): void {
  for (const association of followersOf(context, name, choice)) {
    startExecution(context, { association, trigger: 'DocumentChanged', fireAt: null, onlyNodes: null });
  }
}
