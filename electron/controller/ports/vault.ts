/** Keeps the site's private keys from other readers of the disk: Electron's safeStorage where there is Electron, else file modes alone. */
export type Vault = {
  /** Written beside what is sealed, so that another vault says clearly that it cannot open it. */
  readonly kind: 'file' | 'safe-storage';
  seal(secret: Uint8Array): Promise<Uint8Array>;
  unseal(sealed: Uint8Array): Promise<Uint8Array>;
};
