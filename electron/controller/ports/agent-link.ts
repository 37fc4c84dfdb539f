import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { FromController } from '../../../agent/protocol/messages.ts';

/** The way to the agents that are connected at this moment. */
export type AgentLink = {
  isConnected(nodeId: NodeId): boolean;
  connectedNodes(): readonly NodeId[];
  /** PEM (SPKI) of the key that the node proves in its session, renewed or not; null when there is none. */
  publicKeyOf(nodeId: NodeId): string | null;
  /** False when there is no session: nothing is kept for later, the caller decides what then. */
  send(nodeId: NodeId, message: FromController): boolean;
  /** Closes the node's session, if any, with a code of agent/protocol/close-codes.ts. */
  close(nodeId: NodeId, ending: { code: number; reason: string }): void;
};
