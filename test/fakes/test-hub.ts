import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { EnrollmentRequest } from '../../agent/protocol/enrollment.ts';
import { NodeId, SiteId } from '../../agent/protocol/ids.ts';
import { FromAgent, type FromController, type StreamRef } from '../../agent/protocol/messages.ts';
import type { Report } from '../../agent/protocol/reports.ts';
import { AGENT_PATH, ENROLL_PATH, HUB_SERVER_NAME, SUB_PROTOCOL } from '../../agent/protocol/version.ts';
import { Identity } from '../../agent/storage/identity-file.ts';
import { A_NODE, TestSigner } from '../builders/run-order.ts';
import { TestAuthority } from './test-authority.ts';

export const A_CODE = 'a-code-that-is-long-enough';

type FromAgentOf<Type extends FromAgent['type']> = Extract<FromAgent, { type: Type }>;

/** The controller's end of the wire, in the hands of a test: it answers nothing that the test does not answer, unless told to. */
export class TestHub {
  readonly authority: TestAuthority;
  readonly signer = new TestSigner();
  readonly siteId = SiteId.parse(randomUUID());
  readonly enrollments: EnrollmentRequest[] = [];
  readonly sessions: HubSession[] = [];
  /** The HTTP status that agents get instead of a session. */
  refusal: number | null = null;
  readonly #dnsName: string;
  #server: https.Server | null = null;
  #port = 0;
  #takenSessions = 0;
  #sessionCame: () => void = () => undefined;

  private constructor(authority: TestAuthority, dnsName: string) {
    this.authority = authority;
    this.#dnsName = dnsName;
  }

  static async start({ dnsName = HUB_SERVER_NAME } = {}): Promise<TestHub> {
    const hub = new TestHub(await TestAuthority.create(), dnsName);
    await hub.listen();
    return hub;
  }

  get port(): number {
    return this.#port;
  }

