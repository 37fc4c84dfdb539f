import * as z from 'zod';
import { AssociationId } from '../../agent/protocol/ids.ts';
import {
  PACKAGE_FILES_LIMIT,
  PackageFile,
  PackageName,
  PackagePlatforms,
  PackageVersionName,
  UPLOAD_PART_BYTES,
} from '../domain/package.ts';
import { ManifestKey } from '../domain/package-manifest.ts';
import { call, PageInput, pageOf } from './call.ts';

export const PackageRow = z.object({
  name: z.string(),
  /** What is installed where no version is named. */
  defaultVersion: z.string(),
  publisher: z.string(),
  versions: z.number(),
  /** Of all versions, each once. */
  platforms: z.array(z.string()),
  /** Of all versions; a file that two of them have counts once. */
  bytes: z.number(),
  /** How many associations name it. */
  usedBy: z.number(),
  lastModifiedAt: z.date(),
});
export type PackageRow = z.infer<typeof PackageRow>;

export const PackageVersionRow = z.object({
  version: z.string(),
  publisher: z.string(),
  packages: PackagePlatforms,
  files: z.array(PackageFile),
  addedAt: z.date(),
  addedBy: z.string(),
});
export type PackageVersionRow = z.infer<typeof PackageVersionRow>;

export const PackageDetail = z.object({
  ...PackageRow.shape,
  createdAt: z.date(),
  /** The one that was added last comes first. */
  versionList: z.array(PackageVersionRow),
  /** `version` is empty where it takes the default one. */
  users: z.array(z.object({ associationId: AssociationId, title: z.string(), version: z.string() })),
  /** Own documents that name it. */
  documents: z.array(z.string()),
});
export type PackageDetail = z.infer<typeof PackageDetail>;

const Name = z.string().min(1).max(256);
const UploadId = z.uuid();
const UploadIds = z.array(UploadId).max(PACKAGE_FILES_LIMIT + 1);

export const PackageSource = z.discriminatedUnion('kind', [
  /** manifest.json and its zips, or one zip of them all. */
  z.strictObject({ kind: z.literal('distributor'), uploadIds: UploadIds.min(1) }),
  /** A zip with scripts, an installer or a script for each platform. */
  z.strictObject({
    kind: z.literal('files'),
    version: PackageVersionName,
    publisher: z.string().max(256),
    files: z
      .array(z.strictObject({ uploadId: UploadId, platform: ManifestKey, release: ManifestKey, architecture: ManifestKey }))
      .min(1)
      .max(100),
  }),
]);
export type PackageSource = z.infer<typeof PackageSource>;

export const packages = {
  list: call
    .input(
      z.strictObject({
        ...PageInput.shape,
        search: z.string().max(200),
        sort: z.enum(['name', 'bytes', 'lastModifiedAt']),
        order: z.enum(['ascending', 'descending']),
      }),
    )
    .output(pageOf(PackageRow)),
  get: call.input(z.strictObject({ name: Name })).output(PackageDetail),
  /** How much of the store is taken. */
  usage: call.output(z.object({ usedBytes: z.number(), quotaBytes: z.number() })),
  /** A file comes in parts, one after the other. */
  beginUpload: call
    .input(z.strictObject({ fileName: z.string().min(1).max(256), size: z.number().int() }))
    .output(z.object({ uploadId: UploadId })),
  upload: call
    .input(
      z.strictObject({
        uploadId: UploadId,
        offset: z.number().int().min(0),
        base64: z.string().max(Math.ceil(UPLOAD_PART_BYTES / 3) * 4),
      }),
    )
    .output(z.object({ received: z.number() })),
  /** Gives files up that were not added, or not wholly uploaded. */
  endUploads: call.input(z.strictObject({ uploadIds: UploadIds })).output(z.void()),
  add: call
    .input(z.strictObject({ name: PackageName, makeDefault: z.boolean(), source: PackageSource }))
    .output(z.object({ name: z.string(), version: z.string() })),
  setDefault: call.input(z.strictObject({ name: Name, version: Name })).output(z.void()),
  /** One version, or all with null. Refused while it is used, unless the person has seen by whom. */
  delete: call.input(z.strictObject({ name: Name, version: Name.nullable(), evenIfUsed: z.boolean() })).output(z.void()),
};
