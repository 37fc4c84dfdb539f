import { networkInterfaces } from 'node:os';

/** Every address of this computer, by IPv6 and IPv4 where it has both; listening on `::` fails on a computer without IPv6. */
export function anyAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((known) => known ?? []);
  return addresses.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0';
}
