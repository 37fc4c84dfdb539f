import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, type KeyObject } from 'node:crypto';
import { Failure } from '../protocol/failures.ts';
import type { RunOrder } from '../protocol/run-order.ts';
import { SEAL_PURPOSE, type SealedSecret, sealedFor } from '../protocol/sealed-secret.ts';

export type OpenedSecrets =
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly failure: Failure };

/**
 * The secrets of an order by parameter or reference: opened when a step starts, handed to its process and kept nowhere. `keys` are the node's
 * private keys in PEM, the newest first: a certificate may have been renewed since the order was made.
 */
export function openSecrets(
  { executionId, nodeId, sealed = {} }: Pick<RunOrder, 'executionId' | 'nodeId' | 'sealed'>,
  keys: readonly string[],
): OpenedSecrets {
  const entries = Object.entries(sealed);
  // Most orders have none, and a key is not read for nothing.
  if (entries.length === 0) return { ok: true, values: {} };
  const privateKeys = keys.map((pem) => createPrivateKey(pem));
  const values: Record<string, string> = {};
  for (const [parameter, secret] of entries) {
    const belongsTo = sealedFor({ executionId, nodeId, parameter });
    const value = privateKeys.map((key) => openedWith(key, secret, belongsTo)).find((opened) => opened !== null);
    if (value === undefined || value === null) return { ok: false, failure: new Failure('E-SECRET-SEALED', { parameter }) };
    values[parameter] = value;
  }
  return { ok: true, values };
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

/** Null when it was sealed for another key or another order, or was changed on the way. */
function openedWith(privateKey: KeyObject, secret: SealedSecret, belongsTo: string): string | null {
  try {
    const ephemeralKey = Buffer.from(secret.ephemeralKey, 'base64');
    const shared = diffieHellman({ privateKey, publicKey: createPublicKey({ key: ephemeralKey, format: 'der', type: 'spki' }) });
    const salt = Buffer.concat([ephemeralKey, spki(createPublicKey(privateKey))]);
    const key = Buffer.from(hkdfSync('sha256', shared, salt, SEAL_PURPOSE, 32));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(secret.nonce, 'base64'), { authTagLength: 16 })
      .setAAD(Buffer.from(belongsTo))
      .setAuthTag(Buffer.from(secret.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(secret.ciphertext, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    // Whatever is wrong with it, it is not for this key.
    return null;
  }
}
