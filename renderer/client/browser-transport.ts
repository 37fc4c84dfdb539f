import { RPCLink } from '@orpc/client/websocket';
import { RPC_PATH, SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../electron/api/transport.ts';
import { ownFaults } from './fault.ts';
import type { Line, Transport } from './line.ts';
import { clientOver, SignedOut } from './line.ts';
import { exchangeLink, forgetSession, keptSession } from './session.ts';

/** Close codes by which a server says that it knows who is there and does not let them in. */
const REFUSED_CODES: ReadonlySet<number> = new Set([1008, 4401, 4403]);

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

async function doesServerAnswer(): Promise<boolean> {
  try {
    await fetch('/', { method: 'HEAD', cache: 'no-store', credentials: 'omit' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Serve mode. A browser does not tell why a WebSocket was refused; so when it closes before it opens and the server answers plain
 * HTTP, twice in a row, it is the session that is not accepted (a controller that was restarted knows none of its earlier ones).
 */
export function browserTransport(takenLink: string | null): Transport {
  let link = takenLink;
  let refusals = 0;

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
      const opening = await openSocket(await session());
      if (opening.kind === 'open') {
        refusals = 0;
        return { client: clientOver(new RPCLink({ websocket: opening.socket })), closed: opening.closed };
      }
      refusals = REFUSED_CODES.has(opening.code) ? 2 : (await doesServerAnswer()) ? refusals + 1 : 0;
      if (refusals < 2) throw new Error(`the connection closed with code ${opening.code} before it was open`);
      forgetSession();
      throw new SignedOut(ownFaults.noSession);
    },
  };
}
