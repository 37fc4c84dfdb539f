import { ModelledEvents } from './modelled.ts';

/** Where a port's messages go once it was handed to another process. */
export type Elsewhere = { deliver(data: unknown): void; closed(): void };

/** One end of a channel. It lives here, or in a page or process that `elsewhere` reaches; messages wait until one of both is known. */
export class MessagePortMain extends ModelledEvents {
  peer: MessagePortMain | null = null;
  private elsewhere: Elsewhere | null = null;
  private waiting: unknown[] = [];
  private isStarted = false;
  private isClosed = false;

  constructor() {
    super(['message', 'close']);
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('the double of electron does not model a port that travels through a port');
    if (!this.isClosed) this.peer?.arrive(structuredClone(message));
  }

  start(): void {
    this.isStarted = true;
    this.pass();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.peer?.peerClosed();
  }

  /** From now on this end is in another process; only that process speaks for it, through `postMessage` and `close`. */
  handTo(elsewhere: Elsewhere): void {
    if (this.elsewhere !== null) throw new Error('a port can be handed over only once');
    this.elsewhere = elsewhere;
    this.pass();
  }

  private arrive(data: unknown): void {
    this.waiting.push(data);
    this.pass();
  }

  private pass(): void {
    if (this.elsewhere === null && !this.isStarted) return;
    for (const data of this.waiting.splice(0)) {
      if (this.elsewhere !== null) this.elsewhere.deliver(data);
      else setImmediate(() => this.emit('message', { data, ports: [] }));
    }
  }

  private peerClosed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.elsewhere !== null) this.elsewhere.closed();
    else setImmediate(() => this.emit('close'));
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

export type PortMessage = { kind: 'port-message'; port: number; data: unknown } | { kind: 'port-closed'; port: number };

/** The ports that were handed to one page or process, by number: both sides of the border keep such a table. */
export class PortTable {
  private readonly ports = new Map<number, MessagePortMain>();
  private readonly send: (message: PortMessage) => void;
  private handedOver = 0;

  constructor(send: (message: PortMessage) => void) {
    this.send = send;
  }

  /** Hands ports over. `announce` tells the other side their numbers, before anything that waits in them follows. */
  handOver(ports: readonly MessagePortMain[], announce: (numbers: readonly number[]) => void): void {
    const first = this.handedOver + 1;
    this.handedOver += ports.length;
    announce(ports.map((_port, position) => first + position));
    for (const [position, port] of ports.entries()) this.take(first + position, port);
  }

  take(number: number, port: MessagePortMain): void {
    this.ports.set(number, port);
    port.handTo({
      deliver: (data) => this.send({ kind: 'port-message', port: number, data }),
      closed: () => this.send({ kind: 'port-closed', port: number }),
    });
  }

  hear(message: PortMessage): void {
    const port = this.ports.get(message.port);
    if (message.kind === 'port-message') port?.postMessage(message.data);
    else port?.close();
  }

  /** The other side is gone, and all of its ports with it. */
  closeAll(): void {
    for (const port of this.ports.values()) port.close();
    this.ports.clear();
  }
}
