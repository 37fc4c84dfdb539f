import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Life } from './certificate-life.ts';

/** Whether the certificate is for this key and from this authority. False also when one of them cannot be read. */
export function isCertificateFor(certificate: string, { key, authority }: { key: string; authority: X509Certificate }): boolean {
  try {
    const issued = new X509Certificate(certificate);
    return issued.checkPrivateKey(createPrivateKey(key)) && issued.verify(authority.publicKey);
  } catch {
    // It came from outside: something that is no certificate is a wrong one.
    return false;
  }
}

export function lifeOf(certificate: string): Life {
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  return { from: validFromDate, to: validToDate };
}
