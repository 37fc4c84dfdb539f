import type { DocumentContent } from '../../../agent/document/document.ts';
import type { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Exclusion } from '../../domain/application.ts';
import type { AssociationDraft } from '../../domain/association.ts';
import { associationTitle } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { InventoryAssociation } from '../../domain/inventory-rule.ts';
import { collectsInventory, decideInventory } from '../../domain/inventory-rule.ts';
import type { TargetedAssociation } from '../../domain/membership.ts';
import type { Context } from './context.ts';

type InventoryContext = Pick<Context, 'index' | 'library'>;

type Runs = Pick<AssociationDraft, 'documentName' | 'documentVersion'>;
type IsInventory = (association: Runs) => boolean;

/** Whether the association's document collects inventory; one that is not to be had collects nothing. */
function isInventory({ library }: Pick<Context, 'library'>, { documentName, documentVersion }: Runs): boolean {
  try {
    return collectsInventory(library.find(documentName, documentVersion).content);
  } catch (cause) {
    if (cause instanceof Fault) return false;
    throw cause;
  }
}

/** The same, asked once for each document: a node has many associations, and a run many nodes. */
function askedOnce(context: Pick<Context, 'library'>): IsInventory {
  const known = new Map<string, boolean>();
  return (runs) => {
    const key = `${runs.documentName} ${runs.documentVersion}`;
    const answer = known.get(key) ?? isInventory(context, runs);
    known.set(key, answer);
    return answer;
  };
}

function ofInventory(collects: IsInventory, associations: readonly TargetedAssociation[]): InventoryAssociation[] {
  return associations
    .filter(({ association }) => collects(association))
    .map(({ association, targets }) => ({ associationId: association.associationId, title: associationTitle(association), targets }));
}

export const inventoryAssociations = (context: InventoryContext): InventoryAssociation[] =>
  ofInventory(askedOnce(context), context.index.associations());

/** Why a node is left out of an inventory association that matches it: one such association per node (spec.md 3). */
export function inventoryExclusion(
  context: InventoryContext,
  { associationId }: { associationId: AssociationId | null },
  document: DocumentContent | null,
): (nodeId: NodeId) => Exclusion | null {
  if (associationId === null || document === null || !collectsInventory(document)) return () => null;
  const collects = askedOnce(context);
  return (nodeId) => {
    const matching = ofInventory(collects, context.index.applyingTo(nodeId));
    const running = matching.find((each) => each.associationId === associationId);
    const decision = running === undefined ? null : decideInventory(running, matching);
    switch (decision?.kind) {
      case 'skip':
        return { kind: 'skip', because: decision.because };
      case 'fail':
        return { kind: 'fail', errorCode: 'InvalidAssociation', message: decision.message };
      case 'run':
      case undefined:
        return null;
    }
  };
}
