import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** A private key and its certificate, in PEM, as `tls.connect` takes them. */
export type Identity = { key: string; cert: string };

/** A certificate authority of the test's own, that makes any certificate it is asked for, also wrong ones. */
export class TestAuthority {
  readonly certificatePem: string;
  readonly #certificate: x509.X509Certificate;
  readonly #key: webcrypto.CryptoKey;

  private constructor(certificate: x509.X509Certificate, key: webcrypto.CryptoKey) {
    this.#certificate = certificate;
    this.#key = key;
    this.certificatePem = certificate.toString('pem');
  }

  /** `subject` as in `O=Holdfast, CN=Site`; take another authority's to pose as it. */
  static async create(subject = 'CN=Test authority'): Promise<TestAuthority> {
    const keys = await newKeys(P256);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serialNumber(),
      name: subject,
      ...validity({}),
      signingAlgorithm: SIGNATURE,
      keys,
      extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
    });
    return new TestAuthority(certificate, keys.privateKey);
  }

  /** SHA-256 of the authority's certificate, lower-case hexadecimal. */
  get fingerprint(): string {
    return new X509Certificate(this.certificatePem).fingerprint256.replaceAll(':', '').toLowerCase();
  }

  async issue(wanted: {
    commonName: string;
    usage: 'client' | 'server';
    dnsName?: string;
    notBefore?: Date;
    notAfter?: Date;
  }): Promise<Identity> {
    const { privateKey, publicKey } = await newKeys(P256);
    const usage = wanted.usage === 'client' ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [{ CN: [wanted.commonName] }],
      issuer: this.#certificate.subjectName,
      ...validity(wanted),
      signingAlgorithm: SIGNATURE,
      publicKey,
      signingKey: this.#key,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.ExtendedKeyUsageExtension([usage], true),
        ...(wanted.dnsName ? [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: wanted.dnsName }])] : []),
      ],
    });
    return { key: await pkcs8(privateKey), cert: certificate.toString('pem') };
  }

  /** A client certificate for the key of a request, as a controller issues it. */
  async certify(csr: string, wanted: { commonName: string; notBefore?: Date; notAfter?: Date }): Promise<string> {
    const request = new x509.Pkcs10CertificateRequest(csr);
    if (!(await request.verify())) throw new Error('the request is not signed with its own key');
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [{ CN: [wanted.commonName] }],
      issuer: this.#certificate.subjectName,
      ...validity(wanted),
      signingAlgorithm: SIGNATURE,
      publicKey: request.publicKey,
      signingKey: this.#key,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth], true),
      ],
    });
    return certificate.toString('pem');
  }
}

/** A certificate request as a node makes it, with the private key that it proves. */
export async function makeRequest({ subject = '', namedCurve = 'P-256' } = {}): Promise<{ key: string; csr: string }> {
  const keys = await newKeys({ name: 'ECDSA', namedCurve });
  const request = await x509.Pkcs10CertificateRequestGenerator.create({ name: subject, keys, signingAlgorithm: SIGNATURE });
  return { key: await pkcs8(keys.privateKey), csr: request.toString('pem') };
}

function newKeys(algorithm: webcrypto.EcKeyGenParams): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function pkcs8(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function serialNumber(): string {
  return `4a${randomBytes(15).toString('hex')}`;
}

function validity({ notBefore, notAfter }: { notBefore?: Date; notAfter?: Date }): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: notBefore ?? new Date(now - DAY_MILLISECONDS), notAfter: notAfter ?? new Date(now + 30 * DAY_MILLISECONDS) };
}
