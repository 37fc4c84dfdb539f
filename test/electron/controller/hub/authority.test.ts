// Before @peculiar/x509, which needs it and does not ask for it.
import 'reflect-metadata';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NodeId, SiteId } from '../../../../agent/protocol/ids.ts';
import { type Authority, openAuthority } from '../../../../electron/controller/hub/authority.ts';
import { fileVault } from '../../../../electron/controller/hub/file-vault.ts';
import type { Vault } from '../../../../electron/controller/ports/vault.ts';
import { Fault } from '../../../../electron/domain/faults.ts';
import { makeRequest } from '../../../fakes/test-authority.ts';

const siteId = SiteId.parse('7f0c1c52-4f0e-4c5b-9d0a-3f1b7a3a9f10');
const nodeId = NodeId.parse('mi-0123456789abcdef0');
const now = new Date('2027-03-01T10:00:00.250Z');
const DAY = 24 * 60 * 60 * 1000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-keys-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
const freshFolder = (): string => join(folder, String(count++), 'keys');
const open = (keys: string, vault: Vault = fileVault): Promise<Authority> => openAuthority({ folder: keys, vault, now: () => now, siteId });
const keyFile = (keys: string): string => join(keys, 'site-keys.json');
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
const refusal = (code: string) => expect.objectContaining({ constructor: Fault, code });

/** Like a computer's key store: what it seals is nothing like what it was given. */
const xorVault: Vault = {
  kind: 'safe-storage',
  seal: async (secret) => secret.map((byte) => byte ^ 0x5a),
  unseal: async (sealed) => sealed.map((byte) => byte ^ 0x5a),
};

/** A key store that only looks as if it did something. */
const hexVault = {
  seal: async (secret: Uint8Array) => Buffer.from(Buffer.from(secret).toString('hex')),
  unseal: async (sealed: Uint8Array) => Buffer.from(Buffer.from(sealed).toString(), 'hex'),
};

async function changeFile(keys: string, change: (content: Record<string, unknown>) => void): Promise<string> {
  const content: Record<string, unknown> = JSON.parse(await readFile(keyFile(keys), 'utf8'));
  change(content);
  const text = JSON.stringify(content);
  await writeFile(keyFile(keys), text);
  return text;
}

