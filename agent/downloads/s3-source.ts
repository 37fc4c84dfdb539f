import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { S3Source } from '../document/download-inputs.ts';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import { safeParts } from './archive-entry.ts';
import type { Staged } from './destination.ts';
import { type FetchedFile, fetchFile } from './fetch-file.ts';
import { type ListedObject, readListing } from './s3-listing.ts';

interface ObjectAddress {
  /** Ends with the bucket, and a slash. */
  readonly bucket: URL;
  readonly key: string;
}

const MOST_OBJECTS = 50_000;
const MOST_BYTES = 8 * 1024 ** 3;
const MOST_LISTING_BYTES = 8 * 1024 ** 2;

const refused = (source: string, problem: string, remedy: string): Failure =>
  new Failure('E-DOWNLOAD-REFUSED', { source: source.slice(0, 400), problem, remedy });

/** An object, or all below a prefix, of an S3-compatible store. Null when the step's signal ended it. */
export async function fetchS3Source(source: S3Source, context: ActionContext): Promise<Staged | null> {
  const address = addressOf(source);
  const store = new Store(source, address, context);
  const name = address.key.split('/').at(-1) ?? '';
  if (name === '') return store.folder(address.key);
  const file = path.join(context.stepFolder, 'content');
  try {
    const fetched = await store.object(address.key, { file, isWhole: true });
    return fetched === null ? null : { kind: 'file', file, name: safeParts(name)?.[0] ?? 'content' };
  } catch (error) {
    if (!isNotThere(error)) throw error;
    return store.folder(`${address.key}/`, error);
  }
}

const isNotThere = (error: unknown): error is Failure =>
  error instanceof Failure && error.code === 'E-DOWNLOAD' && /the status (403|404)/.test(error.message);

