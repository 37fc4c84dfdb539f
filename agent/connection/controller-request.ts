import type { IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { HUB_SERVER_NAME } from '../protocol/version.ts';
import type { Identity } from '../storage/identity-file.ts';

export interface ControllerRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ControllerResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/** Nothing that is on its way is quiet for longer. */
const SILENCE_MILLISECONDS = 30_000;

/** One request to the controller by this node's certificate. Rejects when it cannot be reached, or when `signal` ends it. */
export function requestOfController(identity: Identity, request: ControllerRequest, signal: AbortSignal): Promise<ControllerResponse> {
  const { controller, authority, certificate, key } = identity;
  const { method, path, body, headers = {} } = request;
  return new Promise((resolve, reject) => {
    const sent = https.request(
      {
        ...controller,
        path,
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ca: authority,
        cert: certificate,
        key,
        servername: HUB_SERVER_NAME,
        minVersion: 'TLSv1.3',
        timeout: SILENCE_MILLISECONDS,
        agent: false,
        signal,
      },
      (response) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response }),
    );
    sent.once('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', reject);
    sent.end(body);
  });
}

/** The whole body as text; rejects when it is longer than `most` bytes. */
export async function textOf(body: Readable, most: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    const chunk = Buffer.from(part);
    bytes += chunk.length;
    if (bytes > most) throw new Error(`the answer is longer than ${most} bytes`);
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}
