import type { AgentLink } from './ports/agent-link.ts';

/** The operations are made before the hub that they speak through: until it is there, no node is connected. */
export function lateLink(): AgentLink & { use(link: AgentLink): void } {
  let current: AgentLink | null = null;
  return {
    use(link) {
      current = link;
    },
    isConnected: (nodeId) => current?.isConnected(nodeId) ?? false,
    connectedNodes: () => current?.connectedNodes() ?? [],
    publicKeyOf: (nodeId) => current?.publicKeyOf(nodeId) ?? null,
    send: (nodeId, message) => current?.send(nodeId, message) ?? false,
    close: (nodeId, ending) => current?.close(nodeId, ending),
  };
}
