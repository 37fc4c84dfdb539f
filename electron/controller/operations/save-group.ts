import type { Change } from '../../api/changes.ts';
import { Fault } from '../../domain/faults.ts';
import type { GroupChange } from '../../domain/membership-change.ts';
import { RESOURCE_GROUP_LIMIT, ResourceGroupDraft } from '../../domain/resource-group.ts';
import { nodesLeft, oweJoined, startJoined } from './change-membership.ts';
import type { StartContext } from './start-execution.ts';

type GroupContext = StartContext;

function parsedDraft(draft: unknown): ResourceGroupDraft {
  const parsed = ResourceGroupDraft.safeParse(draft);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const places = issues.map(({ path }) => ({ field: path.map(String).join('.') }));
  throw new Fault('ValidationException', { problems: issues.map(({ message }) => message) }, { places });
}

/** In the transaction that changes the group. Answers what changed besides. */
const recordChange = (context: GroupContext, { associations, joins, leaves }: GroupChange): Change[] =>
  associations.flatMap(({ association: { associationId } }) => {
    oweJoined(context, { associationId, nodeIds: joins });
    return nodesLeft(context, { associationId, nodeIds: leaves });
  });

/** After the commit: who hears of it, and who runs now. */
function announce(
  context: GroupContext,
  name: string,
  { associations, joins, leaves, left }: GroupChange & { left: readonly Change[] },
): void {
  context.index.groupChanged(name);
  context.changes.publish({ kind: 'group', name });
  for (const change of left) context.changes.publish(change);
  for (const { association } of associations) context.changes.publish({ kind: 'association', associationId: association.associationId });
  if (associations.length === 0) return;
  for (const nodeId of [...joins, ...leaves]) context.changes.publish({ kind: 'node', nodeId });
  startJoined(
    context,
    associations.map(({ association: { associationId } }) => ({ associationId, nodeIds: joins })),
  );
}

export function createGroup(context: GroupContext, input: unknown): ResourceGroupDraft {
  const draft = parsedDraft(input);
  const { name } = draft;
  // Associations may target a group of this name that was deleted: they cover its nodes again.
  const change = context.index.ifGroup(name, draft);
  const left = context.transaction(() => {
    const { groups } = context.stores;
    if (groups.find(name) !== null) throw new Fault('E-GROUP-EXISTS', { name }, { places: [{ field: 'name' }] });
    if (groups.count() >= RESOURCE_GROUP_LIMIT) throw new Fault('E-GROUP-LIMIT', { limit: RESOURCE_GROUP_LIMIT });
    const now = context.clock.now();
    groups.insert({ ...draft, createdAt: now, lastUpdatedAt: now });
    return recordChange(context, change);
  });
  announce(context, name, { ...change, left });
  return draft;
}

/** Nodes that come in get the associations that target the group at once; those that go out lose their items (spec.md 3). */
export function updateGroup(context: GroupContext, input: unknown): ResourceGroupDraft {
  const draft = parsedDraft(input);
  const { name } = draft;
  const change = context.index.ifGroup(name, draft);
  const left = context.transaction(() => {
    if (context.stores.groups.find(name) === null) throw new Fault('E-GROUP-UNKNOWN', { name });
    context.stores.groups.update({ ...draft, lastUpdatedAt: context.clock.now() });
    return recordChange(context, change);
  });
  announce(context, name, { ...change, left });
  return draft;
}

/** Its associations stay, and run no more. */
export function deleteGroup(context: GroupContext, name: string): void {
  const change = context.index.ifGroup(name, null);
  const left = context.transaction(() => {
    if (context.stores.groups.find(name) === null) throw new Fault('E-GROUP-UNKNOWN', { name });
    context.stores.groups.delete(name);
    return recordChange(context, change);
  });
  announce(context, name, { ...change, left });
}
