import type { RawData, WebSocket } from 'ws';
import type { Clock, Timer } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { CloseCode } from '../protocol/close-codes.ts';
import { Failure } from '../protocol/failures.ts';
import { parseFrame } from '../protocol/framing.ts';
import type { ExecutionId } from '../protocol/ids.ts';
import { type FromAgent, FromController, type PlatformFacts } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { AgentStore } from '../storage/agent-store.ts';
import type { SpooledStream } from '../storage/stream-writer.ts';
import type { CertificateRenewal } from './certificate-renewal.ts';
import { OutputSender } from './output-sender.ts';
import type { RefreshRequest, RefreshRequests } from './refresh-requests.ts';
import { ReportSender } from './report-sender.ts';

type Welcome = Extract<FromController, { type: 'welcome' }>;

/** What the controller may ask of this node; done by others. */
export interface Commands {
  readonly run: (signed: { readonly order: string; readonly signature: string }) => void;
  readonly cancel: (executionId: ExecutionId, reason: string) => void;
}

export interface SessionTools {
  readonly store: AgentStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly renewal: CertificateRenewal;
  readonly refreshes: RefreshRequests;
  readonly commands: Commands;
  /** Asked for anew for every session: an address may have changed since. */
  readonly facts: () => PlatformFacts;
  readonly bootId: string;
  readonly agentVersion: string;
  /** For an error that is not the connection's, such as a damaged database. */
  readonly fatal: (error: unknown) => void;
}

const WELCOME_MILLISECONDS = 15_000;
/** Heartbeats in a row without a sign of life from the other end, after which it is taken for dead. */
const SILENT_BEATS = 2;
const MOST_BUFFERED_BYTES = 256 * 1024;

type Phase = { readonly name: 'greeting' } | { readonly name: 'welcomed'; readonly reports: ReportSender; readonly output: OutputSender };

/** One connection from `hello` to its end. TLS says nothing about being accepted: connected means that `welcome` has come. */
export class Session {
  readonly #tools: SessionTools;
  readonly #socket: WebSocket;
  #phase: Phase = { name: 'greeting' };
  #timer: Timer;
  #silentBeats = 0;

