import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Failure } from '../protocol/failures.ts';
import { NodeId, SiteId } from '../protocol/ids.ts';
import { type DataFolder, writeFileAtomically } from './data-folder.ts';

/** Who this node is and whom it obeys, as pinned at enrollment. One file, so that a key and its certificate change together. */
export const Identity = z.strictObject({
  nodeId: NodeId,
  siteId: SiteId,
  siteName: z.string(),
  controller: z.strictObject({ host: z.string().min(1), port: z.number().int().min(1).max(65_535) }),
  /** PEM (PKCS #8). Made on this node. */
  key: z.string(),
  /** PEM of the key before the last renewal: secrets of orders that came earlier were sealed for it. */
  previousKey: z.string().optional(),
  /** PEM of the node's certificate. */
  certificate: z.string(),
  /** PEM of the site's certificate authority: the only one that this node trusts. */
  authority: z.string(),
  /** PEM (SPKI) of the site's Ed25519 key: only orders signed with it are run. */
  signingKey: z.string(),
});
export type Identity = z.infer<typeof Identity>;

/** Null when the node is not enrolled. */
export function readIdentity(folder: DataFolder): Identity | null {
  let text: string;
  try {
    text = readFileSync(folder.identity, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Failure('E-DATA-FOLDER', { folder: folder.path, cause: String(error) }, { cause: error });
  }
  try {
    return Identity.parse(JSON.parse(text));
  } catch {
    // Without the error itself: it may quote the file, which has the key in it.
    throw new Failure('E-DATA-FOLDER', { folder: folder.path, cause: 'identity.json is damaged' });
  }
}

export function saveIdentity(folder: DataFolder, identity: Identity): void {
  writeFileAtomically(folder.identity, `${JSON.stringify(identity, null, 2)}\n`);
}
