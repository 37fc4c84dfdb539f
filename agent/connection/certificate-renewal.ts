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

const ASK_AGAIN_MILLISECONDS = 60 * 60 * 1000;
/** Keys of requests that are not answered yet. More than one when an answer was lost with its session. */
const MOST_PENDING_KEYS = 4;

/** Renews the node's certificate with a new key, over a session that the current one proves. */
export class CertificateRenewal {
  readonly #identity: IdentityHolder;
  readonly #clock: Clock;
  #pendingKeys: readonly string[] = [];
  #askedAt: Date | null = null;

  constructor(identity: IdentityHolder, clock: Clock) {
    this.#identity = identity;
    this.#clock = clock;
  }

  /** A session that ended took its request with it, so a new one asks at once. */
  sessionBegins(): void {
    this.#askedAt = null;
  }

  /** A request, when it is time for one. */
  async requestIfDue(): Promise<string | null> {
    const now = this.#clock.now();
    if (!isRenewalDue(lifeOf(this.#identity.current.certificate), now)) return null;
    if (this.#askedAt !== null && now.getTime() - this.#askedAt.getTime() < ASK_AGAIN_MILLISECONDS) return null;
    this.#askedAt = now;
    const { key, csr } = await makeCertificateRequest();
    this.#pendingKeys = [...this.#pendingKeys, key].slice(-MOST_PENDING_KEYS);
    return csr;
  }

  /** Takes the new certificate from the next connection on; false when it is for no key that was asked with. */
  accept(certificate: string): boolean {
    const { current } = this.#identity;
    const authority = new X509Certificate(current.authority);
    const key = this.#pendingKeys.find((pending) => isCertificateFor(certificate, { key: pending, authority }));
    if (key === undefined) return false;
    this.#pendingKeys = [];
    this.#identity.replace({ ...current, key, previousKey: current.key, certificate });
    return true;
  }
}
