import * as z from 'zod';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { ResourceGroup } from '../domain/resource-group.ts';
import { AssociationPreview, DraftProblem } from './associations.ts';
import { call, PageInput, pageOf } from './call.ts';
import { NodeRow } from './nodes.ts';

export const GroupRow = z.object({
  ...ResourceGroup.shape,
  memberCount: z.number(),
  associationCount: z.number(),
  /** Why every run that targets it fails; null when none does for this reason. */
  problem: z.string().nullable(),
});
export type GroupRow = z.infer<typeof GroupRow>;

export const GroupAssociation = z.object({
  associationId: AssociationId,
  title: z.string(),
  documentName: z.string(),
  nextRunAt: z.date().nullable(),
});
export type GroupAssociation = z.infer<typeof GroupAssociation>;

export const GroupPreview = z.object({
  /** What is wrong, each on its field: it cannot be saved so. */
  problems: z.array(DraftProblem),
  /** Why an association that targets it would fail; it can be saved all the same. */
  targetProblem: z.string().nullable(),
  matching: AssociationPreview.shape.matching,
});
export type GroupPreview = z.infer<typeof GroupPreview>;

const ByName = z.strictObject({ name: z.string().max(128) });

export const groups = {
  /** By name. */
  list: call.input(z.strictObject({ ...PageInput.shape, search: z.string().max(200) })).output(pageOf(GroupRow)),
  get: call.input(ByName).output(GroupRow),
  /** The nodes that are in it at this moment, by name. */
  members: call.input(z.strictObject({ ...ByName.shape, ...PageInput.shape })).output(pageOf(NodeRow)),
  associations: call.input(ByName).output(z.array(GroupAssociation)),
  /** `draft` may be anything: what is wrong with it is the answer. */
  preview: call.input(z.strictObject({ draft: z.unknown() })).output(GroupPreview),
  create: call.input(z.strictObject({ draft: z.unknown() })).output(GroupRow),
  /**
   * Another description and other tags; the name stays, since associations target it. `lastUpdatedAt` is that of the group as it was
   * looked at: one that was changed meanwhile is refused with E-GROUP-CHANGED.
   */
  update: call.input(z.strictObject({ draft: z.unknown(), lastUpdatedAt: z.date() })).output(GroupRow),
  /** Associations that target it run no more, until there is a group of that name again. */
  delete: call.input(ByName).output(z.void()),
};
