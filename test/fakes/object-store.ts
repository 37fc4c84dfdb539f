import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

interface S3Server {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
  /** Of the server that `run` started. */
  httpServer: { closeAllConnections(): void };
}

// It has no types of its own.
const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (options: Record<string, unknown>) => S3Server;

export interface ObjectStore {
  /** http://127.0.0.1:port, to which requests are addressed by path: endpoint/bucket/key. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The text of an object; null when there is none. */
  read(bucket: string, key: string): Promise<string | null>;
  put(bucket: string, key: string, content: string | Uint8Array<ArrayBuffer>): Promise<void>;
}

/** A real S3 server on this computer, with these buckets. It checks signatures, and lets in whoever signs nothing; it goes with the test. */
export async function anObjectStore(...buckets: string[]): Promise<ObjectStore> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-test-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    vhostBuckets: false,
    directory,
    configureBuckets: buckets.map((name) => ({ name })),
  });
  const { port } = await server.run();
  onTestFinished(async () => {
    const closed = server.close();
    server.httpServer.closeAllConnections();
    await closed;
    rmSync(directory, { recursive: true, force: true });
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const addressOf = (bucket: string, key: string) => `${endpoint}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return {
    endpoint,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    async read(bucket, key) {
      const response = await fetch(addressOf(bucket, key));
      const text = await response.text();
      return response.status === 404 ? null : text;
    },
    async put(bucket, key, content) {
      const response = await fetch(addressOf(bucket, key), { method: 'PUT', body: content });
      if (!response.ok) throw new Error(`The object store answered with ${response.status}: ${await response.text()}`);
    },
  };
}
