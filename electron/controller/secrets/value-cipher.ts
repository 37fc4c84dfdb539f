import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Fault } from '../../domain/faults.ts';
import type { ValueCipher } from '../ports/value-cipher.ts';
import { sealForNode } from './node-seal.ts';

const ALGORITHM = 'aes-256-gcm';
/** Drawn anew for every secret. The key seals far fewer than the 2³² for which random ones are good (NIST SP 800-38D, 8.3). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Says what follows: nonce, tag and ciphertext, in base64. */
const FORM = 'v1:';

/** AES-256-GCM with the site's data key; the label is the associated data. */
export function createValueCipher(key: KeyObject): ValueCipher {
  return {
    sealFor: sealForNode,
    seal(secret, label) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(label));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return FORM + Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
    },
    open(sealed, label) {
      if (!sealed.startsWith(FORM)) throw new Error('what is stored was not sealed');
      const bytes = Buffer.from(sealed.slice(FORM.length), 'base64');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(label)).setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
  };
}

type AtRest = Pick<ValueCipher, 'seal' | 'open'>;

/**
 * Encryption that is silently off looks like encryption (CVE-2022-31044). At every start `writeAndRead` puts what was sealed where
 * secrets are put, and answers what then lies there; throws a Fault when the secret can be read from that.
 */
export function proveCipher(cipher: AtRest, writeAndRead: (sealed: string) => string): void {
  const secret = `probe ${randomBytes(12).toString('hex')}`;
  const stored = writeAndRead(cipher.seal(secret, 'probe'));
  const bytes = Buffer.from(secret);
  const spellings = [secret, bytes.toString('hex'), bytes.toString('base64').slice(0, -4)];
  const raw = [stored, Buffer.from(stored.slice(FORM.length), 'base64').toString('latin1')];
  if (raw.some((text) => spellings.some((spelling) => text.includes(spelling)))) {
    throw new Fault('E-SECRETS-UNSEALED', { because: 'a secret can be read in the database' });
  }
  if (opened(cipher, stored, 'probe') !== secret) throw new Fault('E-SECRETS-UNSEALED', { because: 'a secret does not come back' });
  if (opened(cipher, stored, 'another probe') !== null) {
    throw new Fault('E-SECRETS-UNSEALED', { because: 'a secret opens as another' });
  }
}

function opened(cipher: AtRest, sealed: string, label: string): string | null {
  try {
    return cipher.open(sealed, label);
  } catch {
    return null;
  }
}
