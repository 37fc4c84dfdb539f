import { NodeId } from '../../../agent/protocol/ids.ts';
import { associationTitle } from '../../domain/association.ts';
import { associationOf } from '../../domain/compliance.ts';
import type { ComplianceUpload, FindAssociation, SizeProblem } from '../../domain/compliance-upload.ts';
import { contentProblem, findingsOf, MANAGED_INSTANCE, sizeProblem, summaryOf, uploadMoves } from '../../domain/compliance-upload.ts';
import { Fault } from '../../domain/faults.ts';
import { isSelected } from '../../domain/target.ts';
import type { StoredNode } from '../store/node-store.ts';
import type { Context } from './context.ts';

type PutContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'index'>;

/** The node that a request about compliance names, by members that differ from one operation to the other. */
export function complianceNode(
  { stores }: Pick<Context, 'stores'>,
  { ResourceId, ResourceType }: Pick<ComplianceUpload, 'ResourceId' | 'ResourceType'>,
  members: { id: string; type: string },
): StoredNode {
  if (ResourceType !== MANAGED_INSTANCE) {
    throw new Fault('InvalidResourceType', { resourceType: ResourceType }, { places: [{ field: members.type }] });
  }
  const nodeId = NodeId.safeParse(ResourceId);
  const node = nodeId.success ? stores.nodes.find(nodeId.data) : null;
  if (node === null) throw new Fault('InvalidResourceId', { resourceId: ResourceId }, { places: [{ field: members.id }] });
  return node;
}

/** Associations by the id of an item, each looked up once. */
function associationFinder({ stores, index }: PutContext, node: StoredNode): FindAssociation {
  const known = new Map<string, ReturnType<FindAssociation>>();
  return (itemId) => {
    const before = known.get(itemId);
    if (before !== undefined) return before;
    const associationId = associationOf({ complianceType: 'Association', itemId });
    const association = associationId === null ? null : stores.associations.find(associationId);
    const { complianceSeverity, syncCompliance } = association ?? {};
    const found =
      association === null || complianceSeverity === undefined || syncCompliance === undefined
        ? null
        : {
            title: associationTitle(association),
            complianceSeverity,
            syncCompliance,
            applies: isSelected(index.targetsOf(association).selection, node),
          };
    known.set(itemId, found);
    return found;
  };
}

function tooBig(complianceType: string, problem: SizeProblem): Fault {
  switch (problem.code) {
    case 'ItemSizeLimitExceededException':
      return new Fault(problem.code, { complianceType, ...problem }, { places: [{ field: 'Items' }] });
    case 'TotalSizeLimitExceededException':
      return new Fault(problem.code, problem, { places: [{ field: 'Items' }] });
    case 'ComplianceTypeCountLimitExceededException':
      return new Fault(problem.code, problem, { places: [{ field: 'ComplianceType' }] });
  }
}

/**
 * Stores what a tool or a person says of one type on one node (spec.md 7.2). `ignored` when the hash says that it is what is stored
 * already. Throws a Fault that points at what is wrong, and has stored nothing then.
 */
export function putComplianceItems(context: PutContext, upload: ComplianceUpload): { ignored: boolean } {
  const { ComplianceType: complianceType, ItemContentHash: contentHash = null } = upload;
  const node = complianceNode(context, upload, { id: 'ResourceId', type: 'ResourceType' });
  const { nodeId } = node;
  const { compliance } = context.stores;
  if (contentHash !== null && compliance.resource(nodeId, complianceType)?.contentHash === contentHash) return { ignored: true };
  const find = associationFinder(context, node);
  const problem = contentProblem(upload, find);
  if (problem !== null) throw new Fault('InvalidItemContentException', problem, { places: [{ field: problem.field }] });
  const summary = summaryOf(upload);
  const touched = context.transaction(() => {
    const moves = uploadMoves(compliance.ofType(nodeId, complianceType), findingsOf(upload, nodeId, find), upload.UploadType);
    const stored = new Map(compliance.resourcesOfNode(nodeId).map((resource) => [resource.complianceType, resource.bytes]));
    const size = sizeProblem(complianceType, moves, stored);
    if (size !== null) throw tooBig(complianceType, size);
    const at = context.clock.now();
    compliance.apply({ nodeId, complianceType, moves, because: 'Put', at, executionId: summary.executionId, summary, contentHash });
    return moves.map(({ before, after }) => associationOf({ complianceType, itemId: after?.itemId ?? before?.itemId ?? '' }));
  });
  for (const associationId of new Set([null, ...touched])) context.changes.publish({ kind: 'compliance', nodeId, associationId });
  return { ignored: false };
}
