import type { SealedSecret } from '../../../agent/protocol/sealed-secret.ts';

/** Makes of a secret what may lie on the disk or travel in an order. */
export type ValueCipher = {
  /** With a key that the site's vault keeps. `label` says what the secret is: what was sealed under one opens under no other. */
  seal(secret: string, label: string): string;
  /** Throws when it was sealed with another key or under another label, or was changed since. */
  open(sealed: string, label: string): string;
  /** For the holder of one key alone; `belongsTo` as in agent/protocol/sealed-secret.ts. */
  sealFor(secret: string, recipient: { publicKeyPem: string; belongsTo: string }): SealedSecret;
};
