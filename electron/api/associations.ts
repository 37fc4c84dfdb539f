import * as z from 'zod';
import { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { Association, SavedSettings, START_ONCE_LIMIT } from '../domain/association.ts';
import { OverviewStatus } from '../domain/execution.ts';
import { call, PageInput, pageOf } from './call.ts';

export const AssociationRow = z.object({
  ...Association.shape,
  title: z.string(),
  /** The schedule in plain words; “Once, when it is created” without one. */
  scheduleText: z.string(),
  targetText: z.string(),
  matchingNodes: z.number(),
  compliance: z.object({ compliant: z.number(), nonCompliant: z.number() }),
});
export type AssociationRow = z.infer<typeof AssociationRow>;

/** A version's settings as they were saved, and how often it ran. */
export const AssociationVersion = z.object({
  associationVersion: z.number(),
  createdAt: z.date(),
  draft: SavedSettings,
  runs: z.object({ executions: z.number(), failed: z.number(), lastAt: z.date().nullable() }),
});
export type AssociationVersion = z.infer<typeof AssociationVersion>;

/** A trouble in a draft, on the field that caused it. */
export const DraftProblem = z.object({ code: z.string(), field: z.string(), message: z.string() });
export type DraftProblem = z.infer<typeof DraftProblem>;

/** What saving a draft would do, before it is saved. Problems do not keep the rest from being shown. */
export const AssociationPreview = z.object({
  problems: z.array(DraftProblem),
  targetText: z.string(),
  matching: z.object({
    total: z.number(),
    online: z.number(),
    nodes: z.array(z.object({ nodeId: NodeId, name: z.string(), online: z.boolean(), isSample: z.boolean() })),
  }),
  scheduleText: z.string(),
  nextRuns: z.array(z.date()),
  /** Whether saving runs it at once, and on how many of the matching nodes at a time. */
  runsOnSave: z.boolean(),
  concurrency: z.number(),
  toleratedErrors: z.number(),
  /** What the document's steps can do in Audit mode: the names of those that check, and of those that are left out. */
  audit: z.object({ checking: z.array(z.string()), leftOut: z.array(z.string()) }),
});
export type AssociationPreview = z.infer<typeof AssociationPreview>;

const Ids = z.array(AssociationId).min(1);

export const associations = {
  list: call
    .input(
      z.strictObject({
        ...PageInput.shape,
        search: z.string().max(200),
        status: OverviewStatus.nullable(),
        sort: z.enum(['title', 'nextRunAt', 'lastExecutionAt', 'status']),
        order: z.enum(['ascending', 'descending']),
      }),
    )
    .output(pageOf(AssociationRow)),
  get: call.input(z.strictObject({ associationId: AssociationId })).output(AssociationRow),
  versions: call.input(z.strictObject({ associationId: AssociationId })).output(z.array(AssociationVersion)),
  /** `draft` may be anything: what is wrong with it is the answer. */
  preview: call.input(z.strictObject({ associationId: AssociationId.nullable(), draft: z.unknown() })).output(AssociationPreview),
  /** Create without an id; with one, a new version. `associationVersion` is the version the person edited: an optimistic lock. */
  save: call
    .input(
      z.strictObject({
        edit: z.strictObject({ associationId: AssociationId, associationVersion: z.number().int().positive() }).nullable(),
        draft: z.unknown(),
        /** What its tags become, with the rest or not at all; absent leaves them as they are. */
        tags: z.unknown().optional(),
      }),
    )
    .output(AssociationRow),
  /** AddTagsToResource and RemoveTagsFromResource in one: these become the tags. No version is made, nothing runs. */
  setTags: call.input(z.strictObject({ associationId: AssociationId, tags: z.unknown() })).output(AssociationRow),
  /** Each by itself. Answers those that could not be deleted, with why; refused when none could. */
  delete: call
    .input(z.strictObject({ associationIds: Ids.max(200) }))
    .output(z.array(z.object({ associationId: AssociationId, message: z.string() }))),
  /** StartAssociationsOnce: 1 to 10 ids. */
  startOnce: call
    .input(z.strictObject({ associationIds: Ids.max(START_ONCE_LIMIT) }))
    .output(z.array(z.object({ associationId: AssociationId, executionId: z.string().nullable() }))),
};
