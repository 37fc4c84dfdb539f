import { ipcRenderer } from 'electron';
import { PORT_MESSAGE } from '../api/transport.ts';

/** The few parts of the page's window that are used here; this program is the only one of the shell's that runs in a page. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: string, targetOrigin: string, ports: readonly unknown[]): void;
};

// The page gets its port to the controller, anew after each restart of the controller, and nothing else of Electron.
ipcRenderer.on(PORT_MESSAGE, (event) => window.postMessage(PORT_MESSAGE, window.location.origin, event.ports));
