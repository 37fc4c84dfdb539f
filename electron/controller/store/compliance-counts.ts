import * as z from 'zod';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import { ASSOCIATION_TYPE, ComplianceStatus, ComplianceType, ItemSeverity } from '../../domain/compliance.ts';
import { InstantColumn, TotalRow } from './column.ts';
import { SeverityOfRank } from './compliance-rows.ts';
import type { Placeholders, Statements } from './statement.ts';

const CountRow = z.object({ compliant: z.number(), nonCompliant: z.number() });
const NonCompliantRow = z.object({
  associationId: AssociationId,
  title: z.string(),
  severity: SeverityOfRank,
  nodes: z.number(),
  since: InstantColumn,
});
const StandingRow = z.object({
  complianceType: ComplianceType,
  status: ComplianceStatus,
  overallSeverity: ItemSeverity,
  nodes: z.number(),
});

const NonCompliantTypeRow = z.object({ complianceType: ComplianceType, severity: SeverityOfRank, nodes: z.number(), since: InstantColumn });

export type NonCompliantAssociation = z.output<typeof NonCompliantRow>;
/** How many nodes stand so with a type. */
export type TypeStanding = z.output<typeof StandingRow>;

type OfAssociation = { associationId: AssociationId };

export function complianceCounts(statements: Statements) {
  const ofAssociation = statements.query(CountRow, (db, p: Placeholders<OfAssociation>) =>
    db
      .selectFrom('complianceSubject')
      .select(['compliant', 'nonCompliant'])
      .where('complianceType', '=', ASSOCIATION_TYPE)
      .where('itemId', '=', p.associationId),
  );
  const nodesIn = (status: ComplianceStatus | null) =>
    statements.query(TotalRow, (db) =>
      db
        .selectFrom('complianceResource')
        .select((eb) => eb.fn.count<number>('nodeId').distinct().as('total'))
        .$if(status !== null, (query) => query.where('status', '=', status)),
    );
  const [known, nonCompliantNodes] = [nodesIn(null), nodesIn('NON_COMPLIANT')];
  const standings = statements.query(StandingRow, (db) =>
    db
      .selectFrom('complianceResource')
      .select((eb) => ['complianceType', 'status', 'overallSeverity', eb.fn.countAll<number>().as('nodes')])
      .groupBy(['complianceType', 'status', 'severityRank']),
  );
  return {
    countsOf(associationId: AssociationId): { compliant: number; nonCompliant: number } {
      return ofAssociation.get({ associationId }) ?? { compliant: 0, nonCompliant: 0 };
    },
    /** Nodes by their compliance with everything; a node without an item is in neither. */
    nodeCounts(): { compliantNodes: number; nonCompliantNodes: number } {
      const nonCompliant = nonCompliantNodes.get()?.total ?? 0;
      return { compliantNodes: (known.get()?.total ?? 0) - nonCompliant, nonCompliantNodes: nonCompliant };
    },
    /** How many nodes stand how with each type. */
    standings: (): TypeStanding[] => standings.all(),
  };
}

/** What is not complied with, the most severe first. */
export function complianceTroubles(statements: Statements) {
  const nonCompliant = statements.query(NonCompliantRow, (db) =>
    db
      .selectFrom('complianceSubject')
      .innerJoin('association', 'association.associationId', 'complianceSubject.itemId')
      .select(['association.associationId', 'association.title', 'severityRank as severity', 'nonCompliant as nodes', 'since'])
      .where('status', '=', 'NON_COMPLIANT')
      .where('complianceType', '=', ASSOCIATION_TYPE)
      .orderBy('severityRank')
      .orderBy('since')
      .orderBy('itemId'),
  );
  const nonCompliantTypes = statements.query(NonCompliantTypeRow, (db) =>
    db
      .selectFrom('complianceResource')
      .select((eb) => [
        'complianceType',
        eb.fn.min('severityRank').as('severity'),
        eb.fn.countAll<number>().as('nodes'),
        eb.fn.min('since').as('since'),
      ])
      .where('status', '=', 'NON_COMPLIANT')
      .where('complianceType', '<>', ASSOCIATION_TYPE)
      .groupBy('complianceType')
      .orderBy((eb) => eb.fn.min('severityRank'))
      .orderBy('complianceType'),
  );
  return {
    /** Types other than associations that a node does not comply with, the most severe first. */
    nonCompliantTypes: () => nonCompliantTypes.all(),
    /** The most severe first, then the longest standing. `since` is when the first of its nodes became non-compliant. */
    nonCompliantAssociations: (): NonCompliantAssociation[] => nonCompliant.all(),
  };
}
