import type { GroupPreview, GroupRow } from '../../api/groups.ts';
import { associationTitle } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import { matchingNodes } from '../../domain/fleet-index.ts';
import type { ResourceGroup } from '../../domain/resource-group.ts';
import { groupMembership, groupProblem, ResourceGroupDraft } from '../../domain/resource-group.ts';
import { matchingPreview } from '../operations/check-association.ts';
import type { Context } from '../operations/context.ts';
import { createGroup, deleteGroup, updateGroup } from '../operations/save-group.ts';
import { os } from './implementer.ts';
import { nodeRow } from './nodes.ts';

function groupRow({ index }: Pick<Context, 'index'>, group: ResourceGroup): GroupRow {
  return {
    ...group,
    memberCount: index.matchCount(groupMembership(group)),
    associationCount: index.targetingGroup(group.name).length,
    problem: groupProblem(group),
  };
}

function foundGroup({ stores }: Pick<Context, 'stores'>, name: string): ResourceGroup {
  const group = stores.groups.find(name);
  if (group === null) throw new Fault('E-GROUP-UNKNOWN', { name });
  return group;
}

function preview(context: Context, draft: unknown): GroupPreview {
  const whole = ResourceGroupDraft.safeParse(draft);
  const filters = ResourceGroupDraft.pick({ tagFilters: true }).strip().safeParse(draft);
  const issues = whole.error?.issues ?? [];
  return {
    problems: issues.map(({ path, message }) => ({ code: 'ValidationException', field: path.map(String).join('.'), message })),
    targetProblem: whole.success ? groupProblem(whole.data) : null,
    matching: matchingPreview(context, filters.success ? matchingNodes(context.index.fleet(), groupMembership(filters.data)) : []),
  };
}

export const groupHandlers = {
  list: os.groups.list.handler(({ context: { site }, input }) => {
    const { rows, total } = site.context.stores.groups.page(input);
    return { rows: rows.map((group) => groupRow(site.context, group)), total };
  }),
  get: os.groups.get.handler(({ context: { site }, input }) => groupRow(site.context, foundGroup(site.context, input.name))),
  members: os.groups.members.handler(({ context: { site }, input: { name, ...page } }) => {
    const { context } = site;
    const nodeIds = matchingNodes(context.index.fleet(), groupMembership(foundGroup(context, name))).map(({ nodeId }) => nodeId);
    const query = { search: '', sort: 'name', order: 'ascending', onlineNodeIds: [], nodeIds } as const;
    const { rows, total } = context.stores.nodes.page({ ...query, ...page });
    return { rows: rows.map((row) => nodeRow(context, row)), total };
  }),
  associations: os.groups.associations.handler(({ context: { site }, input: { name } }) => {
    foundGroup(site.context, name);
    return site.context.index.targetingGroup(name).map(({ association }) => ({
      associationId: association.associationId,
      title: associationTitle(association),
      documentName: association.documentName,
      nextRunAt: site.context.stores.associations.find(association.associationId)?.nextRunAt ?? null,
    }));
  }),
  preview: os.groups.preview.handler(({ context: { site }, input }) => preview(site.context, input.draft)),
  create: os.groups.create.handler(({ context: { site }, input }) => {
    const { name } = createGroup(site.context, input.draft);
    return groupRow(site.context, foundGroup(site.context, name));
  }),
  update: os.groups.update.handler(({ context: { site }, input }) => {
    const { name } = updateGroup(site.context, input.draft, input.lastUpdatedAt);
    return groupRow(site.context, foundGroup(site.context, name));
  }),
  delete: os.groups.delete.handler(({ context: { site }, input }) => deleteGroup(site.context, input.name)),
};
