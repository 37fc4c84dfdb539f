import type { Page } from 'playwright-core';
import { isPermitted } from './session.ts';

export type Wish = { kind: 'request' | 'check'; permission: string } | { kind: 'window'; url: string };

const bindingName = 'askElectronDouble';

/**
 * What a page wishes from the desktop: a Chromium without one grants or refuses by rules of its own, so here the app's rules answer.
 * As in Electron, the page cannot see how: the way to main is taken from it before its scripts run.
 */
export async function answerWishes(page: Page, contents: { getURL(): string; refuseWindow(url: string): void }): Promise<void> {
  await page.exposeFunction(bindingName, (wish: Wish) => {
    if (wish.kind === 'window') return contents.refuseWindow(wish.url);
    return isPermitted(wish.kind, wish.permission, contents);
  });
  await page.addInitScript(replaceWishes, bindingName);
}

/** Runs in the page, as text, before its own scripts. */
function replaceWishes(name: string): void {
  const ask: (wish: Wish) => Promise<boolean> = Reflect.get(window, name);
  Reflect.deleteProperty(window, name);

  window.open = (url = 'about:blank') => {
    void ask({ kind: 'window', url: new URL(url, document.baseURI).href });
    return null;
  };
  window.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '_blank' || event.defaultPrevented) return;
    event.preventDefault();
    window.open(link.href);
  });

  Notification.requestPermission = async () => ((await ask({ kind: 'request', permission: 'notifications' })) ? 'granted' : 'denied');
  const names: Record<string, string> = { 'clipboard-write': 'clipboard-sanitized-write', camera: 'media', microphone: 'media' };
  navigator.permissions.query = async ({ name: asked }) => {
    const state = (await ask({ kind: 'check', permission: names[asked] ?? asked })) ? 'granted' : 'denied';
    return Object.assign(new EventTarget(), { name: asked, state, onchange: null } as const);
  };
}
