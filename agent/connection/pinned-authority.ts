import type { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { Failure } from '../protocol/failures.ts';
import { HUB_SERVER_NAME } from '../protocol/version.ts';
import { addressText, type ControllerAddress } from './address.ts';

/** SHA-256 of a certificate in DER, as the person who enrolls a machine compares it. */
export interface Fingerprint {
  readonly sha256: string;
}

const CONNECT_MILLISECONDS = 15_000;

/** `sha256:` and 64 hexadecimal digits, with or without colons between them. */
export function parseFingerprint(text: string): Fingerprint {
  const [, digits = ''] = /^sha256:([0-9a-f:]+)$/i.exec(text.trim()) ?? [];
  const sha256 = digits.replaceAll(':', '').toLowerCase();
  if (sha256.length !== 64) throw new Failure('E-ARGUMENTS', { problem: 'The fingerprint must be sha256: and 64 hexadecimal digits.' });
  return { sha256 };
}

/**
 * The certificate authority that a controller shows, once it is the expected one. Not a byte of the application is sent: this
 * connection serves only to look at the certificates and is closed then.
 */
export async function fetchPinnedAuthority(address: ControllerAddress, expected: Fingerprint): Promise<X509Certificate> {
  const shown = await shownCertificates(address);
  const pinned = shown.find((certificate) => certificate.ca && fingerprintOf(certificate) === expected.sha256);
  if (pinned !== undefined) return pinned;
  const top = shown.at(-1);
  const found = top === undefined ? 'none' : `sha256:${fingerprintOf(top)}`;
  throw new Failure('E-FINGERPRINT', { address: addressText(address), found });
}

function shownCertificates(address: ControllerAddress): Promise<X509Certificate[]> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      ...address,
      servername: HUB_SERVER_NAME,
      minVersion: 'TLSv1.3',
      timeout: CONNECT_MILLISECONDS,
      // Nothing can be verified yet; that is what the fingerprint is for, and nothing is said before it was compared.
      rejectUnauthorized: false,
    });
    socket.once('secureConnect', () => {
      const shown = chainOf(socket.getPeerX509Certificate());
      socket.destroy();
      resolve(shown);
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
    socket.once('error', (error) =>
      reject(new Failure('E-UNREACHABLE', { address: addressText(address), cause: error.message }, { cause: error })),
    );
  });
}

/** From the controller's own certificate up to the last that it sent. */
function chainOf(first: X509Certificate | undefined): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next = first; next !== undefined && !chain.some(({ fingerprint256 }) => fingerprint256 === next?.fingerprint256); ) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}