  /** @param socket open already */
  constructor(tools: SessionTools, socket: WebSocket) {
    this.#tools = tools;
    this.#socket = socket;
    this.#timer = tools.clock.after(WELCOME_MILLISECONDS, () => this.close(CloseCode.MessageInvalid, 'no welcome'));
    socket.on('message', (data, isBinary) => this.#guarded(() => this.#receive(data, isBinary)));
    socket.on('pong', () => {
      this.#silentBeats = 0;
    });
    socket.once('close', () => this.#end());
    this.#guarded(() => this.#greet());
  }

  get isWelcomed(): boolean {
    return this.#phase.name === 'welcomed';
  }

  reportsAdded(): void {
    if (this.#phase.name === 'welcomed') this.#guarded(() => this.#pump());
  }

  outputChanged(stream: SpooledStream): void {
    const phase = this.#phase;
    if (phase.name === 'welcomed') this.#guarded(() => phase.output.changed(stream));
  }

  refreshAsked(request: RefreshRequest): void {
    if (this.#phase.name === 'welcomed') this.#guarded(() => this.#send(request));
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason.slice(0, 120));
  }

  #greet(): void {
    const { facts, bootId, agentVersion, clock, store } = this.#tools;
    this.#send({
      type: 'hello',
      protocolVersion: PROTOCOL_VERSION,
      agentVersion,
      facts: facts(),
      bootId,
      at: clock.now().toISOString(),
      outboxDepth: store.outbox.depth(),
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#silentBeats = 0;
    // After a refusal nothing is followed any more, whatever was on its way already.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const parsed = isBinary ? { ok: false as const, reason: 'the frame is not text' } : parseFrame(FromController, String(data));
    if (!parsed.ok) this.#refuse(parsed.reason);
    else if ((parsed.message.type === 'welcome') === this.isWelcomed) this.#refuse(`${parsed.message.type} out of turn`);
    else this.#follow(parsed.message);
  }

  #follow(message: FromController): void {
    const { store, commands, renewal, log } = this.#tools;
    switch (message.type) {
      case 'welcome':
        this.#begin(message);
        return;
      case 'run':
        commands.run(message);
        return;
      case 'cancel':
        commands.cancel(message.executionId, message.reason);
        return;
      case 'stored':
        this.#reportsStored(message.sequence);
        return;
      case 'credit':
        if (message.again && this.#phase.name === 'welcomed') this.#phase.output.sendAgain(message);
        store.outputStored(message, message.storedTo);
        this.#pump();
        return;
      case 'renewed':
        if (renewal.accept(message.certificate)) log.info('certificate renewed');
        else this.#refuse('a certificate that was not asked for');
        return;
      case 'refreshed':
        this.#tools.refreshes.answered(message);
        return;
    }
  }

  #begin({ storedSequence, heartbeatSeconds }: Welcome): void {
    const { store, clock, log } = this.#tools;
    if (storedSequence > store.outbox.lastSequence()) store.outbox.continueAfter(storedSequence);
    else store.reportsStored(storedSequence);
    const reports = new ReportSender({ outbox: store.outbox, storedSequence, send: (frame) => this.#sendText(frame) });
    const hasRoom = () => this.#socket.bufferedAmount < MOST_BUFFERED_BYTES;
    const output = new OutputSender({ spool: store.spool, clock, hasRoom, send: (message) => this.#send(message) });
    this.#phase = { name: 'welcomed', reports, output };
    log.info('connected', { outboxDepth: store.outbox.depth() });
    this.#tools.renewal.sessionBegins();
    this.#beatEvery(heartbeatSeconds);
    this.#pump();
    for (const request of this.#tools.refreshes.waiting) this.#send(request);
    this.#renewIfDue();
  }

  #reportsStored(sequence: number): void {
    if (this.#phase.name !== 'welcomed') return;
    if (this.#phase.reports.acknowledge(sequence)) {
      this.#tools.store.reportsStored(sequence);
      this.#pump();
    } else this.#refuse('stored what was never sent');
  }

  /** Results first: there is much more output, and nobody waits for it. */
  #pump(): void {
    if (this.#phase.name !== 'welcomed' || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#phase.reports.pump();
    this.#phase.output.pump();
  }

  #beatEvery(seconds: number): void {
    this.#timer.cancel();
    this.#timer = this.#tools.clock.after(seconds * 1000, () => this.#guarded(() => this.#beat(seconds)));
  }

  #beat(seconds: number): void {
    if (this.#silentBeats >= SILENT_BEATS) {
      this.#tools.log.warn('controller is silent');
      this.#socket.terminate();
      return;
    }
    this.#silentBeats += 1;
    this.#send({ type: 'heartbeat', at: this.#tools.clock.now().toISOString() });
    this.#socket.ping();
    this.#renewIfDue();
    this.#beatEvery(seconds);
  }

  #renewIfDue(): void {
    const { renewal, log } = this.#tools;
    renewal
      .requestIfDue()
      .then((csr) => (csr === null ? undefined : this.#send({ type: 'renewal', csr })))
      .catch((error: unknown) => log.error('renewal failed', { cause: String(error) }));
  }

  #refuse(reason: string): void {
    this.#tools.log.warn('frame refused', { reason });
    this.close(CloseCode.MessageInvalid, reason);
  }

  #send(message: FromAgent): void {
    this.#sendText(JSON.stringify(message));
  }

  /** What has left makes room: then the next may follow. */
  #sendText(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const wasFull = this.#socket.bufferedAmount + text.length >= MOST_BUFFERED_BYTES;
    this.#socket.send(text, wasFull ? () => this.#guarded(() => this.#pump()) : undefined);
  }

  #end(): void {
    this.#timer.cancel();
    if (this.#phase.name === 'welcomed') this.#phase.output.stop();
  }

  /** Nothing that a controller sends, and no trouble in answering it, ends the agent: it ends this session, and the next begins anew. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Failure))
        this.#tools.log.error('session failed', { cause: error instanceof Error ? (error.stack ?? '') : String(error) });
      else if (error.code === 'E-AGENT-DATABASE') this.#tools.fatal(error);
      else this.#tools.log.error('session failed', { code: error.code, cause: error.message, remedy: error.remedy });
      this.close(CloseCode.MessageInvalid, 'the agent failed to follow');
    }
  }
}
