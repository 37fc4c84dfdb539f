import type { NodeId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { GroupChange } from '../../domain/membership-change.ts';
import { RESOURCE_GROUP_LIMIT, ResourceGroupDraft } from '../../domain/resource-group.ts';
import type { Membership } from './change-membership.ts';
import { changeMembership } from './change-membership.ts';
import type { StartContext } from './start-execution.ts';

type GroupContext = StartContext;

function parsedDraft(draft: unknown): ResourceGroupDraft {
  const parsed = ResourceGroupDraft.safeParse(draft);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const places = issues.map(({ path }) => ({ field: path.map(String).join('.') }));
  throw new Fault('ValidationException', { problems: issues.map(({ message }) => message) }, { places });
}

/** Nodes that come in get the associations that target the group at once; those that go out lose their items (spec.md 3). */
function changeGroup(context: GroupContext, name: string, { associations, joins, leaves, write }: GroupChange & { write(): void }): void {
  const ofGroup = (nodeIds: readonly NodeId[]): Membership[] =>
    associations.map(({ association: { associationId } }) => ({ associationId, nodeIds }));
  const changes = changeMembership(context, {
    write,
    tellIndex: () => context.index.groupChanged(name),
    joins: ofGroup(joins),
    leaves: ofGroup(leaves),
  });
  context.changes.publish({ kind: 'group', name });
  for (const change of changes) context.changes.publish(change);
  for (const { associationId } of ofGroup([])) context.changes.publish({ kind: 'association', associationId });
  if (associations.length === 0) return;
  for (const nodeId of [...joins, ...leaves]) context.changes.publish({ kind: 'node', nodeId });
}

export function createGroup(context: GroupContext, input: unknown): ResourceGroupDraft {
  const draft = parsedDraft(input);
  const { name } = draft;
  // Associations may target a group of this name that was deleted: they cover its nodes again.
  const write = () => {
    const { groups } = context.stores;
    if (groups.find(name) !== null) throw new Fault('E-GROUP-EXISTS', { name }, { places: [{ field: 'name' }] });
    if (groups.count() >= RESOURCE_GROUP_LIMIT) throw new Fault('E-GROUP-LIMIT', { limit: RESOURCE_GROUP_LIMIT });
    const now = context.clock.now();
    groups.insert({ ...draft, createdAt: now, lastUpdatedAt: now });
  };
  changeGroup(context, name, { ...context.index.ifGroup(name, draft), write });
  return draft;
}

/** `seen`: the `lastUpdatedAt` of what was changed by hand, refused where it is another by now; null overwrites whatever is there. */
export function updateGroup(context: GroupContext, input: unknown, seen: Date | null): ResourceGroupDraft {
  const draft = parsedDraft(input);
  const { name } = draft;
  const write = () => {
    const current = context.stores.groups.find(name);
    if (current === null) throw new Fault('E-GROUP-UNKNOWN', { name });
    if (seen !== null && seen.getTime() !== current.lastUpdatedAt.getTime()) throw new Fault('E-GROUP-CHANGED', { name });
    context.stores.groups.update({ ...draft, lastUpdatedAt: context.clock.now() });
  };
  changeGroup(context, name, { ...context.index.ifGroup(name, draft), write });
  return draft;
}

/** Its associations stay, and run no more. */
export function deleteGroup(context: GroupContext, name: string): void {
  const write = () => {
    if (context.stores.groups.find(name) === null) throw new Fault('E-GROUP-UNKNOWN', { name });
    context.stores.groups.delete(name);
  };
  changeGroup(context, name, { ...context.index.ifGroup(name, null), write });
}
