import type { Placeholders, Statements } from './statement.ts';

type Cut = { before: Date; most: number };

/** Numbers grow with time, so only the first ones are looked at: a history in which nothing is old costs nothing. */
export function complianceForgetting(statements: Statements) {
  const changes = statements.command((db, p: Placeholders<Cut>) =>
    db.deleteFrom('complianceChange').where('changeNumber', 'in', (eb) =>
      eb
        .selectFrom(db.selectFrom('complianceChange').select(['changeNumber', 'at']).orderBy('changeNumber').limit(p.most).as('first'))
        .select('first.changeNumber')
        .where('first.at', '<', p.before),
    ),
  );
  const transitions = statements.command((db, p: Placeholders<Cut>) =>
    db.deleteFrom('complianceTransition').where('transitionNumber', 'in', (eb) =>
      eb
        .selectFrom(
          db.selectFrom('complianceTransition').select(['transitionNumber', 'at']).orderBy('transitionNumber').limit(p.most).as('first'),
        )
        .select('first.transitionNumber')
        .where('first.at', '<', p.before),
    ),
  );
  return {
    /** At most so many of the oldest changes and transitions before then; answers how many that were. */
    forgetHistory: (before: Date, most: number): number => changes.run({ before, most }) + transitions.run({ before, most }),
  };
}
