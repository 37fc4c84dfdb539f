import type { Association, AssociationDraft } from '../../domain/association.ts';
import { draftOf } from '../../domain/association.ts';
import { NO_TARGETS } from '../../domain/execution.ts';
import type { StoredAssociationVersion } from '../store/association-store.ts';
import { membersOf, targetMembers } from './association-members.ts';
import { filled, present } from './members.ts';

function overviewMembers({ overview }: Pick<Association, 'overview'>) {
  const counted = Object.entries(overview.counts).filter(([, count]) => count > 0);
  return present({
    Status: overview.status,
    DetailedStatus: overview.detailedStatus,
    AssociationStatusAggregatedCount: filled(Object.fromEntries(counted)),
  });
}

/** AssociationDescription: the settings of one version, and how the association stands now (spec.md 1.4). */
export const descriptionOf = (association: Association, settings: AssociationDraft, associationVersion: number) =>
  present({
    ...membersOf(settings),
    AssociationId: association.associationId,
    AssociationVersion: String(associationVersion),
    Date: association.createdAt,
    LastUpdateAssociationDate: association.lastUpdatedAt,
    LastExecutionDate: association.lastExecutionAt,
    LastSuccessfulExecutionDate: association.lastSuccessfulExecutionAt,
    Overview: overviewMembers(association),
  });

export const newestDescription = (association: Association) =>
  descriptionOf(association, draftOf(association), association.associationVersion);

/** What CreateAssociation answers: the association before anything became of it. */
export const createdDescription = (association: Association) =>
  newestDescription({
    ...association,
    overview: { status: 'Pending', detailedStatus: 'Creating', counts: { ...NO_TARGETS } },
    lastExecutionAt: null,
    lastSuccessfulExecutionAt: null,
  });

/** Association, as ListAssociations has it. */
export const summaryOf = (association: Association) =>
  present({
    Name: association.documentName,
    InstanceId: association.instanceId,
    AssociationId: association.associationId,
    AssociationVersion: String(association.associationVersion),
    DocumentVersion: association.documentVersion,
    Targets: targetMembers(association),
    LastExecutionDate: association.lastExecutionAt,
    Overview: overviewMembers(association),
    ScheduleExpression: association.scheduleExpression,
    AssociationName: association.associationName,
    ScheduleOffset: association.scheduleOffset,
    Duration: association.duration,
  });

/** AssociationVersionInfo. */
export function versionInfo(associationId: Association['associationId'], version: StoredAssociationVersion) {
  const { InstanceId: _ofTheAssociation, AlarmConfiguration: _notInThisShape, ...settings } = membersOf(version.draft);
  return {
    AssociationId: associationId,
    AssociationVersion: String(version.associationVersion),
    CreatedDate: version.createdAt,
    ...settings,
  };
}
