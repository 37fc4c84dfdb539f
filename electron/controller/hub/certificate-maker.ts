// Before @peculiar/x509, which needs it and does not ask for it.
import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, type webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { HUB_SERVER_NAME } from '../../../agent/protocol/version.ts';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3653;
const LEAF_DAYS = 60;
/** A node whose clock is this far behind still connects, and is then shown as having a wrong clock. */
const BACK_DATED_FOR_AGENTS_MILLISECONDS = DAY_MILLISECONDS;
/** The controller itself judges a node's certificate, with the clock that dated it; minutes cover a clock that was set back. */
const BACK_DATED_FOR_HUB_MILLISECONDS = 5 * 60 * 1000;

/** P-256 and not Ed25519: Electron's TLS library fails handshakes with Ed25519 certificates (electron/electron#45358). */
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };

/** A certificate with the key that signs in its name. */
export type Issuer = { certificatePem: string; key: KeyObject };
export type Issued = { pem: string; serial: string; issuedAt: Date; expiresAt: Date };

/** A node's public key, out of a request that proved to hold the private half. Nothing else in a request counts. */
export type ProvenKey = { ok: true; publicKey: x509.PublicKey };

export function makeTlsKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export async function makeAuthorityCertificate(key: KeyObject, site: { siteId: string; now: Date }): Promise<string> {
  const publicKey = verifyKey(key);
  const life = lifeFrom(site.now, { backDated: BACK_DATED_FOR_AGENTS_MILLISECONDS, days: AUTHORITY_DAYS });
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: [{ O: ['Holdfast'] }, { CN: [`Holdfast site ${site.siteId}`] }],
    notBefore: life.notBefore,
    notAfter: life.notAfter,
    signingAlgorithm: SIGNATURE,
    keys: { privateKey: signKey(key), publicKey },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return pemText(certificate.toString('pem'));
}

/** What the hub shows to agents: good for a server of one fixed name, whatever address they dialled. */
export function makeHubCertificate(issuer: Issuer, hub: { key: KeyObject; now: Date }): Promise<Issued> {
  return makeLeaf(issuer, {
    commonName: HUB_SERVER_NAME,
    publicKey: verifyKey(hub.key),
    usage: x509.ExtendedKeyUsage.serverAuth,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: HUB_SERVER_NAME }])],
    life: lifeFrom(hub.now, { backDated: BACK_DATED_FOR_AGENTS_MILLISECONDS, days: LEAF_DAYS }),
  });
}

/** Good for a client alone, so that a managed machine can never pose as the hub. */
export function makeNodeCertificate(issuer: Issuer, node: { nodeId: NodeId; provenKey: ProvenKey; now: Date }): Promise<Issued> {
  return makeLeaf(issuer, {
    commonName: node.nodeId,
    publicKey: node.provenKey.publicKey,
    usage: x509.ExtendedKeyUsage.clientAuth,
    extensions: [],
    life: lifeFrom(node.now, { backDated: BACK_DATED_FOR_HUB_MILLISECONDS, days: LEAF_DAYS }),
  });
}

/** `problem` says what is wrong with the request, without quoting it. */
export async function proveKey(csrPem: string): Promise<ProvenKey | { ok: false; problem: string }> {
  const request = readRequest(csrPem);
  if (request === null) return { ok: false, problem: 'its certificate request does not parse' };
  if (!isP256(request.publicKey)) return { ok: false, problem: 'its key is not an ECDSA P-256 key' };
  const proven = await request.verify().catch(() => false);
  if (!proven) return { ok: false, problem: 'its certificate request is not signed with the key that it names' };
  return { ok: true, publicKey: request.publicKey };
}

type Leaf = {
  commonName: string;
  publicKey: webcrypto.CryptoKey | x509.PublicKey;
  usage: x509.ExtendedKeyUsage;
  extensions: readonly x509.Extension[];
  life: Life;
};

async function makeLeaf(issuer: Issuer, leaf: Leaf): Promise<Issued> {
  const authority = new x509.X509Certificate(issuer.certificatePem);
  const serial = randomSerial();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject: [{ CN: [leaf.commonName] }],
    issuer: authority.subjectName,
    notBefore: leaf.life.notBefore,
    notAfter: leaf.life.notAfter,
    signingAlgorithm: SIGNATURE,
    publicKey: leaf.publicKey,
    signingKey: signKey(issuer.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([leaf.usage], true),
      await x509.SubjectKeyIdentifierExtension.create(leaf.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority),
      ...leaf.extensions,
    ],
  });
  return { pem: pemText(certificate.toString('pem')), serial, issuedAt: leaf.life.issuedAt, expiresAt: leaf.life.notAfter };
}

type Life = { issuedAt: Date; notBefore: Date; notAfter: Date };

function lifeFrom(now: Date, span: { backDated: number; days: number }): Life {
  // A certificate carries whole seconds.
  const second = Math.floor(now.getTime() / 1000) * 1000;
  return {
    issuedAt: new Date(second),
    notBefore: new Date(second - span.backDated),
    notAfter: new Date(second + span.days * DAY_MILLISECONDS),
  };
}

/** 128 random bits but for the two highest, which keep the number positive and its length fixed: TLS shows it without leading zeros. */
function randomSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function readRequest(csrPem: string): x509.Pkcs10CertificateRequest | null {
  if (!csrPem.trimStart().startsWith('-----BEGIN')) return null;
  try {
    return new x509.Pkcs10CertificateRequest(csrPem);
  } catch {
    return null;
  }
}

function isP256(key: x509.PublicKey): boolean {
  const { name, namedCurve } = { namedCurve: null, ...key.algorithm };
  return name === P256.name && namedCurve === P256.namedCurve;
}

function signKey(key: KeyObject): webcrypto.CryptoKey {
  return key.toCryptoKey(P256, true, ['sign']);
}

function verifyKey(key: KeyObject): webcrypto.CryptoKey {
  return createPublicKey(key).toCryptoKey(P256, true, ['verify']);
}

function pemText(pem: string): string {
  return `${pem.trim()}\n`;
}
