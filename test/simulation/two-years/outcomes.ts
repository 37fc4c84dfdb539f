import { fractionOf } from './chance.ts';
import type { AssociationNumber, NodeNumber, RunOutcome, Settings, World } from './world.ts';

const HOUR = 3_600_000;

type Run = { node: NodeNumber; association: AssociationNumber };

/**
 * What each run comes to: by association, node, and the how many-th run of the one on the other it is. Runs of one association end at
 * few moments, so that many end together, and at other milliseconds than those of others.
 */
export function outcomesOf({ happenings }: World): (run: Run) => RunOutcome {
  const settings = new Map<AssociationNumber, Settings>();
  for (const happening of happenings) if (happening.kind === 'create') settings.set(happening.association, happening.settings);
  const runs = new Map<string, number>();
  return ({ association, node }) => {
    const key = `${association}/${node}`;
    const nth = (runs.get(key) ?? 0) + 1;
    runs.set(key, nth);
    const { failsPerMille = 0, hangsPerMille = 0, usualSeconds = 10 } = settings.get(association) ?? {};
    const dice = fractionOf(`${key}/${nth}`) * 1000;
    const odd = ((association * 37 + 13) % 1000) + 1;
    if (dice < hangsPerMille) return { status: 'Success', milliseconds: 3 * HOUR + odd };
    const length = (1 + Math.floor(fractionOf(`${key}/${nth}/length`) * 2)) * usualSeconds * 1000 + odd;
    if (dice > 1000 - failsPerMille) return { status: fractionOf(key) < 0.2 ? 'TimedOut' : 'Failed', milliseconds: length };
    return { status: 'Success', milliseconds: length };
  };
}
