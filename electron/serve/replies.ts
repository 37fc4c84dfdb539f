import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Fault } from '../domain/faults.ts';

export function replyJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

export function replyFault(response: ServerResponse, status: number, fault: Fault): void {
  replyJson(response, status, { code: fault.code, title: fault.message, remedy: fault.remedy });
}

/** Nothing more is read from this connection. */
export function replyStatus(response: ServerResponse, status: number): void {
  const text = `${STATUS_CODES[status] ?? status}\n`;
  response.writeHead(status, { connection: 'close', 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(text);
}

export function refuseUpgrade(socket: Duplex, status: number): void {
  // A peer that is gone already is no trouble of ours.
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** Where a request goes, whatever its query; null for anything that is not a plain path. */
export function pathOf(request: IncomingMessage): string | null {
  const path = request.url?.split('?', 1)[0];
  return path?.startsWith('/') ? path : null;
}

/** The token of `Authorization: Bearer …`. */
export function bearerOf(request: IncomingMessage): string | null {
  return /^Bearer ([A-Za-z0-9_-]{1,256})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

export function isJson(request: IncomingMessage): boolean {
  return /^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '');
}

/** The body as JSON; undefined when it is none or has more than `limit` characters. */
export async function jsonBodyOf(request: IncomingMessage, limit: number): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.length > limit) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
