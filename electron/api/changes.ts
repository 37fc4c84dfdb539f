import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { ActivationId, AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { call } from './call.ts';

/** What changed, by id; never the data: whoever cares reads again. Published after the commit. */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('node'), nodeId: NodeId }),
  z.object({ kind: z.literal('group'), name: z.string() }),
  z.object({ kind: z.literal('activation'), activationId: ActivationId }),
  z.object({ kind: z.literal('document'), name: z.string() }),
  /** It opened or closed, by its events. */
  z.object({ kind: z.literal('calendar'), name: z.string() }),
  z.object({ kind: z.literal('parameter'), name: z.string() }),
  z.object({ kind: z.literal('package'), name: z.string() }),
  z.object({ kind: z.literal('association'), associationId: AssociationId }),
  z.object({ kind: z.literal('execution'), executionId: ExecutionId, associationId: AssociationId }),
  z.object({ kind: z.literal('target'), executionId: ExecutionId, nodeId: NodeId }),
  z.object({ kind: z.literal('output'), executionId: ExecutionId, nodeId: NodeId, stepIndex: z.number() }),
  /** `associationId` is null where the change is not about one association. */
  z.object({ kind: z.literal('compliance'), nodeId: NodeId, associationId: AssociationId.nullable() }),
  z.object({ kind: z.literal('inventory'), nodeId: NodeId }),
  z.object({ kind: z.literal('alarm'), name: z.string() }),
  z.object({ kind: z.literal('output-destination'), name: z.string() }),
  z.object({ kind: z.literal('site') }),
  z.object({ kind: z.literal('sample-lab') }),
]);
export type Change = z.infer<typeof Change>;

/** Notices of a short while, each at most once. `everything` stands for more changes than are worth listing: read all again. */
export const ChangeNotices = z.union([
  z.object({ kind: z.literal('some'), changes: z.array(Change) }),
  z.object({ kind: z.literal('everything') }),
]);
export type ChangeNotices = z.infer<typeof ChangeNotices>;

export const changes = {
  /** Begins with `everything`, so that a window that was away reads again. */
  watch: call.output(eventIterator(ChangeNotices)),
};
