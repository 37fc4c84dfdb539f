import { X509Certificate } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Identity } from '../storage/identity-file.ts';
import { isRenewalDue } from './certificate-life.ts';
import { makeCertificateRequest } from './certificate-request.ts';
import { isCertificateFor, lifeOf } from './node-certificate.ts';

export interface IdentityHolder {
  readonly current: Identity;
  /** Durably, in one step: a key and its certificate are never apart. */
  readonly replace: (identity: Identity) => void;
}

/** Renews the node's certificate with a new key, over a session that the current one proves. */
export class CertificateRenewal {
  readonly #identity: IdentityHolder;
  readonly #clock: Clock;
  #pendingKey: string | null = null;

  constructor(identity: IdentityHolder, clock: Clock) {
    this.#identity = identity;
    this.#clock = clock;
  }

  /** A request, when it is time for one. It is asked for again in every session until it is answered. */
  async requestIfDue(): Promise<string | null> {
    if (!isRenewalDue(lifeOf(this.#identity.current.certificate), this.#clock.now())) return null;
    const { key, csr } = await makeCertificateRequest();
    this.#pendingKey = key;
    return csr;
  }

  /** Takes the new certificate from the next connection on; false when it is not for the key that was asked with. */
  accept(certificate: string): boolean {
    const { current } = this.#identity;
    const key = this.#pendingKey;
    if (key === null || !isCertificateFor(certificate, { key, authority: new X509Certificate(current.authority) })) return false;
    this.#pendingKey = null;
    this.#identity.replace({ ...current, key, certificate });
    return true;
  }
}
