import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Protocol } from 'electron';

const scheme = 'app';
const host = 'holdfast';
export const PAGE_ORIGIN = `${scheme}://${host}`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/**
 * What the page may do: run its own scripts and show its own files. Nothing of it may be inline, and no text becomes markup (Trusted
 * Types). It has no network; its calls travel on a port.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'none'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const headersOfEveryAnswer = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
};

/** No segment begins with a dot and nothing is escaped: whatever fits this stays below the page's folder. */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** Has to be called before the app is ready. */
export function declarePageScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

export function servePage(protocol: Protocol, pageFolder: string): void {
  protocol.handle(scheme, (request) => answerFrom(pageFolder, request));
}

export function isPageUrl(url: string): boolean {
  return url === PAGE_ORIGIN || url.startsWith(PAGE_URL);
}

/** Answers with a file of the page's folder and with nothing else, whatever is asked. */
export async function answerFrom(pageFolder: string, request: Pick<Request, 'url' | 'method'>): Promise<Response> {
  if (request.method !== 'GET') return refusal(405);
  const file = fileOf(request.url);
  const mediaType = file === null ? undefined : mediaTypes[extname(file)];
  if (file === null || mediaType === undefined) return refusal(404);
  try {
    const bytes = await readFile(join(pageFolder, file));
    return new Response(new Uint8Array(bytes), { headers: { ...headersOfEveryAnswer, 'content-type': mediaType } });
  } catch {
    return refusal(404);
  }
}

/** The file that an address of ours names, relative to the page's folder; null when it names none. */
function fileOf(address: string): string | null {
  if (!isPageUrl(address)) return null;
  const path = address.slice(PAGE_ORIGIN.length).replace(/[?#].*$/s, '');
  if (path === '' || path === '/') return 'index.html';
  return plainPath.test(path) ? path.slice(1) : null;
}

function refusal(status: 404 | 405): Response {
  return new Response('', { status, headers: headersOfEveryAnswer });
}
