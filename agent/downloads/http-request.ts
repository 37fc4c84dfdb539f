import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { Failure } from '../protocol/failures.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Nothing that is on its way is quiet for longer. */
const SILENCE_MILLISECONDS = 60_000;

/**
 * One request, with no redirect followed. Certificates are believed as the node's own programs believe them, which is how a lab's
 * own authority becomes known. A Failure when there is no answer; rejects with the signal's reason when that ends it.
 */
export async function httpRequest({ url, method = 'GET', headers = {} }: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
  // With it comes all of the runtime's `fetch`, which an agent that only waits does without.
  const http = await import('node:http');
  const options = { method, headers: { 'user-agent': 'holdfast-agent', ...headers }, agent: false, timeout: SILENCE_MILLISECONDS, signal };
  return new Promise((resolve, reject) => {
    const sent =
      url.protocol === 'https:' ? https.request(url, { ...options, ca: trusted() }, resolve) : http.request(url, options, resolve);
    sent.once('timeout', () => sent.destroy(new Error('it is silent')));
    sent.once('error', (error) => reject(signal.aborted ? error : unreachable(url, error)));
    sent.end();
  });
}

let trustedAuthorities: string[] | null = null;

/** Node's own list, and the operating system's. */
function trusted(): string[] {
  trustedAuthorities ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  return trustedAuthorities;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const UNTRUSTED = /CERT|SELF_SIGNED|ISSUER|ALTNAME|UNABLE_TO_VERIFY/;

/** Also of a transfer that broke off. */
export function unreachable(url: URL, cause: unknown): Failure {
  const code = codeOf(cause);
  const problem = code === '' && cause instanceof Error ? cause.message : code || 'the connection ended';
  const remedy = UNTRUSTED.test(code)
    ? 'Put the authority of that server into the node’s own certificate store, or give it a certificate for this name.'
    : 'Check the address, and that the node reaches that server.';
  return new Failure('E-DOWNLOAD', { source: shownUrl(url), problem, remedy }, { cause });
}

/** Without what may be a secret: user, password and query. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 400);
}
