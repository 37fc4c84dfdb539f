import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../../electron/api/transport.ts';
import { type Serve, startServe } from '../../../electron/serve/serve.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

export type Reply = { status: number | undefined; headers: IncomingMessage['headers']; text: string };

/** A real server before a page of a few files; what it hands on is written down. */
export class TestServe {
  readonly serve: Serve;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly instanceFile: string;
  readonly handed: readonly WebSocket[];
  readonly log: readonly string[];

  private constructor(parts: Pick<TestServe, 'serve' | 'clock' | 'folder' | 'instanceFile' | 'handed' | 'log'>) {
    this.serve = parts.serve;
    this.clock = parts.clock;
    this.folder = parts.folder;
    this.instanceFile = parts.instanceFile;
    this.handed = parts.handed;
    this.log = parts.log;
  }

  static async start(): Promise<TestServe> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-serve-'));
    const rendererFolder = await writePage(folder);
    const clock = new FakeClock('2027-03-01T10:00:00Z');
    const instanceFile = join(folder, 'instance.json');
    const handed: WebSocket[] = [];
    const log: string[] = [];
    const serve = await startServe({
      port: 0,
      rendererFolder,
      now: () => clock.now(),
      instanceFile,
      serveSocket: (socket) => handed.push(socket),
      log: { info: (event) => log.push(event), error: (event, cause) => log.push(`${event} ${String(cause)}`) },
    });
    return new TestServe({ serve, clock, folder, instanceFile, handed, log });
  }

  async stop(): Promise<void> {
    await this.serve.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A fresh one-time code, as the page finds it in its address. */
  code(): string {
    return new URL(this.serve.newLink()).hash.replace('#link=', '');
  }

  async session(): Promise<string> {
    const reply = await this.post('/session', { link: this.code() });
    return JSON.parse(reply.text).session;
  }

  get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
    return this.ask({ path, method, headers });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return this.ask({ path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, JSON.stringify(body));
  }

  async ask(options: { path: string; method: string; headers: Record<string, string> }, body?: string): Promise<Reply> {
    const asking = request({ host: '127.0.0.1', port: this.serve.port, agent: new Agent(), ...options });
    asking.end(body);
    const [response]: IncomingMessage[] = await once(asking, 'response');
    if (!response) throw new Error('no response');
    return { status: response.statusCode, headers: response.headers, text: await text(response) };
  }

  /** What comes back for bytes that no HTTP client would send. */
  async raw(bytes: string): Promise<string> {
    const socket = connect(this.serve.port, '127.0.0.1');
    socket.end(bytes);
    return text(socket);
  }

  socket(
    options: { path?: string; protocols?: string[]; headers?: Record<string, string> } = {},
  ): Promise<{ socket: WebSocket; status: number }> {
    const { path = '/rpc', protocols = [UI_SUB_PROTOCOL], headers = { origin: this.serve.origin } } = options;
    const socket = new WebSocket(`ws://127.0.0.1:${this.serve.port}${path}`, protocols, { headers });
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve({ socket, status: 101 }));
      socket.on('unexpected-response', (asking, response) => {
        asking.destroy();
        resolve({ socket, status: response.statusCode ?? 0 });
      });
      socket.on('error', reject);
    });
  }

  async openSocket(): Promise<WebSocket> {
    const { socket } = await this.socket({ protocols: [UI_SUB_PROTOCOL, SESSION_PREFIX + (await this.session())] });
    return socket;
  }
}

async function writePage(folder: string): Promise<string> {
  const page = join(folder, 'renderer');
  await mkdir(join(page, 'assets'), { recursive: true });
  await mkdir(join(page, '.hidden'));
  await writeFile(join(folder, 'secret.txt'), 'a secret beside the page');
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Holdfast</title>');
  await writeFile(join(page, 'icon.svg'), '<svg/>');
  await writeFile(join(page, 'notes.exe'), 'of no type that a page has');
  await writeFile(join(page, '.env.js'), 'a secret');
  await writeFile(join(page, '.hidden', 'a.js'), 'a secret');
  await writeFile(join(page, 'assets', 'index-Bx3_-k9Z.js'), 'export {};');
  await writeFile(join(page, 'assets', 'style-D4fGh1jK.css'), 'a {}');
  await symlink(join(folder, 'secret.txt'), join(page, 'assets', 'link-A1b2C3d4.js'));
  return page;
}
