import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { Vault } from '../ports/vault.ts';
import { fileVault } from './file-vault.ts';

/** The site's two private keys, the authority's certificate, and the key that seals secrets in the database. */
export type SiteKeys = { authorityPem: string; authorityKey: KeyObject; signingKey: KeyObject; dataKey: KeyObject };

/** A file that was written before there were secrets in the database has none: it gets one when it is next read. */
type FoundKeys = Omit<SiteKeys, 'dataKey'> & { dataKey: KeyObject | null };

type Place = { folder: string; vault: Vault; siteId: string };

/** All keys are in one file, so there is never a part of them. */
const FILE_NAME = 'site-keys.json';

const KeyFile = z.strictObject({
  version: z.literal(1),
  siteId: z.string(),
  /** The kind of vault that sealed the keys. */
  vault: z.enum(['file', 'safe-storage']),
  /** PEM; public. */
  authority: z.string(),
  /** Base64 of what the vault made of the keys. */
  sealed: z.base64(),
});

const DATA_KEY_BYTES = 32;

const Secrets = z.strictObject({ authorityKey: z.string(), signingKey: z.string(), dataKey: z.base64().length(44).optional() });
type Secrets = z.infer<typeof Secrets>;

export const makeDataKey = (): KeyObject => createSecretKey(randomBytes(DATA_KEY_BYTES));

/** Null when the site has no keys yet. A Fault when it has some that cannot be used: they are never replaced. */
export async function readSiteKeys(place: Place): Promise<SiteKeys | null> {
  const file = join(place.folder, FILE_NAME);
  await rm(workFile(file), { force: true });
  const bytes = await readIfThere(file);
  if (bytes === null) return null;
  await keepPrivate(file);
  // A site that began in serve mode and is now opened by the desktop app: from here on the computer's key store protects its keys.
  const isToBeSealed = isPlain(bytes) && place.vault.kind === 'safe-storage';
  const found = await openKeyFile(bytes, file, isToBeSealed ? { ...place, vault: fileVault } : place);
  const keys: SiteKeys = { ...found, dataKey: found.dataKey ?? makeDataKey() };
  if (isToBeSealed || found.dataKey === null) await writeSiteKeys(keys, place);
  return keys;
}

const isPlain = (bytes: Buffer): boolean => KeyFile.safeParse(jsonOf(bytes)).data?.vault === 'file';

/** Written beside its place, read back from the disk, and put in place only when that succeeded. */
export async function writeSiteKeys(keys: SiteKeys, place: Place): Promise<void> {
  const file = join(place.folder, FILE_NAME);
  const secrets: Secrets = {
    authorityKey: pkcs8(keys.authorityKey),
    signingKey: pkcs8(keys.signingKey),
    dataKey: keys.dataKey.export().toString('base64'),
  };
  const sealed = await place.vault.seal(Buffer.from(JSON.stringify(secrets), 'utf8'));
  const content: z.infer<typeof KeyFile> = {
    version: 1,
    siteId: place.siteId,
    vault: place.vault.kind,
    authority: keys.authorityPem,
    sealed: Buffer.from(sealed).toString('base64'),
  };
  const written = await whereWritable(place.folder, () => writeWorkFile(file, `${JSON.stringify(content, null, 2)}\n`));
  await openKeyFile(written, file, place);
  await whereWritable(place.folder, () => putInPlace(file));
}

/** The folder is made, or taken, for this user alone. */
export function openKeyFolder(folder: string): Promise<void> {
  return whereWritable(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  });
}

async function openKeyFile(bytes: Buffer, file: string, place: Place): Promise<FoundKeys> {
  const content = KeyFile.safeParse(jsonOf(bytes)).data;
  if (!content) throw damaged(file, 'it is not a key file of Holdfast');
  if (content.vault !== place.vault.kind) throw new Fault('E-KEYS-SEALED', { file });
  if (content.siteId !== place.siteId) throw damaged(file, 'the keys belong to another site');
  const sealed = Buffer.from(content.sealed, 'base64');
  const secrets = await unseal(sealed, file, place.vault);
  const keys = keysOf(content.authority, secrets);
  if (keys === null) throw damaged(file, 'keys and certificate do not belong together');
  if (place.vault.kind === 'safe-storage' && isReadable(keys, [bytes, sealed])) {
    throw new Fault('E-KEYS-UNSEALED', { file });
  }
  return keys;
}

async function unseal(sealed: Buffer, file: string, vault: Vault): Promise<Secrets> {
  let opened: Uint8Array;
  try {
    opened = await vault.unseal(sealed);
  } catch (cause) {
    throw damaged(file, 'this computer’s key store does not open it', cause);
  }
  const secrets = Secrets.safeParse(jsonOf(Buffer.from(opened))).data;
  if (!secrets) throw damaged(file, 'there are no keys in it');
  return secrets;
}

/** Encryption that is silently off looks like encryption (CVE-2022-31044): look at the bytes, at every start. */
function isReadable(keys: FoundKeys, raw: readonly Buffer[]): boolean {
  const pairs = [keys.authorityKey, keys.signingKey].map((key) => key.export({ type: 'pkcs8', format: 'der' }));
  const ders = keys.dataKey === null ? pairs : [...pairs, keys.dataKey.export()];
  // As bytes, and as PEM has them in its first line.
  const plain = ders.flatMap((der) => [der, Buffer.from(der.toString('base64').slice(0, 60))]);
  const spellings = plain.flatMap((secret) => [secret, Buffer.from(secret.toString('hex'))]);
  return raw.some((bytes) => spellings.some((spelling) => bytes.includes(spelling)));
}

function keysOf(authorityPem: string, secrets: Secrets): FoundKeys | null {
  try {
    const authorityKey = createPrivateKey(secrets.authorityKey);
    const signingKey = createPrivateKey(secrets.signingKey);
    const fits = new X509Certificate(authorityPem).checkPrivateKey(authorityKey);
    const dataKey = secrets.dataKey === undefined ? null : createSecretKey(secrets.dataKey, 'base64');
    const isWhole = fits && createPublicKey(signingKey).asymmetricKeyType === 'ed25519';
    return isWhole ? { authorityPem, authorityKey, signingKey, dataKey } : null;
  } catch {
    return null;
  }
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null;
    throw damaged(file, systemCode(cause), cause);
  }
}

async function writeWorkFile(file: string, text: string): Promise<Buffer> {
  const handle = await open(workFile(file), 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return readFile(workFile(file));
}

async function putInPlace(file: string): Promise<void> {
  await rename(workFile(file), file);
  // A folder cannot be opened on Windows, and need not be synchronised there.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}

/** A file put back from a backup may have come with other modes. */
async function keepPrivate(file: string): Promise<void> {
  await chmod(file, 0o600).catch((cause: unknown) => {
    throw damaged(file, systemCode(cause), cause);
  });
}

function whereWritable<Result>(folder: string, write: () => Promise<Result>): Promise<Result> {
  return write().catch((cause: unknown) => {
    throw new Fault('E-DATA-FOLDER', { folder, cause: systemCode(cause) }, { cause });
  });
}

function workFile(file: string): string {
  return `${file}.new`;
}

function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function damaged(file: string, because: string, cause?: unknown): Fault {
  return new Fault('E-KEYS-DAMAGED', { file, cause: because }, { cause });
}

function systemCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
