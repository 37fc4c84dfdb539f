import { type KeyObject, verify } from 'node:crypto';
import * as z from 'zod';
import { Failure } from '../protocol/failures.ts';
import { ExecutionId, type NodeId } from '../protocol/ids.ts';
import { RunOrder } from '../protocol/run-order.ts';

export interface SignedOrder {
  /** JSON text: the signature is over these very bytes, so it is checked before anything is read from them. */
  readonly order: string;
  readonly signature: string;
}

export type CheckedOrder =
  | { readonly verdict: 'genuine'; readonly order: RunOrder }
  /** Nothing in it can be believed, not even which execution it is about. */
  | { readonly verdict: 'forged'; readonly failure: Failure }
  | { readonly verdict: 'unfit'; readonly executionId: ExecutionId | null; readonly failure: Failure };

const Addressed = z.object({ executionId: ExecutionId });

/** Whether an order is of this site and for this node. When it expires is another matter: one that is known already never expires. */
export function checkOrder(signed: SignedOrder, { signingKey, nodeId }: { signingKey: KeyObject; nodeId: NodeId }): CheckedOrder {
  if (!verify(null, Buffer.from(signed.order), signingKey, Buffer.from(signed.signature, 'base64'))) {
    return { verdict: 'forged', failure: new Failure('E-SIGNATURE', undefined) };
  }
  const read = readOrder(signed.order);
  if (!read.ok) {
    return { verdict: 'unfit', executionId: read.executionId, failure: new Failure('E-ORDER-INVALID', { problem: read.problem }) };
  }
  if (read.order.nodeId !== nodeId) {
    const failure = new Failure('E-ORDER-OTHER-NODE', { nodeId: read.order.nodeId });
    return { verdict: 'unfit', executionId: read.order.executionId, failure };
  }
  return { verdict: 'genuine', order: read.order };
}

export type ReadOrder =
  | { readonly ok: true; readonly order: RunOrder }
  | { readonly ok: false; readonly executionId: ExecutionId | null; readonly problem: string };

/** The text of an order whose origin is known. */
export function readOrder(text: string): ReadOrder {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, executionId: null, problem: 'it is not JSON' };
  }
  const parsed = RunOrder.safeParse(json);
  if (parsed.success) return { ok: true, order: parsed.data };
  const addressed = Addressed.safeParse(json);
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return {
    ok: false,
    executionId: addressed.success ? addressed.data.executionId : null,
    problem: `at ${where || 'its root'}`.slice(0, 500),
  };
}
