import type { NodeRow } from '../../electron/api/nodes.ts';

/** The nodes that came with an activation, the newest first. */
export const newestOf = (nodes: readonly NodeRow[], activationId: string): NodeRow[] =>
  nodes.filter((node) => node.activationId === activationId).sort((a, b) => b.registeredAt.getTime() - a.registeredAt.getTime());
