import type { Protocol } from 'electron';
import type { Route } from 'playwright-core';
import { addressInBrowser, addressInMain } from './addresses.ts';
import { lifecycle } from './lifecycle.ts';
import { ModelledEvents, modelled } from './modelled.ts';

type SchemeHandler = Parameters<Protocol['handle']>[1];
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
type PermissionRequest = (contents: { getURL(): string }, permission: string, answer: (isGranted: boolean) => void) => void;
type PermissionCheck = (contents: { getURL(): string }, permission: string, origin: string) => boolean;

const schemes = new Set<string>();
const handlers = new Map<string, SchemeHandler>();

export const protocol = modelled('protocol', {
  registerSchemesAsPrivileged(registered) {
    lifecycle.onlyBeforeReady('protocol.registerSchemesAsPrivileged');
    for (const { scheme, privileges } of registered) if (privileges?.standard && privileges.secure) schemes.add(scheme);
  },
  handle(scheme, handler) {
    lifecycle.onlyWhenReady('protocol.handle');
    if (!schemes.has(scheme)) throw new Error(`the double of electron models standard, secure schemes only, and ${scheme} is none`);
    handlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>);

export const inBrowser = (url: string) => addressInBrowser(url, schemes);
export const inMain = (url: string) => addressInMain(url, schemes);

class DefaultSession extends ModelledEvents {
  /** Set by the app; without them Electron allows what is asked, so the double does too. */
  beforeRequest: BeforeRequest = (_details, answer) => answer({});
  permissionRequest: PermissionRequest = (_contents, _permission, answer) => answer(true);
  permissionCheck: PermissionCheck = () => true;

  readonly webRequest = modelled('webRequest', {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.beforeRequest = listener;
    },
  });

  constructor() {
    super(['will-download']);
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.permissionCheck = handler;
  }

  /** No devices are modelled, and Chromium's spell checker is not here. */
  setDevicePermissionHandler(handler: () => boolean): void {
    if (handler()) throw new Error('the double of electron has no devices to permit');
  }

  setSpellCheckerEnabled(isEnabled: boolean): void {
    if (isEnabled) throw new Error('the double of electron has no spell checker');
  }
}

export const defaultSession = modelled('session.defaultSession', new DefaultSession());

export const session = modelled('session', {
  get defaultSession() {
    lifecycle.onlyWhenReady('session.defaultSession');
    return defaultSession;
  },
});

/** Answers a page's request as Electron would: by the app's own scheme, and with no network at all. */
export async function answerRequest(route: Route): Promise<void> {
  const request = route.request();
  const url = inMain(request.url());
  const { cancel = false } = await new Promise<{ cancel?: boolean }>((resolve) => defaultSession.beforeRequest({ url }, resolve));
  if (cancel) return route.abort('blockedbyclient');
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) return route.abort('internetdisconnected');
  const answer = await Promise.resolve(handler(new Request(url, { method: request.method(), headers: request.headers() })));
  const body = Buffer.from(await answer.arrayBuffer());
  return route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
}

/** A page's wish, judged by the app's own handlers. */
export function isPermitted(kind: 'request' | 'check', permission: string, contents: { getURL(): string }): Promise<boolean> {
  if (kind === 'check') return Promise.resolve(defaultSession.permissionCheck(contents, permission, new URL('/', contents.getURL()).href));
  return new Promise((resolve) => defaultSession.permissionRequest(contents, permission, resolve));
}
