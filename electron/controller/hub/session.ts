import type { TLSSocket } from 'node:tls';
import type { RawData, WebSocket } from 'ws';
import * as z from 'zod';
import { CloseCode } from '../../../agent/protocol/close-codes.ts';
import { parseFrame } from '../../../agent/protocol/framing.ts';
import type { NodeId, SiteId } from '../../../agent/protocol/ids.ts';
import { FromAgent, type FromController } from '../../../agent/protocol/messages.ts';
import { PROTOCOL_VERSION } from '../../../agent/protocol/version.ts';
import { Fault } from '../../domain/faults.ts';
import type { AgentEvents } from '../ports/agent-events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { publicKeyIn } from './peer-certificate.ts';

export type Ending = { code: number; reason: string };

export type Connection = { ws: WebSocket; socket: TLSSocket };

/** What all sessions have in common. */
export type SessionHost = {
  agents: AgentEvents;
  clock: Clock;
  log: Log;
  siteId: SiteId;
  heartbeatSeconds: number;
  /** Bytes that may wait for a node which does not read. */
  unsentBytes: number;
  /** Ends an older session of the same node, before this one is greeted. */
  makeRoom(session: Session): void;
  greeted(session: Session): void;
  /** Called once, when nothing more comes from the session or goes to it. */
  ended(session: Session): void;
};

/** How many sweeps a session may stay without hello, and how many without a byte after it. */
export type Patience = { forHello: number; forAnything: number };

/** Read before the whole message is: a newer version's hello may have what this version refuses. */
const AnyHello = z.looseObject({ type: z.literal('hello'), protocolVersion: z.number() });

/** Answers to pings may wait up to here; a peer that pings without reading gets no more of them. */
const PONG_BACKLOG_BYTES = 64 * 1024;

/** A WebSocket's close frame has room for 125 bytes, two of them for the code. */
const REASON_BYTES = 123;

const OTHER_VERSION: Ending = {
  code: CloseCode.ProtocolVersion,
  reason: `this controller speaks version ${PROTOCOL_VERSION} of the protocol`,
};

/** RFC 6455 7.4.1. */
const INTERNAL_ERROR = 1011;

/** One connection of one node, whose identity is its certificate's. Any failure in here ends this session and nothing else. */
export class Session {
  readonly nodeId: NodeId;
  readonly connection: Connection;
  readonly #ws: WebSocket;
  readonly #host: SessionHost;
  #stage: 'silent' | 'greeted' | 'ended' = 'silent';
  #isRenewing = false;
  /** Of the certificate that the node has got in this session; until then the one that it showed is its newest. */
  #renewedKey: string | null = null;
  #bytesSeen = 0;
  #quietSweeps = 0;

