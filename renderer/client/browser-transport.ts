import { RPCLink } from '@orpc/client/websocket';
import { RPC_PATH, SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../electron/api/transport.ts';
import { ownFaults } from './fault.ts';
import type { Line, Transport } from './line.ts';
import { clientOver, SignedOut } from './line.ts';
import { exchangeLink, forgetSession, isSessionOver, keptSession } from './session.ts';

type Opening = { kind: 'open'; socket: WebSocket; closed: Promise<void> } | { kind: 'closed'; code: number };

function openSocket(session: string): Promise<Opening> {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${window.location.host}${RPC_PATH}`, [UI_SUB_PROTOCOL, SESSION_PREFIX + session]);
  const closed = new Promise<CloseEvent>((resolve) => {
    socket.addEventListener('close', resolve, { once: true });
  });
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve({ kind: 'open', socket, closed: closed.then(() => undefined) }), { once: true });
    void closed.then((event) => resolve({ kind: 'closed', code: event.code }));
  });
}

/**
 * Serve mode. A browser does not tell why a WebSocket was refused, so the server is asked over HTTP whether the session is over
 * (a controller that was restarted knows none of its earlier ones) or the controller is away.
 */
export function browserTransport(takenLink: string | null): Transport {
  let link = takenLink;

  async function session(): Promise<string> {
    const code = link;
    if (code === null) {
      const kept = keptSession();
      if (kept === null) throw new SignedOut(ownFaults.noSession);
      return kept;
    }
    const fresh = await exchangeLink(code);
    link = null;
    return fresh;
  }

  return {
    async open(): Promise<Line> {
      const token = await session();
      const opening = await openSocket(token);
      if (opening.kind === 'open') return { client: clientOver(new RPCLink({ websocket: opening.socket })), closed: opening.closed };
      if (!(await isSessionOver(token))) throw new Error(`the connection closed with code ${opening.code} before it was open`);
      forgetSession();
      throw new SignedOut(ownFaults.noSession);
    },
  };
}
