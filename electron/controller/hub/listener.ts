import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import { CloseCode } from '../../../agent/protocol/close-codes.ts';
import type { SiteId } from '../../../agent/protocol/ids.ts';
import { MAX_FRAME_BYTES } from '../../../agent/protocol/messages.ts';
import { BLOB_PATH, QUESTION_PATH } from '../../../agent/protocol/questions.ts';
import { AGENT_PATH, ENROLL_PATH, SUB_PROTOCOL } from '../../../agent/protocol/version.ts';
import { Fault } from '../../domain/faults.ts';
import type { AgentEvents } from '../ports/agent-events.ts';
import type { AgentLink } from '../ports/agent-link.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Authority } from './authority.ts';
import { type Entry, openDoor } from './door.ts';
import { answerEnrollment } from './enrollment.ts';
import { HUB_LIMITS, type HubLimits } from './hub-limits.ts';
import { answerQuestions, type Questions } from './questions.ts';
import { pathOf, refuseRequest, refuseUpgrade } from './refusals.ts';
import { openRoster, type Roster } from './roster.ts';
import { countStrangers } from './strangers.ts';
import { keepCredentialsFresh, secureContext } from './tls-credentials.ts';

export type Hub = { port: number; link: AgentLink; close(): Promise<void> };

export type HubOptions = {
  /** `::` is every address of this computer. */
  host: string;
  /** 0 for any free one. */
  port: number;
  authority: Pick<Authority, 'serverCredentials' | 'renewServerCredentials'>;
  siteId: SiteId;
  agents: AgentEvents;
  clock: Clock;
  log: Log;
  heartbeatSeconds?: number;
  limits?: Partial<HubLimits>;
};

/** How long peers have, when the hub closes, to take leave. */
const LEAVE_MILLISECONDS = 1_000;

/** Listens for agents. Whoever has no certificate of this site, admitted at this moment, is heard in an enrollment and nowhere else. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { authority, agents, clock, log, siteId, heartbeatSeconds = 30 } = options;
  const limits = { ...HUB_LIMITS, ...options.limits };
  const server = createServer({ ...secureContext(authority.serverCredentials()), ...serverOptions(limits) });
  const strangers = countStrangers(limits);
  server.on('connection', (socket) => {
    if (!(socket instanceof Socket) || !strangers.take(socket)) socket.destroy();
  });
  const { unsentBytes } = limits;
  const roster = openRoster({ agents, clock, log, siteId, heartbeatSeconds, unsentBytes, greeted: strangers.giveBack });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: () => SUB_PROTOCOL,
  });
  serveAgents(server, {
    agents,
    log,
    roster,
    sockets,
    entry: openDoor({ agents, clock, log }),
    questions: answerQuestions({ agents, clock, log }),
    known: (socket) => (socket instanceof TLSSocket ? strangers.giveBack(socket) : undefined),
  });
  const port = await listen(server, options);
  server.on('error', (cause) => log.error('hub.listener-failed', cause));
  const stopRenewing = keepCredentialsFresh(server, { authority, clock, log });
  return {
    port,
    link: roster.link,
    close: async () => {
      stopRenewing();
      const closed = once(server, 'close');
      server.close();
      roster.endAll({ code: CloseCode.ShuttingDown, reason: 'the controller is going away and will be back' });
      await Promise.race([closed, wait(LEAVE_MILLISECONDS)]);
      for (const socket of sockets.clients) socket.terminate();
      strangers.destroyAll();
      await closed;
    },
  };
}

function serverOptions(limits: HubLimits): ServerOptions {
  return {
    requestCert: true,
    // An enrollment comes from a peer without a certificate; for everything else the door looks at `authorized`.
    rejectUnauthorized: false,
    handshakeTimeout: limits.handshakeMilliseconds,
    headersTimeout: limits.headersMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: Math.min(2_000, limits.headersMilliseconds),
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    noDelay: true,
  };
}

type Desk = {
  agents: AgentEvents;
  log: Log;
  roster: Roster;
  sockets: WebSocketServer;
  entry: (socket: Duplex) => Entry;
  questions: Questions;
  /** A connection that proved to be a node's takes no stranger's place. */
  known: (socket: Duplex) => void;
};

function serveAgents(server: Server, desk: Desk): void {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.method === 'POST' && pathOf(request) === ENROLL_PATH) void answerEnrollment(desk, request, response);
    else answerOther(desk, request, response);
  };
  server.on('request', answer);
  // With `Expect: 100-continue` a peer asks before it sends a body: only an enrollment is asked to go on.
  server.on('checkContinue', answer);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => answerUpgrade(desk, request, { socket, head }));
}

/** There is nothing else for a node either, but it is told so only after it has shown its certificate. */
function answerOther(desk: Desk, request: IncomingMessage, response: ServerResponse): void {
  const entry = entryOf(desk, request.socket);
  const path = pathOf(request);
  if (entry.ok && request.method === 'POST' && path === QUESTION_PATH) {
    desk.known(request.socket);
    void desk.questions.answer(entry.nodeId, request, response);
    return;
  }
  if (entry.ok && request.method === 'GET' && path?.startsWith(`${BLOB_PATH}/`)) {
    desk.known(request.socket);
    void desk.questions.send(entry.nodeId, path.slice(BLOB_PATH.length + 1), { request, response });
    return;
  }
  refuseRequest(response, entry.ok ? { status: path === AGENT_PATH ? 426 : 404 } : entry.refusal);
}

function answerUpgrade(desk: Desk, request: IncomingMessage, { socket, head }: { socket: Duplex; head: Buffer }): void {
  const entry = upgradeEntryOf(desk, request, socket);
  if (entry.ok && socket instanceof TLSSocket) {
    desk.sockets.handleUpgrade(request, socket, head, (ws) => desk.roster.open(entry.nodeId, { ws, socket }));
  } else {
    refuseUpgrade(socket, entry.ok ? { status: 400 } : entry.refusal);
  }
}

function upgradeEntryOf(desk: Desk, request: IncomingMessage, socket: Duplex): Entry {
  const entry = entryOf(desk, socket);
  if (!entry.ok) return entry;
  if (pathOf(request) !== AGENT_PATH) return { ok: false, refusal: { status: 404 } };
  const offered = request.headers['sec-websocket-protocol']?.split(',').map((name) => name.trim());
  return offered?.includes(SUB_PROTOCOL) ? entry : { ok: false, refusal: { status: 400 } };
}

function entryOf({ entry, log }: Desk, socket: Duplex): Entry {
  try {
    return entry(socket);
  } catch (cause) {
    log.error('hub.admission-failed', cause);
    return { ok: false, refusal: { status: 503 } };
  }
}

async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  // Left to itself, Node listens on every address, and does so too where there is no IPv6.
  server.listen(host === '::' ? { port } : { host, port });
  await once(server, 'listening').catch((cause: unknown) => {
    throw listenFault(port, cause);
  });
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

function listenFault(port: number, cause: unknown): unknown {
  const facts = { port, option: '--hub-port' };
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') return new Fault('E-PORT-IN-USE', facts, { cause });
  if (code === 'EACCES') return new Fault('E-PORT-DENIED', facts, { cause });
  return cause;
}
