import { ModelledEvents } from './modelled.ts';
import { MessageChannelMain, PortTable } from './ports.ts';
import type { FromChild, ToChild } from './utility-process.ts';

/** Loaded into a utility process before its program: gives it `process.parentPort`, with ports that end here. */
class ParentPort extends ModelledEvents {
  private readonly ports = new PortTable(send);
  private waiting: object[] | null = [];

  constructor() {
    super(['message']);
  }

  postMessage(data: unknown): void {
    send({ kind: 'message', data });
  }

  /** Messages wait until somebody listens, as Electron's do. */
  override on(event: string, listener: (...facts: unknown[]) => void): this {
    super.on(event, listener);
    for (const message of this.waiting?.splice(0) ?? []) setImmediate(() => this.emit('message', message));
    this.waiting = null;
    return this;
  }

  hear(message: ToChild): void {
    if (message.kind !== 'message') {
      this.ports.hear(message);
      return;
    }
    const ports = message.ports.map((number) => {
      const { port1, port2 } = new MessageChannelMain();
      this.ports.take(number, port1);
      return port2;
    });
    const event = { data: message.data, ports };
    if (this.waiting !== null) this.waiting.push(event);
    else this.emit('message', event);
  }
}

function send(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

const parentPort = new ParentPort();
process.on('message', (message) => parentPort.hear(message as ToChild));
// A utility process does not outlive its app.
process.on('disconnect', () => process.exit(1));
Reflect.set(process, 'parentPort', parentPort);
