import { v7 } from 'uuid';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import type { Change } from '../../api/changes.ts';
import type { Association, AssociationDraft } from '../../domain/association.ts';
import { isFeltByNodes } from '../../domain/association.ts';
import { nextRunOf } from '../../domain/association-check.ts';
import { NO_TARGETS } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import { nodesLeft } from './change-membership.ts';
import { checkedDraft } from './checked-draft.ts';
import type { Context } from './context.ts';
import { relabelCompliance } from './record-compliance.ts';
import { checkedTags } from './set-association-tags.ts';
import type { StartContext } from './start-execution.ts';
import { startExecution } from './start-execution.ts';

export type SaveContext = StartContext & Pick<Context, 'associationLimits'>;

export type AssociationEdit = { associationId: AssociationId; associationVersion: number };
type Id = { associationId: AssociationId };
export type SaveInput = { edit: AssociationEdit | null; draft: unknown; tags?: unknown; isSample?: boolean };

/** A document of another type is another association (spec.md 1.2, InvalidUpdate). One that is gone says nothing of its type. */
function refuseOtherType({ stores }: SaveContext, before: Association, draft: AssociationDraft): void {
  const typeOf = (name: string) => stores.documents.find(name)?.documentType;
  const [was, is] = [typeOf(before.documentName), typeOf(draft.documentName)];
  if (was === undefined || was === is) return;
  const problem = `“${before.documentName}” is a document of type ${was}, “${draft.documentName}” is one of type ${is}: an association cannot change from one to the other.`;
  throw new Fault('InvalidUpdate', { problem }, { places: [{ field: 'documentName' }] });
}

/** There is one legacy association of a document with a node at the most (spec.md 1.1). */
function refuseSecondPair({ stores }: SaveContext, { documentName, instanceId }: AssociationDraft, own: AssociationId): void {
  const other = instanceId === null ? null : stores.associations.legacyPair(documentName, instanceId);
  if (instanceId === null || other === null || other.associationId === own) return;
  throw new Fault('AssociationAlreadyExists', { name: documentName, nodeId: instanceId }, { places: [{ field: 'instanceId' }] });
}

type Saved = { before: Association | null; after: Association; left: readonly Change[] };

function created(context: SaveContext, draft: AssociationDraft, { associationId, ...input }: SaveInput & Id): Association {
  const limit = context.associationLimits.associations;
  if (context.stores.associations.count() >= limit) throw new Fault('AssociationLimitExceeded', { limit });
  refuseSecondPair(context, draft, associationId);
  const now = context.clock.now();
  const association: Association = {
    ...draft,
    associationId,
    associationVersion: 1,
    createdAt: now,
    lastUpdatedAt: now,
    scheduleAnchor: now,
    nextRunAt: nextRunOf(draft, now, now),
    lastFiredAt: null,
    lastExecutionAt: null,
    lastSuccessfulExecutionAt: null,
    overview: { status: 'Pending', detailedStatus: 'Associated', counts: { ...NO_TARGETS } },
    tags: checkedTags(input.tags === undefined ? [] : input.tags),
    isSample: input.isSample ?? false,
  };
  context.stores.associations.insert(association);
  return association;
}

/**
 * A rate counts from the run that a save makes (spec.md 2.1), so a save that makes none leaves the schedule as it is. The period of an
 * offset begins anew with any edit.
 */
function timingAfter(before: Association, draft: AssociationDraft, now: Date): Pick<Association, 'scheduleAnchor' | 'nextRunAt'> {
  const { scheduleAnchor, nextRunAt } = before;
  if (!isFeltByNodes(before, draft) && draft.scheduleOffset === null) return { scheduleAnchor, nextRunAt };
  return { scheduleAnchor: now, nextRunAt: nextRunOf(draft, now, now) };
}

function edited(context: SaveContext, draft: AssociationDraft, input: SaveInput & { edit: AssociationEdit }): Saved {
  const { edit, tags } = input;
  const before = context.stores.associations.find(edit.associationId);
  if (before === null) throw new Fault('AssociationDoesNotExist', { associationId: edit.associationId });
  if (before.associationVersion !== edit.associationVersion) {
    throw new Fault('InvalidAssociationVersion', { sent: edit.associationVersion, newest: before.associationVersion });
  }
  const limit = context.associationLimits.versionsPerAssociation;
  if (before.associationVersion >= limit) throw new Fault('AssociationVersionLimitExceeded', { limit });
  refuseOtherType(context, before, draft);
  refuseSecondPair(context, draft, edit.associationId);
  const now = context.clock.now();
  const after: Association = {
    ...before,
    ...draft,
    ...timingAfter(before, draft, now),
    associationVersion: before.associationVersion + 1,
    lastUpdatedAt: now,
    tags: tags === undefined ? before.tags : checkedTags(tags),
  };
  context.stores.associations.addVersion(after);
  relabelCompliance(context, before, after);
  const { leaves } = context.index.ifAssociation(after.associationId, draft);
  return { before, after, left: nodesLeft(context, { associationId: after.associationId, nodeIds: leaves }) };
}

function savedAndStarted(context: SaveContext, draft: AssociationDraft, input: SaveInput & Id): Saved {
  const saved =
    input.edit === null
      ? { before: null, after: created(context, draft, input), left: [] }
      : edited(context, draft, { ...input, edit: input.edit });
  const { before, after } = saved;
  context.index.associationChanged(input.associationId);
  // With ApplyOnlyAtCronInterval the gate has it wait, so that there is one place that decides it.
  if (isFeltByNodes(before, draft)) {
    startExecution(context, { association: after, trigger: before === null ? 'Created' : 'Edited', fireAt: null, onlyNodes: null });
  }
  return saved;
}

/**
 * Creates an association, or makes the next version of one: every setting is replaced by the draft's (spec.md 1.3). It runs at once
 * when nodes can feel the change and the association does not wait for its interval; that is one commit with the save, so that a kill
 * loses no run. Throws a Fault that points at the fields.
 */
export function saveAssociation(context: SaveContext, input: SaveInput): Association {
  const draft = checkedDraft(context, input.draft, input.edit?.associationId ?? null);
  const associationId = input.edit?.associationId ?? AssociationId.parse(v7());
  try {
    const { after, left } = context.transaction(() => savedAndStarted(context, draft, { ...input, associationId }));
    for (const change of left) context.changes.publish(change);
    return context.stores.associations.find(associationId) ?? after;
  } catch (cause) {
    // What it has read is undone.
    context.index.associationChanged(associationId);
    throw cause;
  } finally {
    context.changes.publish({ kind: 'association', associationId });
  }
}
