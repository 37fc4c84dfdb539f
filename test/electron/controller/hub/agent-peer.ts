import { once } from 'node:events';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { FromController } from '../../../../agent/protocol/messages.ts';
import { AGENT_PATH, HUB_SERVER_NAME, SUB_PROTOCOL } from '../../../../agent/protocol/version.ts';
import { sampleMessage } from './agent-messages.ts';

/** Where a peer connects to, what it trusts, and what it shows. */
export type PeerOptions = { port: number; ca: string; key?: string; cert?: string; maxVersion?: SecureVersion };

/** The far end of the wire: a WebSocket client over mTLS that sends whatever a test gives it. */
export class AgentPeer {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #received: FromController[] = [];

  constructor({ port, ...tls }: PeerOptions) {
    const options = { ...tls, servername: HUB_SERVER_NAME };
    this.socket = new WebSocket(`wss://127.0.0.1:${port}${AGENT_PATH}`, SUB_PROTOCOL, options);
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    // Every failure of a connection ends in `close`.
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => this.#received.push(FromController.parse(JSON.parse(String(data)))));
  }

  async open(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    return this;
  }

  /** Says hello; answers the welcome. */
  async greet(changes: object = {}): Promise<FromController> {
    await this.open();
    this.say(sampleMessage('hello', changes));
    return this.next();
  }

  say(frame: string | Buffer): void {
    this.socket.send(frame);
  }

  /** The next message from the controller. */
  async next(): Promise<FromController> {
    for (;;) {
      const message = this.#received.shift();
      if (message) return message;
      await once(this.socket, 'message');
    }
  }
}

/** Sends bytes over TLS and answers all that came back until the hub ended the connection, or until `until` was in it. */
export async function sendRaw(peer: PeerOptions, bytes: string | Buffer, until?: string): Promise<string> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', servername: HUB_SERVER_NAME, ...peer });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    if (until !== undefined && Buffer.concat(chunks).includes(until)) socket.destroy();
  });
  socket.on('error', (cause) => chunks.push(Buffer.from(`[${cause.message}]`)));
  socket.on('secureConnect', () => socket.write(bytes));
  await new Promise((resolve) => socket.on('close', resolve));
  return Buffer.concat(chunks).toString();
}

/** An upgrade request with a first text frame right behind it, before anybody could have answered. */
export function upgradeWithFrame(text: string, { path = AGENT_PATH, subProtocol = SUB_PROTOCOL } = {}): Buffer {
  const head = [
    `GET ${path} HTTP/1.1`,
    `Host: ${HUB_SERVER_NAME}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Sec-WebSocket-Protocol: ${subProtocol}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), textFrame(text)]);
}

/** RFC 6455 5.2, with a mask of zeros; `announced` may be another length than the frame has. */
export function textFrame(text: string, announced = Buffer.byteLength(text)): Buffer {
  const head = Buffer.alloc(8);
  head[0] = 0x81;
  head[1] = 0x80 | 126;
  head.writeUInt16BE(announced, 2);
  return Buffer.concat([head, Buffer.from(text)]);
}
