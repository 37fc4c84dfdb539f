import { RPCLink } from '@orpc/client/message-port';
import { PORT_MESSAGE } from '../../electron/api/transport.ts';
import type { Line, Transport } from './line.ts';
import { clientOver } from './line.ts';

/** Collects the ports that the preload hands to the page; it must listen before the page's `load` event. */
export class PortInbox {
  #waiting: MessagePort | null = null;
  readonly #onArrival = new Set<() => void>();

  listen(): void {
    window.addEventListener('message', (event) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      this.#waiting = port;
      for (const tell of this.#onArrival) tell();
      this.#onArrival.clear();
    });
  }

  /** Resolves when a port that nobody took yet is there. */
  arrival(): Promise<void> {
    if (this.#waiting !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onArrival.add(resolve);
    });
  }

  async take(): Promise<MessagePort> {
    for (;;) {
      await this.arrival();
      const port = this.#waiting;
      this.#waiting = null;
      if (port !== null) return port;
    }
  }
}

/** Electron: the preload introduces the port, again each time the controller's process was started again. */
export function electronTransport(inbox: PortInbox): Transport {
  return {
    async open(): Promise<Line> {
      const port = await inbox.take();
      const ended = new Promise<void>((resolve) => {
        port.addEventListener('close', () => resolve(), { once: true });
      });
      const client = clientOver(new RPCLink({ port }));
      port.start();
      // A new port means that the controller behind this one is gone, also where no close event tells.
      return { client, closed: Promise.race([ended, inbox.arrival()]) };
    },
  };
}
