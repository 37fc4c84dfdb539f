import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron';
import { lifecycle } from './lifecycle.ts';
import { modelled } from './modelled.ts';

/** `gnome_libsecret` is a session with a key store, `basic_text` one without; the same key every time, as a key store keeps it. */
const backend = process.env.DOUBLE_KEY_STORE === 'gnome_libsecret' ? 'gnome_libsecret' : 'basic_text';
const key = createHash('sha256').update('the key that the double of a key store keeps for everyone').digest();
const mark = Buffer.from(backend === 'gnome_libsecret' ? 'v11' : 'v10');

export const safeStorage = modelled('safeStorage', {
  isAsyncEncryptionAvailable() {
    lifecycle.onlyWhenReady('safeStorage');
    return Promise.resolve(true);
  },
  getSelectedStorageBackend: () => (lifecycle.isReady ? backend : 'unknown'),
  encryptStringAsync(text) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Promise.resolve(Buffer.concat([mark, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
  },
  async decryptStringAsync(sealed) {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(-16));
    const result = decipher.update(sealed.subarray(15, -16), undefined, 'utf8') + decipher.final('utf8');
    return { result, shouldReEncrypt: false };
  },
} satisfies Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'>);
