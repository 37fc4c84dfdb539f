import * as z from 'zod';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { ChangePreview } from '../domain/change-preview.ts';
import { DocumentFormat } from '../domain/managed-document.ts';
import { TagFilter } from '../domain/resource-group.ts';
import { Tags } from '../domain/tag.ts';
import { call } from './call.ts';

const Name = z.string().min(1).max(1011);
const Ids = z.array(AssociationId).min(1).max(2000);

/** A change that may decide who runs what, before it is made. */
export const ChangeProposal = z.discriminatedUnion('kind', [
  /** Saving a draft, as a new association or over one. A draft that may not be saved changes nothing. */
  z.strictObject({ kind: z.literal('association'), associationId: AssociationId.nullable(), draft: z.unknown() }),
  z.strictObject({ kind: z.literal('delete-associations'), associationIds: Ids }),
  z.strictObject({ kind: z.literal('apply-now'), associationIds: Ids }),
  /** Running an association again where one of its executions failed. */
  z.strictObject({ kind: z.literal('run-failed'), executionId: ExecutionId }),
  /** A new version of a document: `$LATEST` moves, and `$DEFAULT` where the version is made the default at once. */
  z.strictObject({
    kind: z.literal('document-version'),
    name: Name,
    format: DocumentFormat,
    content: z.string(),
    makesDefault: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('document-default'), name: Name, documentVersion: z.number().int().positive() }),
  /** Deleting one version: `$LATEST` moves where that was the newest. One that may not be deleted is refused here already. */
  z.strictObject({ kind: z.literal('delete-document-version'), name: Name, documentVersion: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('node-tags'), nodeId: NodeId, tags: Tags }),
  z.strictObject({ kind: z.literal('group'), name: Name, tagFilters: z.array(TagFilter).max(50) }),
  z.strictObject({ kind: z.literal('delete-group'), name: Name }),
  /** A new value of a parameter. */
  z.strictObject({ kind: z.literal('parameter'), name: Name }),
  /** New content of a change calendar; null deletes it. */
  z.strictObject({ kind: z.literal('calendar'), name: Name, content: z.string().nullable() }),
]);
export type ChangeProposal = z.infer<typeof ChangeProposal>;

export const preview = {
  /** What a change would do. Nothing is changed by asking. */
  change: call.input(ChangeProposal).output(ChangePreview),
};
