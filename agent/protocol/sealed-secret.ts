import * as z from 'zod';
import type { ExecutionId, NodeId } from './ids.ts';

/**
 * A secret in an order, for one node alone: ECDH on P-256 between a key that is made for this secret and the key of the node's
 * certificate, HKDF-SHA256, AES-256-GCM. Neither the wire nor the node's disk has it in any other form.
 */
export const SealedSecret = z.strictObject({
  /** The public half of the key that was made for it, SPKI in DER. */
  ephemeralKey: z.base64().max(400),
  nonce: z.base64().length(16),
  tag: z.base64().length(24),
  ciphertext: z.base64().max(32_000),
});
export type SealedSecret = z.infer<typeof SealedSecret>;

/** What the shared secret is for: it becomes no key of anything else. */
export const SEAL_PURPOSE = 'holdfast sealed parameter, version 1';

/** What the secret belongs to, as associated data: in the order of another run, or of another node or parameter, it does not open. */
export const sealedFor = ({ executionId, nodeId, parameter }: { executionId: ExecutionId; nodeId: NodeId; parameter: string }): string =>
  `${executionId}\n${nodeId}\n${parameter}`;

/** Characters of the shortest secret that is masked in what a step prints: a shorter one would be found in every other word. */
export const SHORTEST_MASKED = 4;
