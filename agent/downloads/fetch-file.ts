import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import { digestAuthorization, type Login } from './http-digest.ts';
import { httpRequest, shownUrl, unreachable } from './http-request.ts';

export interface FileRequest {
  readonly url: string;
  /** Where it goes. What is there is replaced, by the whole file or not at all. */
  readonly file: string;
  /** In hexadecimal; what has another one is not kept. */
  readonly sha256?: string;
  /** Sent to the host of `url` alone, also when that sends elsewhere. */
  readonly login?: { readonly scheme: 'Basic' | 'Digest' } & Login;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it may come by http://, where anyone on the way can change it. Default: only with a checksum. */
  readonly allowInsecure?: boolean;
  /** Default 8 GiB. */
  readonly mostBytes?: number;
  /** Default 3600. */
  readonly timeoutSeconds?: number;
}

export interface FetchedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Where it came from in the end, after redirects. */
  readonly url: URL;
}

type Circumstances = Pick<ActionContext, 'clock' | 'signal'>;

const MOST_REDIRECTS = 5;
const MOST_BYTES = 8 * 1024 ** 3;
const TIMEOUT_SECONDS = 3600;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Fetches a file by HTTP(S). Null when the step's signal ended it; a Failure says what is wrong otherwise. */
export async function fetchFile(request: FileRequest, { clock, signal }: Circumstances): Promise<FetchedFile | null> {
  const tooLate = new AbortController();
  const seconds = request.timeoutSeconds ?? TIMEOUT_SECONDS;
  const timer = clock.after(seconds * 1000, () => tooLate.abort());
  const until = AbortSignal.any([signal, tooLate.signal]);
  const url = parsedUrl(request);
  try {
    const { response, from } = await finalResponse(request, url, until);
    return await keep(response, { request, from, until });
  } catch (error) {
    if (signal.aborted) return null;
    if (!tooLate.signal.aborted) throw error;
    const problem = `it was not there whole after ${seconds} seconds`;
    throw new Failure('E-DOWNLOAD', { source: shownUrl(url), problem, remedy: 'Try again when the way to that server is faster.' });
  } finally {
    timer.cancel();
  }
}

const refused = (source: string, problem: string, remedy: string): Failure =>
  new Failure('E-DOWNLOAD-REFUSED', { source, problem, remedy });

function parsedUrl(request: FileRequest): URL {
  const url = URL.parse(request.url);
  if (url === null) throw refused(request.url.slice(0, 200), 'it is no URL', 'Write it as https://server/path.');
  if (url.username !== '' || url.password !== '') {
    throw refused(shownUrl(url), 'it has a user or a password in it', 'Give them as username and password of the download.');
  }
  refuseUnsafe(url, request);
  return url;
}

function refuseUnsafe(url: URL, { allowInsecure, sha256 }: FileRequest): void {
  if (url.protocol === 'https:') return;
  if (url.protocol !== 'http:') throw refused(shownUrl(url), `${url.protocol} is no way to fetch it`, 'Use https.');
  if (allowInsecure ?? sha256 !== undefined) return;
  const remedy = 'Use https, or set allowInsecureDownload to true where the network is trusted.';
  throw refused(shownUrl(url), 'on its way by http:// anyone could read and change it', remedy);
}

interface Answered {
  readonly response: IncomingMessage;
  readonly from: URL;
}

async function finalResponse(request: FileRequest, first: URL, signal: AbortSignal): Promise<Answered> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await answered(request, { url, mayLogIn: url.origin === first.origin }, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return { response, from: url };
    response.destroy();
    if (!REDIRECTS.has(statusCode) || headers.location === undefined) throw refusedBy(url, statusCode);
    const next = URL.parse(headers.location, url.href);
    if (next === null) throw refusedBy(url, statusCode);
    refuseDowngrade(url, next, request);
    url = next;
  }
  throw refused(shownUrl(first), `its server sends elsewhere more than ${MOST_REDIRECTS} times`, 'Give the address where it really is.');
}

function refuseDowngrade(from: URL, to: URL, request: FileRequest): void {
  if (from.protocol === 'https:' && to.protocol === 'http:' && request.allowInsecure !== true) {
    throw refused(shownUrl(from), 'its server sends from https to http', 'Give the address where it really is, by https.');
  }
  refuseUnsafe(to, request);
}

/** With the login: Basic at once, as the server is one that the document names; Digest once the server has asked for it. */
async function answered(
  request: FileRequest,
  { url, mayLogIn }: { url: URL; mayLogIn: boolean },
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { login } = request;
  const headers = mayLogIn ? (request.headers ?? {}) : {};
  if (!mayLogIn || login === undefined) return httpRequest({ url, headers }, signal);
  if (login.scheme === 'Basic') {
    const token = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    return httpRequest({ url, headers: { ...headers, authorization: `Basic ${token}` } }, signal);
  }
  const first = await httpRequest({ url, headers }, signal);
  if (first.statusCode !== 401) return first;
  first.destroy();
  const uri = `${url.pathname}${url.search}`;
  const authorization = digestAuthorization(first.headers['www-authenticate'] ?? '', { login, method: 'GET', uri });
  if (authorization === null) throw refused(shownUrl(url), 'its server does not ask for a Digest login', 'Choose another authMethod.');
  return httpRequest({ url, headers: { ...headers, authorization } }, signal);
}

function refusedBy(url: URL, status: number): Failure {
  const remedy =
    status === 401 || status === 403
      ? 'Check authMethod, username and password, and what that user may read.'
      : 'Check the address, and the log of that server.';
  return new Failure('E-DOWNLOAD', { source: shownUrl(url), problem: `the server answered with the status ${status}`, remedy });
}

/** Beside the file first, so that what is there is never half of one. */
async function keep(
  response: IncomingMessage,
  { request, from, until }: { request: FileRequest; from: URL; until: AbortSignal },
): Promise<FetchedFile> {
  const { file, sha256, mostBytes = MOST_BYTES } = request;
  const part = `${file}.part`;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  rmSync(part, { force: true });
  const meter = new Meter(mostBytes, () => tooLarge(from, mostBytes));
  try {
    await pipeline(response, meter, createWriteStream(part, { flags: 'wx', mode: 0o700 }), { signal: until });
    const found = meter.sha256();
    if (sha256 !== undefined && found !== sha256.toLowerCase()) {
      throw new Failure('E-CHECKSUM', { source: shownUrl(from), wanted: sha256.toLowerCase(), found });
    }
    await rename(part, file);
    return { sha256: found, bytes: meter.bytes, url: from };
  } catch (error) {
    rmSync(part, { force: true });
    if (error instanceof Failure || until.aborted || isOfDisk(error)) throw error;
    throw unreachable(from, error);
  }
}

const tooLarge = (url: URL, mostBytes: number): Failure =>
  refused(shownUrl(url), `it is larger than ${mostBytes} bytes`, 'Fetch it in smaller parts, or with a script.');

const DISK_TROUBLES: readonly unknown[] = ['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'EEXIST'];

const isOfDisk = (error: unknown): boolean => error instanceof Error && 'code' in error && DISK_TROUBLES.includes(error.code);

/** Counts and hashes what passes, and ends it when it is too much. */
class Meter extends Transform {
  bytes = 0;
  readonly #hash = createHash('sha256');
  readonly #mostBytes: number;
  readonly #tooMuch: () => Error;

  constructor(mostBytes: number, tooMuch: () => Error) {
    super();
    this.#mostBytes = mostBytes;
    this.#tooMuch = tooMuch;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
    if (this.bytes > this.#mostBytes) done(this.#tooMuch());
    else done(null, chunk);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}
