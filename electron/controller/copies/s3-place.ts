import { Readable } from 'node:stream';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { v4 } from 'uuid';
import type { OutputDestination } from '../../domain/output-destination.ts';
import type { OutputPlace } from '../ports/output-places.ts';

type S3Store = Extract<OutputDestination, { kind: 'S3' }>;

const CONNECT_MILLISECONDS = 10_000;
/** Nothing that is on its way is quiet for longer. */
const SILENCE_MILLISECONDS = 60_000;

/** Any store that speaks S3: one of the site's own, or AWS. */
export function openS3({ name, endpoint, region, pathStyle, accessKeyId, authority }: S3Store, secretAccessKey: string): OutputPlace {
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: pathStyle,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    // Checksums in trailers are younger than most stores on a LAN.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MILLISECONDS,
      socketTimeout: SILENCE_MILLISECONDS,
      httpsAgent: { ...(authority === null ? {} : { ca: authority }), minVersion: 'TLSv1.2' },
    },
  });
  const put: OutputPlace['put'] = async (key, body, bytes) => {
    await client.send(
      new PutObjectCommand({
        Bucket: name,
        Key: key,
        Body: Readable.from(body(), { objectMode: false }),
        ContentLength: bytes,
        ContentType: 'text/plain; charset=utf-8',
      }),
    );
  };
  return {
    put,
    async prove() {
      const key = `holdfast-test-${v4()}`;
      await client.send(new PutObjectCommand({ Bucket: name, Key: key, Body: 'Holdfast can write here.\n' }));
      await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
    },
    urlOf: (folder) => `${bucketUrl(endpoint, name, pathStyle)}/${folder.split('/').map(encodeURIComponent).join('/')}`,
    close: () => client.destroy(),
  };
}

function bucketUrl(endpoint: string, bucket: string, pathStyle: boolean): string {
  const url = new URL(endpoint);
  return pathStyle ? `${url.origin}/${bucket}` : `${url.protocol}//${bucket}.${url.host}`;
}
