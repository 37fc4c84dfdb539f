import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { LINK_FRAGMENT, MAX_CALL_BYTES, UI_SUB_PROTOCOL } from '../api/transport.ts';
import { Fault } from '../domain/faults.ts';
import { answerRequest, type FrontDesk, upgradeRefusal } from './front-desk.ts';
import { type InstanceRecord, removeInstanceFile, writeInstanceFile } from './instance-file.ts';
import { refuseUpgrade, replyStatus } from './replies.ts';
import { digestOf, newSecret } from './secrets.ts';
import { securityHeaders } from './security-headers.ts';
import { openSessions } from './sessions.ts';

export type ServeLog = { info(event: string, facts?: Record<string, unknown>): void; error(event: string, cause: unknown): void };

export type ServeOptions = {
  /** 0 for any free one. */
  port: number;
  /** The built page. */
  rendererFolder: string;
  log: ServeLog;
  /** Takes a WebSocket whose session is checked, and answers calls on it. */
  serveSocket(socket: WebSocket): void;
  now: () => Date;
  /** Where to write down, for a second start, that this one is running. */
  instanceFile?: string;
};

export type Serve = {
  port: number;
  origin: string;
  /** The address with a one-time code, for a person to open within ten minutes. */
  newLink(): string;
  close(): Promise<void>;
};

/** The window in a browser of this computer: its files, its sessions and its socket, on the loopback address alone. */
export async function startServe(options: ServeOptions): Promise<Serve> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 5_000, noDelay: true });
  const port = await listen(server, options.port);
  const origin = `http://127.0.0.1:${port}`;
  const sessions = openSessions(options.now);
  const newLink = (): string => `${origin}/#${LINK_FRAGMENT}=${sessions.newCode()}`;
  const instance: InstanceRecord = { pid: process.pid, origin, controlToken: newSecret(), startedAt: options.now().toISOString() };
  const controlDigest = digestOf(instance.controlToken);
  const desk: FrontDesk = { port, rendererFolder: options.rendererFolder, sessions, newLink, controlDigest };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CALL_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => UI_SUB_PROTOCOL,
  });
  answerOn(server, { desk, sockets, log: options.log, serveSocket: options.serveSocket });
  if (options.instanceFile) await announce(options.instanceFile, instance, server);
  return {
    port,
    origin,
    newLink,
    close: async () => {
      if (options.instanceFile) await removeInstanceFile(options.instanceFile, instance);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const socket of sockets.clients) socket.terminate();
      await closed;
    },
  };
}

/** A start that cannot be found by the next one is no start. */
async function announce(file: string, instance: InstanceRecord, server: Server): Promise<void> {
  await writeInstanceFile(file, instance).catch((cause: unknown) => {
    server.close();
    const because = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Fault('E-DATA-FOLDER', { folder: dirname(file), cause: because }, { cause });
  });
}

type Switchboard = Pick<ServeOptions, 'log' | 'serveSocket'> & { desk: FrontDesk; sockets: WebSocketServer };

function answerOn(server: Server, { desk, sockets, log, serveSocket }: Switchboard): void {
  const headers = Object.entries(securityHeaders(desk.port));
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    answerRequest(desk, request, response).catch((cause: unknown) => {
      // A page that went away before it had sent everything needs no answer.
      if (request.destroyed && !request.complete) return;
      log.error('serve.request-failed', cause);
      if (response.headersSent) response.destroy();
      else replyStatus(response, 500);
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = upgradeRefusal(desk, request);
    if (refusal !== null) refuseUpgrade(socket, refusal);
    else sockets.handleUpgrade(request, socket, head, (ws) => hand(ws, { log, serveSocket }));
  });
  server.on('error', (cause) => log.error('serve.listener-failed', cause));
}

function hand(ws: WebSocket, { log, serveSocket }: Pick<Switchboard, 'log' | 'serveSocket'>): void {
  ws.on('error', (cause) => log.info('serve.socket-broken', { because: cause.message }));
  try {
    serveSocket(ws);
  } catch (cause) {
    log.error('serve.socket-failed', cause);
    ws.terminate();
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ host: '127.0.0.1', port });
  await once(server, 'listening').catch((cause: unknown) => {
    throw listenFault(port, cause);
  });
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

function listenFault(port: number, cause: unknown): unknown {
  const facts = { port, option: '--port' };
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') return new Fault('E-PORT-IN-USE', facts, { cause });
  if (code === 'EACCES') return new Fault('E-PORT-DENIED', facts, { cause });
  return cause;
}
