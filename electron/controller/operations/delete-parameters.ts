import type { Context } from './context.ts';

/** DeleteParameters: those that were there are gone with their history; what still refers to one fails at its next run, by name. */
export function deleteParameters(
  { stores, transaction, changes, log }: Pick<Context, 'stores' | 'transaction' | 'changes' | 'log'>,
  names: readonly string[],
): { deleted: string[]; invalid: string[] } {
  const unique = [...new Set(names)];
  const deleted = transaction(() => unique.filter((name) => stores.parameters.delete(name)));
  for (const name of deleted) {
    log.info('parameter-deleted', { name });
    changes.publish({ kind: 'parameter', name });
  }
  return { deleted, invalid: unique.filter((name) => !deleted.includes(name)) };
}
