import type { TLSSocket } from 'node:tls';
import { CloseCode } from '../../../agent/protocol/close-codes.ts';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { AgentLink } from '../ports/agent-link.ts';
import { type Connection, type Ending, type Patience, Session, type SessionHost } from './session.ts';

/** The sessions that are open, one for each connected node, and the way to them. */
export type Roster = {
  link: AgentLink;
  open(nodeId: NodeId, connection: Connection): void;
  endAll(ending: Ending): void;
};

type RosterOptions = Omit<SessionHost, 'makeRoom' | 'greeted' | 'ended'> & {
  /** The node is known for good now: its connection is no stranger's any more. */
  greeted(socket: TLSSocket): void;
};

const HELLO_SECONDS = 10;
const SWEEP_SECONDS = 5;
/** An agent that is this many heartbeats late is gone. */
const LATE_HEARTBEATS = 3;

export function openRoster(options: RosterOptions): Roster {
  const byNode = new Map<NodeId, Session>();
  const all = new Set<Session>();
  const sweeping = sweepWhileAny(all, options);
  const host: SessionHost = {
    ...options,
    makeRoom: (session) =>
      byNode.get(session.nodeId)?.end({ code: CloseCode.Replaced, reason: 'a newer connection of this node took over' }),
    greeted: (session) => {
      byNode.set(session.nodeId, session);
      options.greeted(session.connection.socket);
    },
    ended: (session) => {
      all.delete(session);
      if (byNode.get(session.nodeId) !== session) return;
      byNode.delete(session.nodeId);
      tellGone(options, session.nodeId);
    },
  };
  return {
    link: {
      isConnected: (nodeId) => byNode.has(nodeId),
      connectedNodes: () => [...byNode.keys()],
      publicKeyOf: (nodeId) => byNode.get(nodeId)?.publicKeyPem ?? null,
      send: (nodeId, message) => byNode.get(nodeId)?.send(message) ?? false,
      close: (nodeId, ending) => byNode.get(nodeId)?.end(ending),
    },
    open: (nodeId, connection) => {
      all.add(new Session(nodeId, connection, host));
      sweeping.start();
    },
    endAll: (ending) => {
      for (const session of [...all]) session.end(ending);
      sweeping.stop();
    },
  };
}

/** The session is over whatever the controller makes of that. */
function tellGone({ agents, log }: Pick<RosterOptions, 'agents' | 'log'>, nodeId: NodeId): void {
  try {
    agents.disconnected(nodeId);
  } catch (cause) {
    log.error('hub.session-failed', cause, { nodeId });
  }
}

/** One timer for all sessions, and none while there are no sessions. */
function sweepWhileAny(sessions: ReadonlySet<Session>, { clock, heartbeatSeconds }: Pick<RosterOptions, 'clock' | 'heartbeatSeconds'>) {
  const seconds = Math.min(SWEEP_SECONDS, heartbeatSeconds);
  const patience: Patience = {
    forHello: Math.ceil(HELLO_SECONDS / seconds),
    forAnything: Math.ceil((LATE_HEARTBEATS * heartbeatSeconds) / seconds),
  };
  let callOff: (() => void) | null = null;

  const sweep = (): void => {
    callOff = null;
    for (const session of sessions) session.sweep(patience);
    if (sessions.size > 0) start();
  };
  const start = (): void => {
    callOff ??= clock.wakeAt(new Date(clock.now().getTime() + seconds * 1000), sweep);
  };
  const stop = (): void => {
    callOff?.();
    callOff = null;
  };
  return { start, stop };
}
