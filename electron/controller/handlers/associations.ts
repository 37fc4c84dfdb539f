import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { describeSchedule } from '../../../agent/schedule/schedule.ts';
import type { AssociationRow, AssociationVersion } from '../../api/associations.ts';
import type { Association } from '../../domain/association.ts';
import { associationTitle } from '../../domain/association.ts';
import { savedSchedule } from '../../domain/association-check.ts';
import { Fault } from '../../domain/faults.ts';
import { describeSelection, selectionOf } from '../../domain/target.ts';
import { NO_SCHEDULE_TEXT, previewAssociation } from '../operations/check-association.ts';
import type { Context } from '../operations/context.ts';
import { deleteEachAssociation } from '../operations/delete-associations.ts';
import { saveAssociation } from '../operations/save-association.ts';
import { setAssociationTags } from '../operations/set-association-tags.ts';
import { startAssociationsOnce } from '../operations/start-associations-once.ts';
import { os } from './implementer.ts';

function associationRow(context: Context, association: Association): AssociationRow {
  const targets = selectionOf(association);
  const schedule = savedSchedule(association, association.scheduleAnchor);
  return {
    ...association,
    title: associationTitle(association),
    scheduleText: schedule === null ? (association.scheduleExpression ?? NO_SCHEDULE_TEXT) : describeSchedule(schedule),
    targetText: targets.ok ? describeSelection(targets.selection) : targets.problem,
    matchingNodes: targets.ok ? context.index.matchCount(context.index.resolve(targets.selection).selection) : 0,
    compliance: context.stores.compliance.countsOf(association.associationId),
  };
}

function oneAssociation(context: Context, associationId: AssociationId): AssociationRow {
  const association = context.stores.associations.find(associationId);
  if (association === null) throw new Fault('AssociationDoesNotExist', { associationId });
  return associationRow(context, association);
}

function associationVersions({ stores }: Pick<Context, 'stores'>, associationId: AssociationId): AssociationVersion[] {
  const runs = new Map(stores.executions.versionRuns(associationId).map((found) => [found.associationVersion, found]));
  return stores.associations.versions(associationId).map((version) => {
    const { executions = 0, failed = 0, lastAt = null } = runs.get(version.associationVersion) ?? {};
    return { ...version, runs: { executions, failed, lastAt } };
  });
}

export const associationHandlers = {
  list: os.associations.list.handler(({ context: { site }, input }) => {
    const { rows, total } = site.context.stores.associations.page(input);
    return { rows: rows.map((association) => associationRow(site.context, association)), total };
  }),
  get: os.associations.get.handler(({ context: { site }, input }) => oneAssociation(site.context, input.associationId)),
  versions: os.associations.versions.handler(({ context: { site }, input }) => {
    if (site.context.stores.associations.find(input.associationId) === null) {
      throw new Fault('AssociationDoesNotExist', { associationId: input.associationId });
    }
    return associationVersions(site.context, input.associationId);
  }),
  preview: os.associations.preview.handler(({ context: { site }, input }) => previewAssociation(site.context, input)),
  save: os.associations.save.handler(({ context: { site }, input }) => associationRow(site.context, saveAssociation(site.context, input))),
  setTags: os.associations.setTags.handler(({ context: { site }, input }) => {
    setAssociationTags(site.context, { associationId: input.associationId, tags: input.tags });
    return oneAssociation(site.context, input.associationId);
  }),
  delete: os.associations.delete.handler(({ context: { site }, input }) => deleteEachAssociation(site.context, input.associationIds)),
  startOnce: os.associations.startOnce.handler(({ context: { site }, input }) => startAssociationsOnce(site.context, input.associationIds)),
};
