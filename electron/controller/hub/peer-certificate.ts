import { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { NodeId } from '../../../agent/protocol/ids.ts';

/** Whom a connection's client certificate names. */
export type PeerCertificate = { serial: string; nodeId: NodeId };

/** id-kp-clientAuth, RFC 5280 4.2.1.12. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Null unless the peer proved to hold a client certificate that our authority signed, that is in its time, and that names a node. */
export function peerCertificate(socket: Duplex): PeerCertificate | null {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  const certificate = socket.getPeerX509Certificate();
  // `keyUsage` is Node's name for the extended key usage.
  if (!certificate || certificate.ca || certificate.keyUsage?.length !== 1 || certificate.keyUsage[0] !== CLIENT_AUTH) return null;
  const nodeId = NodeId.safeParse(certificate.subject.replace(/^CN=/, ''));
  return nodeId.success ? { serial: certificate.serialNumber.toLowerCase(), nodeId: nodeId.data } : null;
}

/** PEM (SPKI) of the key in a certificate; null when it is none. */
export function publicKeyIn(certificate: string | undefined): string | null {
  if (certificate === undefined) return null;
  try {
    return new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    return null;
  }
}
