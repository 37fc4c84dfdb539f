import { createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import type { SiteId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { CertificateIssuer } from '../ports/certificates.ts';
import type { Signer } from '../ports/signer.ts';
import type { Vault } from '../ports/vault.ts';
import {
  type Issued,
  type Issuer,
  makeAuthorityCertificate,
  makeHubCertificate,
  makeNodeCertificate,
  makeTlsKey,
  type ProvenKey,
  proveKey,
} from './certificate-maker.ts';
import { makeDataKey, openKeyFolder, readSiteKeys, type SiteKeys, writeSiteKeys } from './key-file.ts';

/** What the hub serves TLS with, in PEM. `cert` is the chain up to the authority, so that an agent that enrolls can find what it pins. */
export type ServerCredentials = { key: string; cert: string; ca: string; renewAt: Date };

export type Authority = CertificateIssuer &
  Signer & {
    /** Seals secrets in the database: 256 bits, for this site alone. */
    readonly dataKey: KeyObject;
    serverCredentials(): ServerCredentials;
    /** Makes a new key and certificate for the hub; `serverCredentials` answers them from then on. */
    renewServerCredentials(): Promise<ServerCredentials>;
  };

/** `folder` is for the keys alone; it is made when it is missing. */
export type AuthorityOptions = { folder: string; vault: Vault; now: () => Date; siteId: SiteId };

/** The site's own certificate authority and signing key: made at the first start, then kept for good. */
export async function openAuthority(options: AuthorityOptions): Promise<Authority> {
  await openKeyFolder(options.folder);
  const keys = (await readSiteKeys(options)) ?? (await makeSiteKeys(options));
  const issuer: Issuer = { certificatePem: keys.authorityPem, key: keys.authorityKey };
  let credentials = await makeServerCredentials(issuer, options.now());
  return {
    authorityPem: keys.authorityPem,
    signingKeyPem: createPublicKey(keys.signingKey).export({ type: 'spki', format: 'pem' }).toString(),
    caFingerprint: new X509Certificate(keys.authorityPem).fingerprint256.replaceAll(':', '').toLowerCase(),
    issue: async (csrPem, nodeId) => makeNodeCertificate(issuer, { nodeId, provenKey: await provenKeyOf(csrPem), now: options.now() }),
    sign: (order) => sign(null, Buffer.from(order, 'utf8'), keys.signingKey).toString('base64'),
    dataKey: keys.dataKey,
    serverCredentials: () => credentials,
    renewServerCredentials: async () => {
      credentials = await makeServerCredentials(issuer, options.now());
      return credentials;
    },
  };
}

async function makeSiteKeys(options: AuthorityOptions): Promise<SiteKeys> {
  const authorityKey = makeTlsKey();
  const keys: SiteKeys = {
    authorityPem: await makeAuthorityCertificate(authorityKey, { siteId: options.siteId, now: options.now() }),
    authorityKey,
    signingKey: generateKeyPairSync('ed25519').privateKey,
    dataKey: makeDataKey(),
  };
  await writeSiteKeys(keys, options);
  return keys;
}

/** The hub's key lives in memory alone: at every start there is another. */
async function makeServerCredentials(issuer: Issuer, now: Date): Promise<ServerCredentials> {
  const key = makeTlsKey();
  const certificate = await makeHubCertificate(issuer, { key, now });
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: certificate.pem + issuer.certificatePem,
    ca: issuer.certificatePem,
    renewAt: twoThirdsOf(certificate),
  };
}

function twoThirdsOf({ issuedAt, expiresAt }: Issued): Date {
  return new Date(issuedAt.getTime() + ((expiresAt.getTime() - issuedAt.getTime()) * 2) / 3);
}

async function provenKeyOf(csrPem: string): Promise<ProvenKey> {
  const proof = await proveKey(csrPem);
  if (!proof.ok) throw new Fault('E-ENROLL-REQUEST', { problem: proof.problem });
  return proof;
}
