import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { parseFrame } from '../../agent/protocol/framing.ts';
import { ExecutionId } from '../../agent/protocol/ids.ts';
import { type FromAgent, FromController } from '../../agent/protocol/messages.ts';
import type { Report, SequencedReport } from '../../agent/protocol/reports.ts';
import { AGENT_PATH, HUB_SERVER_NAME, PROTOCOL_VERSION, SUB_PROTOCOL } from '../../agent/protocol/version.ts';

export type Credentials = { hubPort: number; key: string; authority: string; certificate: string };

const Order = z.object({ executionId: ExecutionId });

const NOTHING_PRINTED = { bytes: 0, droppedBytes: 0, head: '' };

/** The connection of an agent without the agent: greets, stays, keeps orders without running them, and reports when it is told to. */
export class SimulatedAgent {
  readonly #socket: WebSocket;
  readonly #onOrder: () => void;
  #orders: ExecutionId[] = [];
  #sequence = 0;
  #storedTo = 0;
  #onStored: (() => void) | null = null;
  #welcomed: () => void = () => undefined;

  private constructor(socket: WebSocket, onOrder: () => void) {
    this.#socket = socket;
    this.#onOrder = onOrder;
    socket.on('message', (data) => this.#take(String(data)));
  }

  /** Connected, greeted and welcome. `failed` is called when the connection ends, whenever that is. */
  static async connect(credentials: Credentials, on: { order(): void; failed(problem: string): void }): Promise<SimulatedAgent> {
    const { hubPort, key, authority, certificate } = credentials;
    const tls = { key, cert: certificate, ca: authority, servername: HUB_SERVER_NAME, minVersion: 'TLSv1.3' } as const;
    const socket = new WebSocket(`wss://127.0.0.1:${hubPort}${AGENT_PATH}`, SUB_PROTOCOL, { ...tls, perMessageDeflate: false });
    await once(socket, 'open');
    socket.on('close', (code, reason) => on.failed(`The hub closed a session: ${code} ${String(reason)}`));
    const agent = new SimulatedAgent(socket, on.order);
    await agent.#greet();
    return agent;
  }

  /** Answers every kept order with the reports of a run that went well, and resolves when all of them are stored. */
  prepareReports(reportsPerFrame: number): { reports: number; send(): Promise<void> } {
    const reports = this.#orders.flatMap(reportsOf).map((report): SequencedReport => ({ sequence: ++this.#sequence, report }));
    this.#orders = [];
    const frames: string[] = [];
    for (let from = 0; from < reports.length; from += reportsPerFrame) {
      const message: FromAgent = { type: 'report', reports: reports.slice(from, from + reportsPerFrame) };
      frames.push(JSON.stringify(message));
    }
    return { reports: reports.length, send: () => this.#sendUntilStored(frames) };
  }

  #sendUntilStored(frames: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      this.#onStored = resolve;
      for (const frame of frames) this.#socket.send(frame);
      this.#settle();
    });
  }

  #settle(): void {
    if (this.#storedTo < this.#sequence) return;
    this.#onStored?.();
    this.#onStored = null;
  }

  #greet(): Promise<void> {
    const facts = { platformType: 'Linux', platformName: 'Bench', platformVersion: '1', architecture: 'x86_64' } as const;
    const welcomed = new Promise<void>((resolve) => {
      this.#welcomed = resolve;
    });
    this.#send({
      type: 'hello',
      protocolVersion: PROTOCOL_VERSION,
      agentVersion: 'bench',
      facts: { ...facts, computerName: 'bench', ipAddress: '127.0.0.1' },
      bootId: 'bench',
      at: new Date().toISOString(),
      outboxDepth: 0,
    });
    return welcomed;
  }

  #take(text: string): void {
    const frame = parseFrame(FromController, text);
    if (!frame.ok) throw new Error(frame.reason);
    const { message } = frame;
    switch (message.type) {
      case 'welcome':
        this.#sequence = message.storedSequence;
        this.#storedTo = message.storedSequence;
        this.#beat(message.heartbeatSeconds);
        this.#welcomed();
        break;
      case 'run':
        this.#orders.push(Order.parse(JSON.parse(message.order)).executionId);
        this.#onOrder();
        break;
      case 'stored':
        this.#storedTo = message.sequence;
        this.#settle();
        break;
      case 'cancel':
      case 'credit':
      case 'renewed':
        break;
    }
  }

  /** The first at a random moment: agents that have been there for long do not beat together. */
  #beat(heartbeatSeconds: number): void {
    const beat = () => {
      this.#send({ type: 'heartbeat', at: new Date().toISOString() });
      this.#socket.ping();
    };
    setTimeout(
      () => {
        beat();
        setInterval(beat, heartbeatSeconds * 1000);
      },
      Math.random() * heartbeatSeconds * 1000,
    );
  }

  #send(message: FromAgent): void {
    this.#socket.send(JSON.stringify(message));
  }
}

/** What a real agent tells of a document with one step that ran `true`. */
function reportsOf(executionId: ExecutionId): Report[] {
  const at = new Date().toISOString();
  const step = { executionId, stepIndex: 0, attempt: 1 };
  const done = { result: { status: 'Success', exitCode: 0 }, stdout: NOTHING_PRINTED, stderr: NOTHING_PRINTED } as const;
  return [
    { kind: 'execution-started', executionId, at },
    { kind: 'step-started', ...step, at },
    { kind: 'step-finished', ...step, startedAt: at, at, ...done },
    { kind: 'execution-finished', executionId, at, status: 'Success' },
  ];
}
