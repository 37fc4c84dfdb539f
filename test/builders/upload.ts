import { createHash } from 'node:crypto';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../electron/api/contract.ts';
import { UPLOAD_PART_BYTES } from '../../electron/domain/package.ts';
import { aZip, type PackedEntry } from './archives.ts';

type Client = Pick<ContractRouterClient<Contract>, 'packages'>;

/** Hands a file over as a window does; answers by which name it is then known. */
export async function uploaded({ packages }: Client, fileName: string, bytes: Buffer): Promise<string> {
  const { uploadId } = await packages.beginUpload({ fileName, size: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += UPLOAD_PART_BYTES) {
    await packages.upload({ uploadId, offset, base64: bytes.subarray(offset, offset + UPLOAD_PART_BYTES).toString('base64') });
  }
  return uploadId;
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A zip of files by their names. */
export const zipOf = (files: Readonly<Record<string, string | Buffer>>): Buffer =>
  aZip(Object.entries(files).map(([name, content]): PackedEntry => ({ name, content })));

/** A Distributor package as it lies in a folder: manifest.json, and its zips. */
export function aDistributorPackage(version: string, zips: Readonly<Record<string, Buffer>>, places?: object): Record<string, Buffer> {
  const [first = ''] = Object.keys(zips);
  const files = Object.entries(zips).map(([name, bytes]) => [name, { checksums: { sha256: sha256Of(bytes) }, size: bytes.length }]);
  const manifest = {
    schemaVersion: '2.0',
    publisher: 'Lab',
    version,
    packages: places ?? { _any: { _any: { _any: { file: first } } } },
    files: Object.fromEntries(files),
  };
  return { 'manifest.json': Buffer.from(JSON.stringify(manifest, null, 2)), ...zips };
}

/** Adds it by its files, one by one. */
export async function addDistributorPackage(
  client: Client,
  name: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<{ name: string; version: string }> {
  const uploadIds: string[] = [];
  for (const [fileName, bytes] of Object.entries(files)) uploadIds.push(await uploaded(client, fileName, bytes));
  return client.packages.add({ name, makeDefault: true, source: { kind: 'distributor', uploadIds } });
}
