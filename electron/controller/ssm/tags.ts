import * as z from 'zod';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { Tag } from '../../domain/tag.ts';
import { changeNode } from '../operations/change-node.ts';
import type { Context } from '../operations/context.ts';
import { checkedTags, setAssociationTags } from '../operations/set-association-tags.ts';
import { TagMembers } from './association-members.ts';
import { inMembers } from './member-places.ts';
import { operation } from './operation.ts';

const resource = { ResourceType: z.string(), ResourceId: z.string().min(1) };
type Resource = { ResourceType: string; ResourceId: string };

/** Something that has tags: what they are, and how they become others. */
type Tagged = { tags: readonly Tag[]; replace(tags: readonly Tag[]): void };

function unknownResource(resourceId: string): Fault {
  return new Fault('InvalidResourceId', { resourceId }, { places: [{ field: 'ResourceId' }] });
}

function taggedAssociation(context: Context, resourceId: string): Tagged {
  const id = AssociationId.safeParse(resourceId);
  const association = id.success ? context.stores.associations.find(id.data) : null;
  if (association === null) throw unknownResource(resourceId);
  const { associationId, tags } = association;
  return { tags, replace: (changed) => setAssociationTags(context, { associationId, tags: changed }) };
}

/** A node that matches by its new tags gets what it matches at once, as with every change of tags (spec.md 3). */
function taggedNode(context: Context, resourceId: string): Tagged {
  const id = NodeId.safeParse(resourceId);
  const node = id.success ? context.stores.nodes.find(id.data) : null;
  if (node === null) throw unknownResource(resourceId);
  const { nodeId, name, tags } = node;
  return { tags, replace: (changed) => changeNode(context, { nodeId, name, tags: checkedTags(changed) }) };
}

function taggedResource(context: Context, { ResourceType, ResourceId }: Resource): Tagged {
  if (ResourceType === 'Association') return taggedAssociation(context, ResourceId);
  if (ResourceType === 'ManagedInstance') return taggedNode(context, ResourceId);
  throw new Fault('InvalidResourceType', { resourceType: ResourceType }, { places: [{ field: 'ResourceType' }] });
}

const AddRequest = z.strictObject({ ...resource, Tags: z.array(TagMembers).min(1).max(1000) });

/** A key that the resource has takes the new value. */
export const addTagsToResource = operation(AddRequest, (context, { Tags, ...asked }) => {
  const { tags, replace } = taggedResource(context, asked);
  const added = Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
  const kept = tags.filter(({ key }) => !added.some((tag) => tag.key === key));
  inMembers(() => replace([...kept, ...added]));
  return {};
});

const RemoveRequest = z.strictObject({ ...resource, TagKeys: z.array(z.string()).min(1).max(1000) });

/** Keys that the resource has not are no trouble. */
export const removeTagsFromResource = operation(RemoveRequest, (context, { TagKeys, ...asked }) => {
  const { tags, replace } = taggedResource(context, asked);
  const kept = tags.filter(({ key }) => !TagKeys.includes(key));
  if (kept.length < tags.length) inMembers(() => replace(kept));
  return {};
});

export const listTagsForResource = operation(z.strictObject(resource), (context, asked) => ({
  TagList: taggedResource(context, asked).tags.map(({ key, value }) => ({ Key: key, Value: value })),
}));
