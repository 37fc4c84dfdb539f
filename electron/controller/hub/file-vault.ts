import type { Vault } from '../ports/vault.ts';

/** The vault of a computer without a key store that we can use: nothing is sealed, the modes of file and folder protect (0600, 0700). */
export const fileVault: Vault = {
  kind: 'file',
  seal: (secret) => Promise.resolve(secret),
  unseal: (sealed) => Promise.resolve(sealed),
};
