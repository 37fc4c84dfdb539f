import type { Page } from 'playwright-core';
import { isPermitted } from './session.ts';

const bindingName = 'askElectronDouble';

/**
 * A Chromium without a window refuses or grants by rules of its own; here the app's rules answer, for what a test asks for. Like
 * Electron's, they answer the page in its own world, so the way there is taken away from the page before its scripts run.
 */
export async function judgePermissions(page: Page, contents: { getURL(): string }): Promise<void> {
  await page.exposeFunction(bindingName, (kind: 'request' | 'check', permission: string) => isPermitted(kind, permission, contents));
  await page.addInitScript((name) => {
    const ask = Reflect.get(window, name);
    Reflect.deleteProperty(window, name);
    Notification.requestPermission = async () => ((await ask('request', 'notifications')) ? 'granted' : 'denied');
    const names: Record<string, string> = { 'clipboard-write': 'clipboard-sanitized-write', camera: 'media', microphone: 'media' };
    navigator.permissions.query = async ({ name }) => {
      const state = (await ask('check', names[name] ?? name)) ? 'granted' : 'denied';
      return Object.assign(new EventTarget(), { name, state, onchange: null } as const);
    };
  }, bindingName);
}
