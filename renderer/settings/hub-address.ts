/** `10.0.0.4:8443`, or `[2001:db8::4]:8443`: an address with colons of its own needs brackets before a port. */
export const hubAddress = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
