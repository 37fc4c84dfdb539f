import { constants } from 'node:crypto';
import type { Server } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Authority, ServerCredentials } from './authority.ts';

const RETRY_MILLISECONDS = 60 * 60 * 1000;

export function secureContext({ key, cert, ca }: ServerCredentials): SecureContextOptions {
  return {
    key,
    cert,
    ca,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    // Nothing is resumed: every connection proves its certificate's key and is judged anew.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** Gives the hub a new certificate at two thirds of the old one's life; open sessions keep theirs. The returned function stops that. */
export function keepCredentialsFresh(
  server: Server,
  { authority, clock, log }: { authority: Pick<Authority, 'serverCredentials' | 'renewServerCredentials'>; clock: Clock; log: Log },
): () => void {
  const renew = async (): Promise<void> => {
    try {
      const credentials = await authority.renewServerCredentials();
      server.setSecureContext(secureContext(credentials));
      renewAt(credentials.renewAt);
    } catch (cause) {
      log.error('hub.certificate-not-renewed', cause);
      renewAt(new Date(clock.now().getTime() + RETRY_MILLISECONDS));
    }
  };
  let stopped = false;
  let callOff = (): void => undefined;
  const renewAt = (at: Date): void => {
    if (!stopped) callOff = clock.wakeAt(at, () => void renew());
  };
  renewAt(authority.serverCredentials().renewAt);
  return () => {
    stopped = true;
    callOff();
  };
}
