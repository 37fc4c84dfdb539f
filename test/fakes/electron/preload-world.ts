/** What crosses between main and the world of a page's preload. */
export type ToWorld =
  | { kind: 'event'; channel: string; message: unknown; ports: readonly number[] }
  | { kind: 'port-message'; port: number; data: unknown }
  | { kind: 'port-closed'; port: number };

type Listener = (event: { ports: readonly MessagePort[] }, message: unknown) => void;
type Preload = (require: (name: string) => unknown, module: { exports: object }) => void;

/** The name of the function by which that world speaks to main; only that world has it. */
export const WORLD_BINDING = 'sendToElectronDouble';

/** The last message of a port whose other end is gone; see `announcePortsEnd`. */
export const END_OF_PORT = 'end of port, said by the double of electron';

/**
 * Runs in the page, as text, before the page's own scripts and in a world of its own: what Electron gives a sandboxed preload with
 * context isolation. It must not use anything from outside itself.
 */
export function prepareWorld(names: { binding: string; endOfPort: string }, preload: Preload): void {
  if (window.top !== window) return;
  const listeners = new Map<string, Listener>();
  const ports = new Map<number, MessagePort>();
  const send = (message: object) => Reflect.get(globalThis, names.binding)(JSON.stringify(message));

  function receive(port: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.set(port, port1);
    port1.onmessage = ({ data }) => send({ kind: 'port-message', port, data });
    return port2;
  }

  function hear(message: ToWorld): void {
    switch (message.kind) {
      case 'event':
        listeners.get(message.channel)?.({ ports: message.ports.map(receive) }, message.message);
        return;
      case 'port-message':
        ports.get(message.port)?.postMessage(message.data);
        return;
      case 'port-closed':
        ports.get(message.port)?.postMessage(names.endOfPort);
        ports.delete(message.port);
    }
  }

  const only = (name: string, model: object) =>
    new Proxy(model, {
      get(target, key) {
        if (key in target) return Reflect.get(target, key);
        throw new Error(`the double of electron does not model ${name}.${String(key)}`);
      },
    });
  const electron = only('the preload’s electron', {
    ipcRenderer: only('ipcRenderer', { on: (channel: string, listener: Listener) => void listeners.set(channel, listener) }),
  });
  function require(name: string): unknown {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`a sandboxed preload cannot require ${name}`);
  }

  Reflect.set(globalThis, 'hearElectronDouble', hear);
  preload(require, { exports: {} });
}

/**
 * Runs in the page's own world before its scripts. Electron tells a page when the other end of a port is gone, by an event that
 * Chromium does not have: here, a last message becomes that event.
 */
export function announcePortsEnd(endOfPort: string): void {
  window.addEventListener('message', ({ ports }) => {
    for (const port of ports) {
      port.addEventListener('message', (event) => {
        if (event.data !== endOfPort) return;
        event.stopImmediatePropagation();
        port.close();
        port.dispatchEvent(new Event('close'));
      });
    }
  });
}
