import type { NodeId } from '../../../agent/protocol/ids.ts';

/** Makes client certificates of this site from a node's own request. */
export type CertificateIssuer = {
  readonly authorityPem: string;
  readonly signingKeyPem: string;
  /** SHA-256 of the authority's certificate (DER), lower-case hexadecimal. */
  readonly caFingerprint: string;
  /** Throws a Fault when the request does not parse or does not prove its key. `serial` in lower-case hexadecimal. */
  issue(csrPem: string, nodeId: NodeId): Promise<{ pem: string; serial: string; issuedAt: Date; expiresAt: Date }>;
};