  constructor(nodeId: NodeId, connection: Connection, host: SessionHost) {
    this.nodeId = nodeId;
    this.connection = connection;
    this.#ws = connection.ws;
    this.#host = host;
    this.#ws.on('message', (data, isBinary) => this.#take(data, isBinary));
    this.#ws.on('close', () => this.#leave());
    this.#ws.on('error', (cause) => host.log.info('hub.session-broken', { nodeId, because: cause.message }));
    this.#ws.on('ping', (data) => {
      if (this.#ws.bufferedAmount <= PONG_BACKLOG_BYTES) this.#ws.pong(data);
    });
  }

  /** PEM of the key whose private half the node has: what is sealed for it now, it can open. */
  get publicKeyPem(): string | null {
    return this.#renewedKey ?? publicKeyIn(this.connection.socket.getPeerX509Certificate()?.toString());
  }

  /** False when the session is over, also when it ends just now because its peer does not read. */
  send(message: FromController): boolean {
    if (this.#stage === 'ended') return false;
    if (this.#isClogged()) {
      this.terminate('slow-reader');
      return false;
    }
    this.#ws.send(JSON.stringify(message));
    return true;
  }

  /** With a close frame, so that the node learns why. */
  end(ending: Ending): void {
    if (this.#stage === 'ended') return;
    this.#ws.close(ending.code, closeReason(ending.reason));
    this.#leave();
  }

  terminate(because: 'slow-reader' | 'no-hello' | 'silent'): void {
    this.#host.log.info('hub.session-terminated', { nodeId: this.nodeId, because });
    this.#ws.terminate();
    this.#leave();
  }

  /** Sweeps are counted and not timed, so that a clock that jumps ends no session. Any byte counts, also of a frame that comes slowly. */
  sweep(patience: Patience): void {
    const bytes = this.connection.socket.bytesRead;
    this.#quietSweeps = this.#stage === 'greeted' && bytes !== this.#bytesSeen ? 0 : this.#quietSweeps + 1;
    this.#bytesSeen = bytes;
    if (this.#isClogged()) this.terminate('slow-reader');
    else if (this.#stage === 'silent' && this.#quietSweeps > patience.forHello) this.terminate('no-hello');
    else if (this.#stage === 'greeted' && this.#quietSweeps > patience.forAnything) this.terminate('silent');
  }

  #isClogged(): boolean {
    return this.#ws.bufferedAmount > this.#host.unsentBytes;
  }

  #take(data: RawData, isBinary: boolean): void {
    if (this.#stage === 'ended') return;
    try {
      const ending = isBinary || !Buffer.isBuffer(data) ? invalid('the frame is binary') : this.#read(data.toString('utf8'));
      if (ending) this.end(ending);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #read(text: string): Ending | null {
    if (this.#stage === 'silent') {
      const any = parseFrame(AnyHello, text);
      if (any.ok && any.message.protocolVersion !== PROTOCOL_VERSION) return OTHER_VERSION;
    }
    const frame = parseFrame(FromAgent, text);
    if (!frame.ok) return invalid(frame.reason);
    return this.#stage === 'silent' ? this.#greet(frame.message) : this.#hear(frame.message);
  }

  #greet(hello: FromAgent): Ending | null {
    if (hello.type !== 'hello') return invalid('the first message must be hello');
    const { agents, clock, siteId, heartbeatSeconds } = this.#host;
    this.#host.makeRoom(this);
    const { storedSequence } = agents.hello(this.nodeId, hello);
    this.send({ type: 'welcome', at: clock.now().toISOString(), siteId, storedSequence, heartbeatSeconds });
    this.#stage = 'greeted';
    this.#quietSweeps = 0;
    this.#host.greeted(this);
    agents.connected(this.nodeId);
    return null;
  }

  #hear(message: FromAgent): Ending | null {
    const { agents } = this.#host;
    switch (message.type) {
      case 'hello':
        return invalid('hello was said already');
      case 'heartbeat':
        agents.heartbeat(this.nodeId);
        return null;
      case 'report':
        agents.reports(this.nodeId, message);
        return null;
      case 'output':
        agents.output(this.nodeId, message);
        return null;
      case 'refresh':
        agents.refresh(this.nodeId, message);
        return null;
      case 'renewal':
        if (this.#isRenewing) return invalid('a renewal is under way');
        void this.#renew(message.csr);
        return null;
    }
  }

  async #renew(csr: string): Promise<void> {
    this.#isRenewing = true;
    try {
      const certificate = await this.#host.agents.renew(this.nodeId, csr);
      this.send({ type: 'renewed', certificate });
      // The node takes messages in their order: what is sealed after this is opened with the new key.
      this.#renewedKey = publicKeyIn(certificate);
    } catch (cause) {
      this.#fail(cause);
    } finally {
      this.#isRenewing = false;
    }
  }

  #fail(cause: unknown): void {
    this.#host.log.error('hub.session-failed', cause, { nodeId: this.nodeId });
    this.end(endingAfter(cause));
  }

  #leave(): void {
    if (this.#stage === 'ended') return;
    this.#stage = 'ended';
    this.#host.ended(this);
  }
}

function endingAfter(cause: unknown): Ending {
  if (!(cause instanceof Fault)) return { code: INTERNAL_ERROR, reason: 'the controller met a fault of its own' };
  return { code: cause.code === 'E-DISK-FULL' ? CloseCode.CannotStore : CloseCode.MessageInvalid, reason: cause.message };
}

function invalid(reason: string): Ending {
  return { code: CloseCode.MessageInvalid, reason };
}

/** As much of it as a close frame carries, cut between characters. */
function closeReason(reason: string): string {
  const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(REASON_BYTES));
  return reason.slice(0, read);
}
