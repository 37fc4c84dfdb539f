/** Signs work with the site's Ed25519 signing key, which is not the key of any TLS connection. */
export type Signer = {
  /** Base64 of the signature over the UTF-8 bytes of `order`. */
  sign(order: string): string;
};
