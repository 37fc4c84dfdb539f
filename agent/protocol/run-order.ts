import * as z from 'zod';
import { DocumentContent } from '../document/document.ts';
import { AssociationId, ExecutionId, NodeId } from './ids.ts';
import { LARGEST_STREAM_CAP_BYTES } from './output-limits.ts';
import { SealedSecret } from './sealed-secret.ts';

/** Enforce: the node is brought into the state that the document describes. Audit: it is only looked whether it is in it. */
export const ApplyMode = z.enum(['Enforce', 'Audit']);
export type ApplyMode = z.infer<typeof ApplyMode>;

/**
 * One occurrence for one node: what the controller signs and an agent obeys. `nodeId` keeps an order for another node from being
 * replayed here, `expiresAt` an old one from being replayed later; an occurrence that is journaled already is never run again.
 */
export const RunOrder = z.strictObject({
  kind: z.literal('run'),
  nodeId: NodeId,
  executionId: ExecutionId,
  associationId: AssociationId,
  associationVersion: z.number().int().positive(),
  documentName: z.string().min(1).max(128),
  documentVersion: z.number().int().positive(),
  document: DocumentContent,
  /** As associations send them: every value is a list of strings (spec.md 1.1). */
  parameters: z.record(z.string(), z.array(z.string())),
  /**
   * What only this node can open, and only for this run: parameters that are not among `parameters`, and by `secretKey` what the
   * inputs of steps refer to.
   */
  sealed: z.record(z.string(), SealedSecret).optional(),
  /** Absent: Enforce. */
  mode: ApplyMode.optional(),
  /** Of each stream of each step, how much the node keeps for the controller. Absent: STREAM_CAP_BYTES. */
  streamCapBytes: z.number().int().min(1).max(LARGEST_STREAM_CAP_BYTES).optional(),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type RunOrder = z.infer<typeof RunOrder>;