describe('the site’s keys', () => {
  test('are made at the first start and are the same at the second', async () => {
    const keys = freshFolder();
    const first = await open(keys);
    const second = await open(keys);
    expect(second.authorityPem).toBe(first.authorityPem);
    expect(second.signingKeyPem).toBe(first.signingKeyPem);
    expect(second.caFingerprint).toBe(first.caFingerprint);
  });

  test('can be read by their owner alone, whatever the folder was before', async () => {
    const keys = freshFolder();
    await mkdir(keys, { recursive: true });
    await chmod(keys, 0o777);
    await open(keys);
    expect(await modeOf(keys)).toBe(0o700);
    expect(await modeOf(keyFile(keys))).toBe(0o600);
    await chmod(keyFile(keys), 0o644);
    await open(keys);
    expect(await modeOf(keyFile(keys))).toBe(0o600);
  });

  test('leave nothing half-written behind, also after a start that was cut off', async () => {
    const keys = freshFolder();
    await mkdir(keys, { recursive: true });
    await writeFile(`${keyFile(keys)}.new`, '{"version":1,"si');
    await open(keys);
    expect(await readdir(keys)).toEqual(['site-keys.json']);
  });

  test('of the transport and of the signatures are two', async () => {
    const authority = await open(freshFolder());
    expect(new X509Certificate(authority.authorityPem).publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(createPublicKey(authority.signingKeyPem).asymmetricKeyType).toBe('ed25519');
  });

  test('written before there was a data key get one, which stays, and keep the others', async () => {
    const keys = freshFolder();
    const first = await open(keys);
    await changeFile(keys, (content) => {
      const { dataKey, ...older } = JSON.parse(Buffer.from(String(content.sealed), 'base64').toString());
      expect(dataKey).toBe(first.dataKey.export().toString('base64'));
      content.sealed = Buffer.from(JSON.stringify(older)).toString('base64');
    });
    const second = await open(keys);
    expect([second.authorityPem, second.signingKeyPem]).toEqual([first.authorityPem, first.signingKeyPem]);
    expect(second.dataKey.equals(first.dataKey)).toBe(false);
    expect((await open(keys)).dataKey.equals(second.dataKey)).toBe(true);
  });

  test('sealed by one kind of vault are not opened with another, and stay as they are', async () => {
    const sealed = freshFolder();
    await open(sealed, xorVault);
    const before = await readFile(keyFile(sealed), 'utf8');
    await expect(open(sealed, fileVault)).rejects.toEqual(refusal('E-KEYS-SEALED'));
    expect(await readFile(keyFile(sealed), 'utf8')).toBe(before);
  });

  test('of a site that began without a key store are sealed by it when there is one, and are the same keys', async () => {
    const keys = freshFolder();
    const plain = await open(keys, fileVault);
    const sealed = await open(keys, xorVault);
    expect(sealed.caFingerprint).toBe(plain.caFingerprint);
    expect(sealed.signingKeyPem).toBe(plain.signingKeyPem);
    expect(await readFile(keyFile(keys), 'latin1')).not.toContain('PRIVATE');
    await expect(open(keys, fileVault)).rejects.toEqual(refusal('E-KEYS-SEALED'));
  });

  test('are not in the file as they are when a key store seals them', async () => {
    const keys = freshFolder();
    const authority = await open(keys, xorVault);
    expect((await open(keys, xorVault)).caFingerprint).toBe(authority.caFingerprint);
    expect(await readFile(keyFile(keys), 'latin1')).not.toContain('PRIVATE');
  });

  test.each([
    ['as they are', fileVault],
    ['in hexadecimal', hexVault],
  ])('are refused by the self-test when a key store that should encrypt them keeps them %s', async (_how, vault) => {
    const keys = freshFolder();
    await expect(open(keys, { ...vault, kind: 'safe-storage' })).rejects.toEqual(refusal('E-KEYS-UNSEALED'));
    expect(await readdir(keys)).not.toContain('site-keys.json');
  });

  test('are refused when the key store has since stopped to encrypt', async () => {
    const keys = freshFolder();
    await open(keys, fileVault);
    await changeFile(keys, (content) => {
      content.vault = 'safe-storage';
    });
    await expect(open(keys, { ...fileVault, kind: 'safe-storage' })).rejects.toEqual(refusal('E-KEYS-UNSEALED'));
  });

  test.each<[string, (content: Record<string, unknown>) => void]>([
    [
      'have lost their secret part',
      (content) => {
        content.sealed = '';
      },
    ],
    [
      'are of another version',
      (content) => {
        content.version = 2;
      },
    ],
    [
      'belong to another site',
      (content) => {
        content.siteId = '11111111-1111-4111-8111-111111111111';
      },
    ],
    [
      'have a certificate that is none',
      (content) => {
        content.authority = 'no certificate';
      },
    ],
  ])('that %s are refused as damaged and never replaced', async (_how, change) => {
    const keys = freshFolder();
    await open(keys);
    const damaged = await changeFile(keys, change);
    await expect(open(keys)).rejects.toEqual(refusal('E-KEYS-DAMAGED'));
    expect(await readFile(keyFile(keys), 'utf8')).toBe(damaged);
  });

  test('that are cut off in the middle are refused as damaged', async () => {
    const keys = freshFolder();
    await open(keys);
    await writeFile(keyFile(keys), (await readFile(keyFile(keys))).subarray(0, 300));
    await expect(open(keys)).rejects.toEqual(refusal('E-KEYS-DAMAGED'));
  });

  test('with the certificate of another pair are refused as damaged', async () => {
    const keys = freshFolder();
    await open(keys);
    const other = await open(freshFolder());
    await changeFile(keys, (content) => {
      content.authority = other.authorityPem;
    });
    await expect(open(keys)).rejects.toEqual(refusal('E-KEYS-DAMAGED'));
  });

  test('cannot be made where the folder cannot be: a fault that names it', async () => {
    const keys = freshFolder();
    await mkdir(join(keys, '..'), { recursive: true });
    await writeFile(keys, 'a file where the folder should be');
    await expect(open(keys)).rejects.toEqual(refusal('E-DATA-FOLDER'));
  });
});

describe('the authority’s certificate', () => {
  test('signs certificates and nothing else, no further authorities, for ten years, and names its site', async () => {
    const certificate = new x509.X509Certificate((await open(freshFolder())).authorityPem);
    const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
    expect({ ca: constraints?.ca, pathLength: constraints?.pathLength, critical: constraints?.critical }).toEqual({
      ca: true,
      pathLength: 0,
      critical: true,
    });
    expect(certificate.getExtension(x509.KeyUsagesExtension)?.usages).toBe(x509.KeyUsageFlags.keyCertSign);
    expect(certificate.subject).toContain(siteId);
    expect((certificate.notAfter.getTime() - now.getTime()) / DAY).toBeCloseTo(3653, 3);
  });

  test('has the fingerprint that an agent pins', async () => {
    const authority = await open(freshFolder());
    expect(authority.caFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(authority.caFingerprint).toBe(new X509Certificate(authority.authorityPem).fingerprint256.replaceAll(':', '').toLowerCase());
  });
});

describe('a node’s certificate', () => {
  test('is good for a client alone, for sixty days, from five minutes ago', async () => {
    const authority = await open(freshFolder());
    const issued = await authority.issue((await makeRequest()).csr, nodeId);
    const certificate = new X509Certificate(issued.pem);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkIssued(new X509Certificate(authority.authorityPem))).toBe(true);
    expect(certificate.validFromDate).toEqual(new Date('2027-03-01T09:55:00Z'));
    expect(certificate.validToDate).toEqual(new Date('2027-04-30T10:00:00Z'));
    expect(issued.issuedAt).toEqual(new Date('2027-03-01T10:00:00Z'));
    expect(issued.expiresAt).toEqual(certificate.validToDate);
  });

  test('has a serial number of its own, spelled as TLS will show it', async () => {
    const authority = await open(freshFolder());
    const { csr } = await makeRequest();
    const [first, second] = [await authority.issue(csr, nodeId), await authority.issue(csr, nodeId)];
    expect(first.serial).toMatch(/^[0-9a-f]{32}$/);
    expect(first.serial).toBe(new X509Certificate(first.pem).serialNumber.toLowerCase());
    expect(first.serial).not.toBe(second.serial);
  });

  test('names the node that the controller chose, whatever the request asks for', async () => {
    const authority = await open(freshFolder());
    const { csr } = await makeRequest({ subject: 'CN=mi-ffffffffffffffff0, O=Somebody else' });
    expect(new X509Certificate((await authority.issue(csr, nodeId)).pem).subject).toBe(`CN=${nodeId}`);
  });

  test('is refused for a key that is not ECDSA P-256', async () => {
    const authority = await open(freshFolder());
    await expect(authority.issue((await makeRequest({ namedCurve: 'P-384' })).csr, nodeId)).rejects.toEqual(refusal('E-ENROLL-REQUEST'));
    await expect(authority.issue(await rsaRequest(), nodeId)).rejects.toEqual(refusal('E-ENROLL-REQUEST'));
  });

  test('is refused when the request is signed with another key than it names', async () => {
    const authority = await open(freshFolder());
    const [one, other] = [await makeRequest(), await makeRequest()];
    const mixed = new x509.Pkcs10CertificateRequest(one.csr);
    const der = Buffer.from(mixed.rawData);
    const otherDer = Buffer.from(new x509.Pkcs10CertificateRequest(other.csr).rawData);
    // The point of the public key, after its DER head: the other request's, under the signature of this one.
    const at = (request: Buffer): number => request.indexOf(Buffer.from([0x03, 0x42, 0x00, 0x04])) + 4;
    otherDer.copy(der, at(der), at(otherDer), at(otherDer) + 64);
    const forged = new x509.Pkcs10CertificateRequest(der).toString('pem');
    await expect(authority.issue(forged, nodeId)).rejects.toEqual(refusal('E-ENROLL-REQUEST'));
  });

  test.each(['', 'not a request', '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n'])(
    'is refused for what is no request at all: %j',
    async (csr) => {
      await expect((await open(freshFolder())).issue(csr, nodeId)).rejects.toEqual(refusal('E-ENROLL-REQUEST'));
    },
  );
});

describe('a signature', () => {
  test('is valid under the key that agents pin, for exactly the text that was signed', async () => {
    const authority = await open(freshFolder());
    const order = '{"kind":"run","text":"größer ✓"}';
    const signature = Buffer.from(authority.sign(order), 'base64');
    expect(verify(null, Buffer.from(order), authority.signingKeyPem, signature)).toBe(true);
    expect(verify(null, Buffer.from(`${order} `), authority.signingKeyPem, signature)).toBe(false);
  });
});

describe('the hub’s certificate', () => {
  test('is good for a server of the one name, with the chain up to the authority', async () => {
    const authority = await open(freshFolder());
    const { cert, ca } = authority.serverCredentials();
    const certificate = new X509Certificate(cert);
    expect(certificate.subjectAltName).toBe('DNS:hub.holdfast.internal');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(cert.endsWith(ca)).toBe(true);
    expect(certificate.validToDate).toEqual(new Date('2027-04-30T10:00:00Z'));
  });

  test('is another at every start and after every renewal, which comes at two thirds of its life', async () => {
    const keys = freshFolder();
    const authority = await open(keys);
    const first = authority.serverCredentials();
    expect(first.renewAt).toEqual(new Date('2027-04-10T10:00:00Z'));
    const renewed = await authority.renewServerCredentials();
    expect(authority.serverCredentials()).toBe(renewed);
    const nextStart = (await open(keys)).serverCredentials();
    expect(new Set([first.key, renewed.key, nextStart.key]).size).toBe(3);
  });
});

async function rsaRequest(): Promise<string> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return (await x509.Pkcs10CertificateRequestGenerator.create({ name: 'CN=x', keys, signingAlgorithm: algorithm })).toString('pem');
}
