import { KeyObject, webcrypto } from 'node:crypto';

export interface CertificateRequest {
  /** PEM (PKCS #8). */
  readonly key: string;
  /** PEM. Its name means nothing: the controller decides who this is. */
  readonly csr: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A new key, made here and never sent, with a request for a certificate on it. The library is loaded only for this: it is large. */
export async function makeCertificateRequest(): Promise<CertificateRequest> {
  await import('reflect-metadata');
  const { Pkcs10CertificateRequestGenerator } = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({ name: 'CN=holdfast-agent', keys, signingAlgorithm: ALGORITHM });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { key: key.toString(), csr: request.toString('pem') };
}
