import * as z from 'zod';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { ApplyMode } from '../../agent/protocol/run-order.ts';
import type { ComplianceItem } from './compliance.ts';
import { ASSOCIATION_TYPE, associationOf, ComplianceType } from './compliance.ts';

/** Items that no run of an association makes compliant, and who can. */
export const LeftItems = z.object({ complianceType: ComplianceType, items: z.number(), because: z.string() });
export type LeftItems = z.infer<typeof LeftItems>;

/** What has to run where for non-compliant items to become compliant. */
export type Remediation = { runs: Map<AssociationId, Set<NodeId>>; left: LeftItems[] };

const many = (items: number): string => (items === 1 ? '1 item' : `${items} items`);

function whoCan(complianceType: ComplianceType, items: number): string {
  switch (complianceType) {
    case ASSOCIATION_TYPE:
      return `${many(items)} of associations that are not there any more: they go with the next run.`;
    case 'Patch':
      return `${many(items)} of type Patch: install the patches on the machine, then let the tool that put the items put them again.`;
    default:
      return `${many(items)} of type ${complianceType}: mend the cause on the machine, then put the items again, by hand or by the tool that puts them.`;
  }
}

/**
 * Applying an association again on exactly the nodes where it failed is what can make its items compliant; items that somebody put
 * are left to whoever puts them.
 */
export function remediationOf(
  items: Iterable<Pick<ComplianceItem, 'nodeId' | 'complianceType' | 'itemId' | 'status'>>,
  isThere: (associationId: AssociationId) => boolean,
): Remediation {
  const runs: Remediation['runs'] = new Map();
  const left = new Map<ComplianceType, number>();
  for (const item of items) {
    if (item.status === 'COMPLIANT') continue;
    const associationId = associationOf(item);
    if (associationId === null || !isThere(associationId)) {
      left.set(item.complianceType, (left.get(item.complianceType) ?? 0) + 1);
    } else {
      const nodes = runs.get(associationId);
      if (nodes === undefined) runs.set(associationId, new Set([item.nodeId]));
      else nodes.add(item.nodeId);
    }
  }
  return {
    runs,
    left: [...left].map(([complianceType, count]) => ({ complianceType, items: count, because: whoCan(complianceType, count) })),
  };
}

/** One association of a remediation, as people see it. */
export const RemediationRun = z.object({
  associationId: AssociationId,
  title: z.string(),
  nodes: z.number(),
  online: z.number(),
  /** A run does not change the items of a MANUAL association by itself. */
  isManual: z.boolean(),
  /** A run in Audit mode looks again, and mends nothing. */
  mode: ApplyMode,
});
export type RemediationRun = z.infer<typeof RemediationRun>;
