import type { AgentLink } from './ports/agent-link.ts';

type Transaction = <Result>(work: () => Result) => Result;

/**
 * What is sent inside a transaction leaves after its commit, in order; when the work is undone, it never does. So work that sends
 * orders can be part of a larger one, and no node runs what the controller does not remember.
 */
export function sendAfterCommit({ transaction, link }: { transaction: Transaction; link: AgentLink }): {
  transaction: Transaction;
  link: AgentLink;
} {
  let waiting: (() => void)[] | null = null;

  function whole<Result>(work: () => Result): Result {
    const outer = waiting;
    const own: (() => void)[] = [];
    waiting = own;
    let result: Result;
    try {
      result = transaction(work);
    } finally {
      waiting = outer;
    }
    if (outer === null) for (const send of own) send();
    else outer.push(...own);
    return result;
  }

  return {
    transaction: whole,
    link: {
      ...link,
      send(nodeId, message) {
        if (waiting === null) return link.send(nodeId, message);
        waiting.push(() => link.send(nodeId, message));
        return link.isConnected(nodeId);
      },
    },
  };
}
