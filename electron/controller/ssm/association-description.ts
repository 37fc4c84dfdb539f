import type { Association } from '../../domain/association.ts';
import { draftOf } from '../../domain/association.ts';
import { NO_TARGETS } from '../../domain/execution.ts';
import type { Context } from '../operations/context.ts';
import type { StoredAssociationVersion } from '../store/association-store.ts';
import { EVERY_EXECUTION } from '../store/execution-listing.ts';
import { alarmStates, membersOf, targetMembers } from './association-members.ts';
import { filled, present } from './members.ts';

function overviewMembers({ overview }: Pick<Association, 'overview'>) {
  const counted = Object.entries(overview.counts).filter(([, count]) => count > 0);
  return present({
    Status: overview.status,
    DetailedStatus: overview.detailedStatus,
    AssociationStatusAggregatedCount: filled(Object.fromEntries(counted)),
  });
}

type VersionSettings = Pick<StoredAssociationVersion, 'draft' | 'associationVersion'>;
type Stored = Pick<Context, 'stores'>;

/** Status, which legacy associations alone have: what was said of one last, else that it is there. */
function statusMembers({ stores }: Stored, { associationId, instanceId, documentName, createdAt }: Association) {
  if (instanceId === null) return undefined;
  const said = stores.legacyStatuses.find(associationId);
  return said === null
    ? { Date: createdAt, Name: 'Associated', Message: `Associated with ${documentName}` }
    : present({ Date: said.date, Name: said.name, Message: said.message, AdditionalInfo: said.additionalInfo });
}

/** Those that held targets of the newest execution back. */
function triggeredAlarms({ stores }: Stored, { associationId, alarmConfiguration }: Association) {
  const [newest] = alarmConfiguration === null ? [] : stores.executions.executionsOf(associationId, EVERY_EXECUTION, 1);
  return newest === undefined ? undefined : filled(alarmStates(newest.triggeredAlarms));
}

/** AssociationDescription: the settings of one version, and how the association stands now (spec.md 1.4). */
export const descriptionOf = (context: Stored, association: Association, version: VersionSettings) =>
  present({
    ...membersOf(version.draft),
    AssociationId: association.associationId,
    AssociationVersion: String(version.associationVersion),
    Date: association.createdAt,
    LastUpdateAssociationDate: association.lastUpdatedAt,
    LastExecutionDate: association.lastExecutionAt,
    LastSuccessfulExecutionDate: association.lastSuccessfulExecutionAt,
    Status: statusMembers(context, association),
    TriggeredAlarms: triggeredAlarms(context, association),
    Overview: overviewMembers(association),
  });

export const newestDescription = (context: Stored, association: Association) =>
  descriptionOf(context, association, { draft: draftOf(association), associationVersion: association.associationVersion });

/** What CreateAssociation answers: the association before anything became of it. */
export const createdDescription = (context: Stored, association: Association) =>
  newestDescription(context, {
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
