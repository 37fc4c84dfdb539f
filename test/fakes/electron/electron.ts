/**
 * A double of the `electron` module, for computers without Electron's binary. The real, bundled main and preload run against it: main
 * in Node, the preload in an isolated world of a page in Chromium, the controller in a process of its own. `binary.ts` starts it the
 * way Electron's binary starts an app.
 *
 * Only what our main and preload use is modelled. Whatever else is touched throws, with its name: a call that quietly does nothing
 * would let a test pass that proves nothing.
 *
 * What it cannot prove, because the thing itself is not here:
 * - that Electron starts, loads an ESM main, or keeps the order of its events; Electron's Node, ABI, fuses and asar archives;
 * - the renderer's sandbox: the page runs in an ordinary Chromium, whose sandbox is off where it runs as root;
 * - the page's origin: stock Chromium cannot open `app://holdfast/`, so the page is at `http://holdfast.app.localhost/`;
 * - native tray, menus, dialogs and windows: they are objects here, and nobody sees them;
 * - that a request which does not pass Chromium's ordinary network path (a WebSocket, a prefetch of DNS) is cancelled;
 * - what happens when a page's process dies, or when a page itself closes its port;
 * - the computer's key store: sealing here is real encryption, with a key that everyone may read below.
 */

// biome-ignore lint/performance/noBarrelFile: it stands in the place of a package, whose names these are.
export { app } from './app.ts';
export { nativeImage, nativeTheme } from './appearance.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog, Menu, shell, Tray } from './desktop.ts';
export { safeStorage } from './key-store.ts';
export { MessageChannelMain, MessagePortMain } from './ports.ts';
export { protocol, session } from './session.ts';
export { UtilityProcess as utilityProcess } from './utility-process.ts';
