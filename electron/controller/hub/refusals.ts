import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EnrollmentRefusal } from '../../../agent/protocol/enrollment.ts';
import type { Fault } from '../../domain/faults.ts';

/** How a request is turned away: no body of it is read, and its connection ends. */
export type HttpRefusal = { status: number; fault?: Fault };

export function refuseRequest(response: ServerResponse, refusal: HttpRefusal): void {
  const body = bodyOf(refusal);
  response.writeHead(refusal.status, headersOf(body)).end(body);
}

export function refuseUpgrade(socket: Duplex, refusal: HttpRefusal): void {
  const body = bodyOf(refusal);
  const head = Object.entries(headersOf(body)).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`;
  // A peer that is gone already is no trouble of ours.
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end([status, ...head, '', body].join('\r\n'));
}

/** Where a request goes, whatever its query; null for anything that is not a plain path. */
export function pathOf(request: IncomingMessage): string | null {
  const path = request.url?.split('?', 1)[0];
  return path?.startsWith('/') ? path : null;
}

function bodyOf({ fault }: HttpRefusal): string {
  if (!fault) return '';
  const body: EnrollmentRefusal = { code: fault.code, title: fault.message.slice(0, 500), remedy: fault.remedy.slice(0, 500) };
  return JSON.stringify(body);
}

function headersOf(body: string): Record<string, string> {
  return {
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
  };
}
