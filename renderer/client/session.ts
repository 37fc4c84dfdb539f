import { LINK_FRAGMENT, SESSION_PATH } from '../../electron/api/transport.ts';
import { isFaultData, ownFaults } from './fault.ts';
import { SignedOut } from './line.ts';

const KEPT_AS = 'holdfast.session';

/** The one-time code of an address's fragment; null when it carries none. */
export function linkIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get(LINK_FRAGMENT);
}

/** Takes the code out of the address at once, so that it is in no history entry, bookmark or screenshot. */
export function takeLink(): string | null {
  const link = linkIn(window.location.hash);
  if (link !== null) window.history.replaceState(null, '', `${window.location.pathname}#/`);
  return link;
}

/** Per tab, and gone with it: a session is never shared between tabs or kept on disk by us. */
export const keptSession = (): string | null => window.sessionStorage.getItem(KEPT_AS);
export const forgetSession = (): void => window.sessionStorage.removeItem(KEPT_AS);

async function refusalOf(response: Response): Promise<SignedOut> {
  try {
    const body: unknown = await response.json();
    return new SignedOut(isFaultData(body) ? body : ownFaults.linkUsed);
  } catch {
    return new SignedOut(ownFaults.linkUsed);
  }
}

const sessionIn = (body: unknown): string | null =>
  typeof body === 'object' && body !== null && 'session' in body && typeof body.session === 'string' ? body.session : null;

/** Exchanges a one-time link for a session. Throws SignedOut when the controller refuses it, anything else when it did not answer. */
export async function exchangeLink(link: string): Promise<string> {
  const response = await fetch(SESSION_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link }),
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  if (response.status >= 500) throw new Error(`the controller answered ${response.status}`);
  if (!response.ok) throw await refusalOf(response);
  const session = sessionIn(await response.json());
  if (session === null) throw new SignedOut(ownFaults.linkUsed);
  window.sessionStorage.setItem(KEPT_AS, session);
  return session;
}

/** Whether the server says that it does not know this session. A server that does not answer has said nothing. */
export async function isSessionOver(session: string): Promise<boolean> {
  try {
    const response = await fetch(SESSION_PATH, {
      headers: { authorization: `Bearer ${session}` },
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    return response.status === 401 || response.status === 403;
  } catch {
    return false;
  }
}
