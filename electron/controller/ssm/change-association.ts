import * as z from 'zod';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import { START_ONCE_LIMIT } from '../../domain/association.ts';
import { deleteAssociations } from '../operations/delete-associations.ts';
import { saveAssociation } from '../operations/save-association.ts';
import { startAssociationsOnce } from '../operations/start-associations-once.ts';
import { AssociationIdText, associationById, associationChoice, chosenAssociation } from './association-choice.ts';
import { newestDescription } from './association-description.ts';
import { draftSettings, settingMembers, VersionText } from './association-members.ts';
import { inMembers } from './member-places.ts';
import { operation } from './operation.ts';

const UpdateRequest = z.strictObject({
  AssociationId: AssociationIdText,
  AssociationVersion: VersionText.optional(),
  Name: z.string().optional(),
  ...settingMembers,
});

/**
 * Every setting that is not sent goes (spec.md 1.3), but what an association cannot be without: its document, and whom it targets.
 */
function replacement(before: Association, request: z.output<typeof UpdateRequest>): unknown {
  const settings = draftSettings(request);
  const whom =
    request.Targets === undefined
      ? { targets: before.targets, instanceId: before.instanceId }
      : { targets: settings.targets, instanceId: null };
  return { ...settings, ...whom, documentName: request.Name ?? before.documentName };
}

export const updateAssociation = operation(UpdateRequest, (context, request) => {
  const before = associationById(context, request.AssociationId);
  const { associationId, associationVersion: newest } = before;
  const sent = request.AssociationVersion ?? '$LATEST';
  const edit = { associationId, associationVersion: sent === '$LATEST' ? newest : Number.parseInt(sent, 10) };
  const after = inMembers(() => saveAssociation(context, { edit, draft: replacement(before, request) }));
  return { AssociationDescription: newestDescription(context, after) };
});

export const deleteAssociation = operation(z.strictObject(associationChoice), (context, request) => {
  deleteAssociations(context, [chosenAssociation(context, request).associationId]);
  return {};
});

const StartRequest = z.strictObject({ AssociationIds: z.array(AssociationIdText).min(1).max(START_ONCE_LIMIT) });

export const startAssociations = operation(StartRequest, (context, { AssociationIds }) => {
  const associationIds = AssociationIds.map((id) => AssociationId.parse(associationById(context, id).associationId));
  startAssociationsOnce(context, associationIds);
  return {};
});
