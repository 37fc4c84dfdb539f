import * as z from 'zod';
import type { Association } from '../../domain/association.ts';
import { lastHeardAt, shownSummary } from '../../domain/execution.ts';
import type { TargetedAssociation } from '../../domain/membership.ts';
import type { Context } from '../operations/context.ts';
import { effectiveAssociations, effectiveDocument } from '../operations/effective-associations.ts';
import type { LatestTarget } from '../store/target-records.ts';
import { namedNode } from './association-choice.ts';
import { present } from './members.ts';
import { operation } from './operation.ts';
import type { Page, Pager } from './paging.ts';
import { paged, pageOf, pagerFor } from './paging.ts';

const InstanceId = z.string().min(1);

/** In the order in which they are applied. Where the page before ended with one that went meanwhile, the list begins again. */
function effectivePage(context: Context, pager: Pager, instanceId: string): Page<TargetedAssociation> {
  const all = effectiveAssociations(context, namedNode(context, instanceId));
  const position = pager.after === null ? -1 : all.findIndex(({ association }) => association.associationId === pager.after);
  return pageOf(pager, all.slice(position + 1, position + pager.limit + 2), ({ association }) => association.associationId);
}

/** Every association that applies to the node, with the text of what it runs. */
export const describeEffectiveInstanceAssociations = operation(z.strictObject({ InstanceId, ...paged(5) }), (context, request) => {
  const pager = pagerFor(context, 'DescribeEffectiveInstanceAssociations', request);
  const { rows, ...rest } = effectivePage(context, pager, request.InstanceId);
  const Associations = rows.map(({ association }) => ({
    AssociationId: association.associationId,
    InstanceId: request.InstanceId,
    Content: effectiveDocument(context, association).content,
    AssociationVersion: String(association.associationVersion),
  }));
  return { Associations, ...rest };
});

/** The folder of a run in the store that its association names. */
function outputUrl({ stores }: Context, { executionId, nodeId }: LatestTarget) {
  const url = stores.outputCopies.find(executionId, nodeId)?.outputUrl ?? null;
  return url === null ? undefined : { S3OutputUrl: { OutputUrl: url } };
}

const statusMembers = (context: Context, association: Association, latest: LatestTarget | undefined) =>
  present({
    AssociationId: association.associationId,
    Name: association.documentName,
    DocumentVersion: association.documentVersion,
    AssociationVersion: String(latest?.associationVersion ?? association.associationVersion),
    ExecutionDate: latest === undefined ? undefined : lastHeardAt(latest),
    Status: latest?.status ?? 'Pending',
    DetailedStatus: latest?.detailedStatus ?? 'Associated',
    ExecutionSummary: shownSummary(latest ?? { status: 'Pending', executionSummary: '' }) || undefined,
    ErrorCode: latest?.errorCode,
    OutputUrl: latest === undefined ? undefined : outputUrl(context, latest),
    AssociationName: association.associationName,
  });

/** How each association that applies to the node went there last. */
export const describeInstanceAssociationsStatus = operation(z.strictObject({ InstanceId, ...paged() }), (context, request) => {
  const pager = pagerFor(context, 'DescribeInstanceAssociationsStatus', request);
  const { rows, ...rest } = effectivePage(context, pager, request.InstanceId);
  const nodeId = namedNode(context, request.InstanceId);
  const latest = new Map(context.stores.executions.latestTargetsOfNode(nodeId).map((target) => [target.associationId, target]));
  const infos = rows.map(({ association }) => ({
    ...statusMembers(context, association, latest.get(association.associationId)),
    InstanceId: request.InstanceId,
  }));
  return { InstanceAssociationStatusInfos: infos, ...rest };
});