  /** After `close` on the same port: a controller that comes back. */
  async listen(): Promise<void> {
    const { key, cert } = await this.authority.issue({ commonName: 'hub', usage: 'server', dnsName: this.#dnsName });
    const server = https.createServer({
      key,
      cert: `${cert}\n${this.authority.certificatePem}`,
      ca: this.authority.certificatePem,
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: false,
    });
    const sockets = new WebSocketServer({
      server,
      path: AGENT_PATH,
      handleProtocols: () => SUB_PROTOCOL,
      perMessageDeflate: false,
      verifyClient: (_peer, answer) => (this.refusal === null ? answer(true) : answer(false, this.refusal)),
    });
    sockets.on('connection', (socket, request) => this.#welcomeSocket(socket, request.socket as TLSSocket));
    server.on('request', (request, response) => {
      if (request.method === 'POST' && request.url === ENROLL_PATH) void this.#enroll(request, response);
      else response.writeHead(404).end();
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    const { port: taken } = server.address() as AddressInfo;
    this.#port = taken;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const session of this.sessions) session.cut();
    server?.closeAllConnections();
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  /** An identity as enrollment leaves it on a node. */
  async identity(settings: { notBefore?: Date; notAfter?: Date } = {}): Promise<Identity> {
    const { key, cert } = await this.authority.issue({ commonName: A_NODE, usage: 'client', ...settings });
    return Identity.parse({
      nodeId: A_NODE,
      siteId: this.siteId,
      siteName: 'Lab',
      controller: { host: '127.0.0.1', port: this.port },
      key,
      certificate: cert,
      authority: this.authority.certificatePem,
      signingKey: this.signer.publicKeyPem,
    });
  }

  /** The session after those that were taken already; waits for it. */
  async nextSession(): Promise<HubSession> {
    const taken = this.#takenSessions;
    this.#takenSessions += 1;
    for (;;) {
      const session = this.sessions[taken];
      if (session !== undefined) return session;
      await new Promise<void>((resolve) => {
        this.#sessionCame = resolve;
      });
    }
  }
  #welcomeSocket(socket: WebSocket, tls: TLSSocket): void {
    this.sessions.push(new HubSession(this, socket, tls));
    this.#sessionCame();
  }

  async #enroll(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const enrollment = EnrollmentRequest.parse(JSON.parse(Buffer.concat(parts).toString()));
    this.enrollments.push(enrollment);
    if (enrollment.activationCode !== A_CODE) {
      response
        .writeHead(403)
        .end(JSON.stringify({ code: 'E-ACTIVATION', title: 'The activation code is wrong.', remedy: 'Copy it again.' }));
      return;
    }
    const certificate = await this.authority.certify(enrollment.csr, { commonName: A_NODE });
    const { siteId, authority, signer } = this;
    const pinned = { authority: authority.certificatePem, signingKey: signer.publicKeyPem };
    response.end(JSON.stringify({ nodeId: NodeId.parse(A_NODE), siteId, siteName: 'Lab', certificate, ...pinned }));
  }
}

/** One agent's connection. */
export class HubSession {
  readonly received: FromAgent[] = [];
  readonly tls: TLSSocket;
  readonly reports = new Map<number, Report>();
  closed: { code: number; reason: string } | null = null;
  readonly #hub: TestHub;
  readonly #socket: WebSocket;
  readonly #output = new Map<string, { parts: Buffer[]; length: number }>();
  #wake: () => void = () => undefined;
  #onReport: (sequence: number) => void = () => undefined;
  #onOutput: (ref: StreamRef, storedTo: number) => void = () => undefined;

  constructor(hub: TestHub, socket: WebSocket, tls: TLSSocket) {
    this.#hub = hub;
    this.#socket = socket;
    this.tls = tls;
    socket.on('message', (data) => this.#receive(FromAgent.parse(JSON.parse(String(data)))));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#wake();
    });
  }

  send(message: FromController): void {
    this.#socket.send(JSON.stringify(message));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  async welcome(settings: { storedSequence?: number; heartbeatSeconds?: number } = {}): Promise<FromAgentOf<'hello'>> {
    const hello = await this.message('hello');
    const { storedSequence = 0, heartbeatSeconds = 60 } = settings;
    this.send({ type: 'welcome', at: new Date().toISOString(), siteId: this.#hub.siteId, storedSequence, heartbeatSeconds });
    return hello;
  }

  /** From now on everything that comes is stored at once. */
  storeEverything(): void {
    this.#onReport = (sequence) => this.send({ type: 'stored', sequence });
    this.#onOutput = (ref, storedTo) => this.send({ type: 'credit', ...ref, storedTo });
    const last = [...this.reports.keys()].at(-1);
    if (last !== undefined) this.#onReport(last);
  }

  /** The first message of a kind, or a later one; waits for it. */
  async message<Type extends FromAgent['type']>(type: Type, position = 0): Promise<FromAgentOf<Type>> {
    const ofType = () => this.received.filter((message): message is FromAgentOf<Type> => message.type === type)[position];
    await this.until(() => ofType() !== undefined);
    return ofType()!;
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.closed !== null) throw new Error(`the session ended with ${this.closed.code} ${this.closed.reason}`);
      await this.#change();
    }
  }

  async end(): Promise<{ code: number; reason: string }> {
    while (this.closed === null) await this.#change();
    return this.closed;
  }

  close(code: number, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** As a network does that is cut. */
  cut(): void {
    this.#socket.terminate();
  }

  /** The other end is there, but does nothing any more, not even answer a ping. */
  freeze(): void {
    this.#socket.pause();
  }

  /** What came of a stream, such as `0-1-stdout` (step, attempt), as far as it came without a gap. */
  outputOf(name: string): Buffer {
    return Buffer.concat(this.#output.get(name)?.parts ?? []);
  }

  #keep(name: string, offset: number, bytes: Buffer): number {
    const output = this.#output.get(name) ?? { parts: [], length: 0 };
    this.#output.set(name, output);
    const known = output.length - offset;
    if (known < 0 || known >= bytes.length) return output.length;
    const news = bytes.subarray(known);
    output.parts.push(news);
    output.length += news.length;
    return output.length;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #receive(message: FromAgent): void {
    this.received.push(message);
    if (message.type === 'report') {
      for (const { sequence, report } of message.reports) this.reports.set(sequence, report);
      this.#onReport(message.reports.at(-1)!.sequence);
    }
    if (message.type === 'output') {
      const { executionId, stepIndex, attempt, stream } = message;
      const storedTo = this.#keep(`${stepIndex}-${attempt}-${stream}`, message.offset, Buffer.from(message.base64, 'base64'));
      this.#onOutput({ executionId, stepIndex, attempt, stream }, storedTo);
    }
    this.#wake();
  }
}
