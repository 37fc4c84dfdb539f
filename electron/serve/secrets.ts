import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, in characters that a URL, a header and a WebSocket sub-protocol all allow. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Takes the same time wherever the two differ. */
export function isSecretOf(digest: Buffer, secret: string): boolean {
  return timingSafeEqual(digest, digestOf(secret));
}
