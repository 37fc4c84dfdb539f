import type { IncomingMessage } from 'node:http';

/** Why a request is not from our own page or a program of this user; null when it may go on. */
export type Intrusion = 'foreign host' | 'foreign origin';

/**
 * The exact list of hosts stops DNS rebinding; `Origin` and `Sec-Fetch-Site` stop other pages in the same browser. A program that is
 * no browser sends neither, but a WebSocket has no other protection against pages, so there an Origin is a must.
 */
export function intrusionOf(request: IncomingMessage, expected: { port: number; origin: 'optional' | 'required' }): Intrusion | null {
  const hosts = request.headersDistinct.host ?? [];
  const host = hosts.length === 1 ? hosts[0] : undefined;
  if (host !== `127.0.0.1:${expected.port}` && host !== `localhost:${expected.port}`) return 'foreign host';
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined ? expected.origin === 'required' : origin !== `http://${host}`) return 'foreign origin';
  return site === undefined || site === 'none' || site === 'same-origin' ? null : 'foreign origin';
}
