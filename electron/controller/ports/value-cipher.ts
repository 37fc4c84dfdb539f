/** Makes of a secret what may lie on the disk, with a key that the site's vault keeps. */
export type ValueCipher = {
  /** `label` says what the secret is: what was sealed under one opens under no other. */
  seal(secret: string, label: string): string;
  /** Throws when it was sealed with another key or under another label, or was changed since. */
  open(sealed: string, label: string): string;
};
