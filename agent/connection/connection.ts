import { type ClientOptions, WebSocket } from 'ws';
import { pause } from '../platform/clock.ts';
import { CloseCode } from '../protocol/close-codes.ts';
import { MAX_FRAME_BYTES, type RefreshAnswer } from '../protocol/messages.ts';
import { AGENT_PATH, HUB_SERVER_NAME, SUB_PROTOCOL } from '../protocol/version.ts';
import { addressText } from './address.ts';
import { delayMilliseconds, type Ended, endedBy } from './backoff.ts';
import { CertificateRenewal, type IdentityHolder } from './certificate-renewal.ts';
import { type RefreshRequest, RefreshRequests } from './refresh-requests.ts';
import { Session, type SessionTools } from './session.ts';

export interface ConnectionTools extends Omit<SessionTools, 'renewal' | 'refreshes'> {
  readonly identity: IdentityHolder;
  /** In [0, 1). */
  readonly random: () => number;
}

/** After so long a session counts as a good one, and the next failure as the first. */
const GOOD_SESSION_MILLISECONDS = 30_000;
const HANDSHAKE_MILLISECONDS = 15_000;
/** A controller that does not answer the goodbye is not waited for. */
const GOODBYE_MILLISECONDS = 1000;
const NORMAL_CLOSURE = 1000;

const REVOKED = 'the certificate of this node is revoked: the controller does not know it any more';
/** What a controller answers instead of opening a session to a node that it does not let in. */
const TURNED_AWAY: ReadonlyMap<number, string> = new Map([
  [401, 'the controller does not accept the certificate of this node: it may have expired'],
  [403, REVOKED],
]);

interface SessionEnd {
  readonly ended: Ended;
  /** For the log; the same cause again and again is told once. */
  readonly cause: string;
}

/** Keeps the node connected to its controller for as long as the agent runs. */
export class Connection {
  readonly #tools: ConnectionTools;
  readonly #renewal: CertificateRenewal;
  readonly #refreshes = new RefreshRequests();
  readonly #stopping = new AbortController();
  #session: Session | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(tools: ConnectionTools) {
    this.#tools = tools;
    this.#renewal = new CertificateRenewal(tools.identity, tools.clock);
    tools.store.spool.onChange((stream) => this.#session?.outputChanged(stream));
  }

  start(): void {
    this.#running = this.#keepConnected();
  }

  reportsAdded(): void {
    this.#session?.reportsAdded();
  }

  /** Asked now, and again in every session until it is answered or `signal` ends the waiting: then with null. */
  refresh(request: Omit<RefreshRequest, 'type'>, signal: AbortSignal): Promise<RefreshAnswer | null> {
    const whole: RefreshRequest = { type: 'refresh', ...request };
    const answer = this.#refreshes.add(whole, signal);
    this.#session?.refreshAsked(whole);
    return answer;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #keepConnected(): Promise<void> {
    const { clock, log, random } = this.#tools;
    const signal = this.#stopping.signal;
    let last: SessionEnd | null = null;
    let tries = 0;
    while (!signal.aborted) {
      const startedAt = clock.now().getTime();
      const end: SessionEnd = await this.#connectOnce();
      const isRepeated = last?.ended.why === end.ended.why && clock.now().getTime() - startedAt < GOOD_SESSION_MILLISECONDS;
      tries = isRepeated ? tries + 1 : 0;
      if (!signal.aborted && last?.cause !== end.cause) log.warn('not connected', { cause: end.cause });
      last = end;
      await pause({ clock, milliseconds: delayMilliseconds(end.ended, tries, random()), signal });
    }
  }

  /** From the first packet to the end of the session. Every way to fail is a way to end. */
  #connectOnce(): Promise<SessionEnd> {
    return new Promise((resolve) => {
      const socket = this.#dial();
      let cause = '';
      let wasTurnedAway = false;
      const stop = () => this.#sayGoodbye(socket);
      this.#stopping.signal.addEventListener('abort', stop, { once: true });
      socket.once('open', () => {
        this.#session = new Session({ ...this.#tools, renewal: this.#renewal, refreshes: this.#refreshes }, socket);
      });
      socket.once('unexpected-response', (request, response) => {
        const status = response.statusCode ?? 0;
        wasTurnedAway = TURNED_AWAY.has(status);
        cause = TURNED_AWAY.get(status) ?? `the controller answered ${status}`;
        request.destroy();
        socket.terminate();
      });
      socket.on('error', (error) => {
        cause ||= error.message;
      });
      socket.once('close', (code, reason) => {
        this.#session = null;
        this.#stopping.signal.removeEventListener('abort', stop);
        const ended: Ended = wasTurnedAway ? { why: 'turned-away' } : endedBy(code);
        resolve({ ended, cause: cause || causeOf(code, reason.toString()) });
      });
    });
  }

  #sayGoodbye(socket: WebSocket): void {
    socket.close(NORMAL_CLOSURE, 'the agent stops');
    const timer = this.#tools.clock.after(GOODBYE_MILLISECONDS, () => socket.terminate());
    socket.once('close', () => timer.cancel());
  }

  #dial(): WebSocket {
    const { controller, authority, certificate, key } = this.#tools.identity.current;
    // `servername` is passed on to TLS, but is not among the options that the package declares.
    const options: ClientOptions & { servername: string } = {
      ca: authority,
      cert: certificate,
      key,
      servername: HUB_SERVER_NAME,
      minVersion: 'TLSv1.3',
      handshakeTimeout: HANDSHAKE_MILLISECONDS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    };
    return new WebSocket(`wss://${addressText(controller)}${AGENT_PATH}`, SUB_PROTOCOL, options);
  }
}

function causeOf(code: number, reason: string): string {
  if (code === CloseCode.Revoked) return REVOKED;
  return `closed with ${code} ${reason}`.trim();
}
