import type { Association } from '../../domain/association.ts';
import { associationsReferringTo } from '../../domain/parameter-uses.ts';
import type { Context } from './context.ts';
import { byTargetKind } from './serve-owed-runs.ts';
import { type StartContext, startExecution } from './start-execution.ts';

type UseContext = Pick<Context, 'stores' | 'parameterUses'>;

/** The associations whose runs would read something else once the next version of the parameter is put, in the order in which they start. */
export function referringAssociations(
  { stores, parameterUses }: UseContext,
  name: string,
  version: number = (stores.parameters.find(name)?.version ?? 0) + 1,
): Association[] {
  return associationsReferringTo(parameterUses.of(name), { name, version })
    .flatMap(({ associationId }) => stores.associations.find(associationId) ?? [])
    .sort((a, b) => byTargetKind({ association: a }, { association: b }) || (a.associationId < b.associationId ? -1 : 1));
}

/** What reads the version that was just put runs at once (spec.md 5.1, trigger 5). Call inside the transaction that put it. */
export function runReferrers(context: StartContext & UseContext, put: { name: string; version: number }): void {
  for (const association of referringAssociations(context, put.name, put.version)) {
    try {
      startExecution(context, { association, trigger: 'ParameterChanged', fireAt: null, onlyNodes: null });
    } catch (cause) {
      // One that cannot start keeps no other from it, and the value is put all the same.
      context.log.error('referrer-start-failed', cause, { associationId: association.associationId, parameter: put.name });
    }
  }
}