/** `https://endpoint/bucket/key`, `https://bucket.s3.region.amazonaws.com/key` or `s3://bucket/key`; `endpoint` takes Amazon's place. */
function addressOf({ path: given, endpoint }: S3Source): ObjectAddress {
  const url = URL.parse(given);
  if (url === null || !['http:', 'https:', 's3:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw refused(given, 'it is no address of an object', 'Write https://store/bucket/key.');
  }
  const [key, bucket] = bucketAndKey(url);
  const base = endpoint === undefined ? null : URL.parse(`${endpoint.replace(/\/+$/, '')}/`);
  if (endpoint !== undefined && (base === null || !/^https?:$/.test(base.protocol))) {
    throw refused(endpoint, 'it is no address of an object store', 'Write the endpoint as https://store:port.');
  }
  if (bucket === null && base === null) return { bucket: new URL('/', url), key };
  if (url.protocol === 's3:' && base === null)
    throw refused(given, 's3:// names no store', 'Give its endpoint, or write https://store/bucket/key.');
  if (bucket === '') throw refused(given, 'it names no bucket', 'Write https://store/bucket/key.');
  const name = bucket ?? url.hostname.split('.')[0] ?? '';
  return { bucket: new URL(`${encodeURIComponent(name)}/`, base ?? new URL('/', url)), key };
}

const AMAZON_BY_HOST = /^([a-z0-9.-]+)\.s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$/i;

/** A bucket of null is in the name of the host. */
function bucketAndKey(url: URL): [key: string, bucket: string | null] {
  const keyed = decodeURIComponent(url.pathname.replace(/^\//, ''));
  if (url.protocol === 's3:') return [keyed, url.hostname];
  if (AMAZON_BY_HOST.test(url.hostname)) return [keyed, null];
  const [bucket = '', ...rest] = keyed.split('/');
  return [rest.join('/'), bucket];
}

class Store {
  readonly #source: S3Source;
  readonly #address: ObjectAddress;
  readonly #context: ActionContext;

  constructor(source: S3Source, address: ObjectAddress, context: ActionContext) {
    this.#source = source;
    this.#address = address;
    this.#context = context;
  }

  async object(key: string, { file, isWhole }: { file: string; isWhole: boolean }): Promise<FetchedFile | null> {
    // Put behind the bucket, and not resolved against it: a key that begins with a slash would lead out of it, or to another host.
    const url = new URL(`${this.#address.bucket.href}${key.split('/').map(encodeURIComponent).join('/')}`);
    const { sha256 } = this.#source;
    return this.#fetch(url, { file, ...(isWhole && sha256 !== undefined ? { sha256 } : {}) });
  }

  /** All below the prefix, by the same folders. `absent`: what was said where it was looked for as an object. */
  async folder(prefix: string, absent: Failure | null = null): Promise<Staged | null> {
    const objects = await this.#list(prefix).catch((error: unknown) => {
      throw absent ?? error;
    });
    if (objects === null) return null;
    if (objects.length === 0)
      throw absent ?? refused(this.#source.path, 'there is nothing below it', 'Check the path, and what these credentials may read.');
    if (this.#source.sha256 !== undefined)
      throw refused(this.#source.path, 'it is a folder, and has no SHA-256', 'Leave sha256 out, or name one object.');
    const folder = path.join(this.#context.stepFolder, 'content');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { key } of objects) {
      const parts = safeParts(key.slice(prefix.length));
      if (parts === null)
        throw refused(this.#source.path, `its object ${JSON.stringify(key.slice(0, 200))} has a name that is no file name`, 'Rename it.');
      if ((await this.object(key, { file: path.join(folder, ...parts), isWhole: false })) === null) return null;
    }
    return { kind: 'folder', folder };
  }

  /** In the order of the store, without the markers of empty folders. */
  async #list(prefix: string): Promise<ListedObject[] | null> {
    const objects: ListedObject[] = [];
    let bytes = 0;
    for (let next: string | null = ''; next !== null; ) {
      const page = await this.#page(prefix, next);
      if (page === null) return null;
      for (const object of page.objects) {
        if (object.key.endsWith('/') || !object.key.startsWith(prefix)) continue;
        bytes += object.size;
        objects.push(object);
      }
      if (objects.length > MOST_OBJECTS || bytes > MOST_BYTES) {
        throw refused(
          this.#source.path,
          `there are more than ${MOST_OBJECTS} objects or ${MOST_BYTES} bytes below it`,
          'Name a smaller part.',
        );
      }
      next = page.next;
    }
    return objects;
  }

  async #page(prefix: string, continuation: string): Promise<ReturnType<typeof readListing> | null> {
    // Without the slash: where a bucket is in the path, not every store takes it for the same.
    const url = new URL(this.#address.bucket.href.replace(/(?<=[^/])\/$/, ''));
    const query = {
      'list-type': '2',
      'encoding-type': 'url',
      prefix,
      ...(continuation === '' ? {} : { 'continuation-token': continuation }),
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const file = path.join(this.#context.stepFolder, 'listing');
    if ((await this.#fetch(url, { file, mostBytes: MOST_LISTING_BYTES })) === null) return null;
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return readListing(text);
  }

  async #fetch(url: URL, wanted: { file: string; sha256?: string; mostBytes?: number }): Promise<FetchedFile | null> {
    const headers = await this.#signed(url);
    return fetchFile({ ...wanted, url: url.href, headers, allowInsecure: this.#source.allowInsecureDownload }, this.#context);
  }

  /** By AWS's signature version 4, or not at all where there are no credentials. */
  async #signed(url: URL): Promise<Record<string, string>> {
    const { username, password, region = 'us-east-1' } = this.#source;
    if (username === undefined && password === undefined) return {};
    if (username === undefined || password === undefined) {
      throw refused(this.#source.path, 'it needs both a username (the access key) and a password (the secret key)', 'Give both, or none.');
    }
    const { AwsV4Signer } = await import('aws4fetch');
    const signer = new AwsV4Signer({
      method: 'GET',
      url: url.href,
      accessKeyId: username,
      secretAccessKey: password,
      service: 's3',
      region,
    });
    const { headers } = await signer.sign();
    return Object.fromEntries([...headers].filter(([name]) => name !== 'host'));
  }
}
