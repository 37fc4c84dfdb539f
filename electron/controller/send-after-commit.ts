import type { AgentLink } from './ports/agent-link.ts';
import type { ChangeFeed } from './ports/change-feed.ts';

type Transaction = <Result>(work: () => Result) => Result;
type Held<Changes extends ChangeFeed> = { transaction: Transaction; link: AgentLink; changes: Changes };

/**
 * What is sent or published inside a transaction leaves after its commit, in order; when the work is undone, it never does. So work
 * that sends orders can be part of a larger one, no node runs what the controller does not remember, and no part of the controller
 * acts on what is not so.
 */
export function sendAfterCommit<Changes extends ChangeFeed>({ transaction, link, changes }: Held<Changes>): Held<Changes> {
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
    if (outer === null) for (const leave of own) leave();
    // One by one: a run on very many nodes has more to send than a call can have arguments.
    else for (const leave of own) outer.push(leave);
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
    changes: {
      ...changes,
      publish(change) {
        if (waiting === null) changes.publish(change);
        else waiting.push(() => changes.publish(change));
      },
    },
  };
}
