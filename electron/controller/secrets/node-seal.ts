import { createCipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { SEAL_PURPOSE, type SealedSecret } from '../../../agent/protocol/sealed-secret.ts';
import type { ValueCipher } from '../ports/value-cipher.ts';

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

/** The half of agent/runner/secrets.ts that seals. */
export const sealForNode: ValueCipher['sealFor'] = (secret, { publicKeyPem, belongsTo }): SealedSecret => {
  const recipient = createPublicKey(publicKeyPem);
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ephemeralKey = spki(ephemeral.publicKey);
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient });
  const key = Buffer.from(hkdfSync('sha256', shared, Buffer.concat([ephemeralKey, spki(recipient)]), SEAL_PURPOSE, 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(Buffer.from(belongsTo));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return {
    ephemeralKey: ephemeralKey.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  };
};
