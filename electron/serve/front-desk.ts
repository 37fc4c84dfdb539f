import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { RPC_PATH, SESSION_PATH, SESSION_PREFIX, UI_SUB_PROTOCOL } from '../api/transport.ts';
import { Fault } from '../domain/faults.ts';
import { readPageFile } from './page-files.ts';
import { bearerOf, isJson, jsonBodyOf, pathOf, replyFault, replyJson, replyStatus } from './replies.ts';
import { INSTANCE_LINK_PATH, type InstanceLink } from './running-instance.ts';
import { type Intrusion, intrusionOf } from './same-origin.ts';
import { isSecretOf } from './secrets.ts';
import type { Sessions } from './sessions.ts';

/** What the answers to requests need. */
export type FrontDesk = {
  port: number;
  rendererFolder: string;
  sessions: Sessions;
  newLink(): string;
  /** Of the token that lets a second start ask for a link. */
  controlDigest: Buffer;
};

const SessionRequest = z.strictObject({ link: z.string().max(256) });
const SESSION_REQUEST_CHARACTERS = 1024;

const STATUS: Record<Intrusion, number> = { 'foreign host': 421, 'foreign origin': 403 };

export async function answerRequest(desk: FrontDesk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const intrusion = intrusionOf(request, { port: desk.port, origin: 'optional' });
  const path = pathOf(request);
  if (intrusion !== null) replyStatus(response, STATUS[intrusion]);
  else if (path === null) replyStatus(response, 400);
  else if (path === SESSION_PATH && request.method === 'POST') await openSession(desk, request, response);
  else if (path === SESSION_PATH && request.method === 'GET') checkSession(desk, request, response);
  else if (path === INSTANCE_LINK_PATH && request.method === 'POST') giveLink(desk, request, response);
  else if (request.method === 'GET' || request.method === 'HEAD') await sendPageFile(desk.rendererFolder, path, response);
  else replyStatus(response, 405);
}

/** With what status an upgrade is refused; null when its session may have the socket. */
export function upgradeRefusal(desk: Pick<FrontDesk, 'port' | 'sessions'>, request: IncomingMessage): number | null {
  const intrusion = intrusionOf(request, { port: desk.port, origin: 'required' });
  if (intrusion !== null) return STATUS[intrusion];
  if (pathOf(request) !== RPC_PATH) return 404;
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(UI_SUB_PROTOCOL)) return 400;
  const token = offered.find((name) => name.startsWith(SESSION_PREFIX))?.slice(SESSION_PREFIX.length);
  return token !== undefined && desk.sessions.isSession(token) ? null : 401;
}

async function openSession({ sessions }: FrontDesk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page of another origin can send this content type only after a question that is never answered with yes.
  if (!isJson(request)) {
    replyStatus(response, 415);
    return;
  }
  const body = SessionRequest.safeParse(await jsonBodyOf(request, SESSION_REQUEST_CHARACTERS)).data;
  if (!body) {
    replyStatus(response, 400);
    return;
  }
  const exchange = sessions.exchange(body.link);
  switch (exchange.kind) {
    case 'session':
      replyJson(response, 200, { session: exchange.token });
      break;
    case 'refused':
      replyFault(response, 403, new Fault('E-LINK-USED', undefined));
      break;
    case 'too-many':
      response.setHeader('retry-after', '60');
      replyFault(response, 429, new Fault('E-LINK-USED', undefined));
      break;
  }
}

/** Lets a page whose socket was refused tell a session that is over from a Holdfast that is not running. */
function checkSession({ sessions }: FrontDesk, request: IncomingMessage, response: ServerResponse): void {
  const token = bearerOf(request);
  if (token !== null && sessions.isSession(token)) response.writeHead(204, { 'cache-control': 'no-store' }).end();
  else replyFault(response, 401, new Fault('E-SESSION', undefined));
}

function giveLink({ controlDigest, newLink }: FrontDesk, request: IncomingMessage, response: ServerResponse): void {
  const token = bearerOf(request);
  if (token !== null && isSecretOf(controlDigest, token)) {
    const body: z.infer<typeof InstanceLink> = { link: newLink() };
    replyJson(response, 200, body);
  } else {
    replyFault(response, 403, new Fault('E-SESSION', undefined));
  }
}

async function sendPageFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const file = await readPageFile(folder, path);
  if (file === null) {
    replyStatus(response, 404);
    return;
  }
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length, 'cache-control': file.cacheControl });
  // For HEAD, Node sends the head alone.
  response.end(file.bytes);
}
