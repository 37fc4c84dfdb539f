import type { App, Session, WebContents } from 'electron';
import { isPageUrl, PAGE_URL } from './page-protocol.ts';

/** Sites that the page may ask to have opened in the person's own browser: where the words that Holdfast uses are defined. */
const outsideHosts: readonly string[] = ['docs.aws.amazon.com'];

/** Copying a command to the clipboard is the only thing that the page may do beyond drawing itself. */
const grantedPermission = 'clipboard-sanitized-write';

/** Keeps every page of this app on this app's own files, whoever made the page and whatever it contains. */
export function keepPagesAtHome(app: App, openOutside: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => keepAtHome(contents, openOutside));
}

function keepAtHome(contents: WebContents, openOutside: (url: string) => void): void {
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isPageUrl(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) openOutside(url);
    return { action: 'deny' };
  });
}

/** Pages get no permission and no network; what they may save are texts they made themselves. */
export function confineSession(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.setPermissionRequestHandler((contents, permission, answer) => answer(isGranted(permission, contents.getURL())));
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !staysInside(details.url) }));
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_URL}`)) event.preventDefault();
  });
}

export function mayOpenOutside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' && url.port === '' && url.username === '' && outsideHosts.includes(url.hostname);
}

/** `data:` and `blob:` name what the page has already; everything else is a request to somewhere. */
function staysInside(url: string): boolean {
  return isPageUrl(url) || url.startsWith('data:') || url.startsWith(`blob:${PAGE_URL}`);
}

function isGranted(permission: string, url: string): boolean {
  return permission === grantedPermission && isPageUrl(url);
}
