import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { RPC_PATH, SESSION_PATH, SESSION_PREFIX, UI_SUB_PROTOCOL } from '../../../electron/api/transport.ts';
import { router } from './handlers.ts';
import { playStory } from './story.ts';
import { World } from './world.ts';

/**
 * Shows the built window with a made-up site behind it, to look at and click through: `node test/window/preview/serve.ts`.
 * Its policy is stricter than the product's: no inline style, Trusted Types required.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    dist: { type: 'string', default: 'dist/renderer' },
    empty: { type: 'boolean', default: false },
    nodes: { type: 'string', default: '36' },
  },
});

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const LINK = 'preview';
const SESSION = 'preview-session';

const world = new World({ isEmpty: values.empty, nodes: Number(values.nodes) });
playStory(world);

function answerSession(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'GET') {
    response.writeHead(request.headers.authorization === `Bearer ${SESSION}` ? 204 : 401).end();
    return;
  }
  let body = '';
  request.on('data', (part: Buffer) => {
    body += part.toString();
  });
  request.on('end', () => {
    const isRight = body === JSON.stringify({ link: LINK });
    const refusal = {
      code: 'E-LINK-USED',
      title: 'This link was used already or is too old.',
      remedy: 'Run npm start again: it shows a fresh link to the Holdfast that is running.',
      places: [],
    };
    response
      .writeHead(isRight ? 200 : 403, { 'content-type': 'application/json' })
      .end(JSON.stringify(isRight ? { session: SESSION } : refusal));
  });
}

async function answerFile(path: string, response: ServerResponse): Promise<void> {
  const file = normalize(path === '/' ? '/index.html' : path);
  try {
    const bytes = await readFile(join(values.dist, file));
    response
      .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY })
      .end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://preview');
  if (pathname === SESSION_PATH) answerSession(request, response);
  else void answerFile(pathname, response);
});
const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => UI_SUB_PROTOCOL });
const handler = new RPCHandler(router);

server.on('upgrade', (request, socket, head) => {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (request.url !== RPC_PATH || !offered.includes(SESSION_PREFIX + SESSION)) {
    socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(request, socket, head, (webSocket) => void handler.upgrade(webSocket, { context: { world } }));
});

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`Preview: http://127.0.0.1:${address.port}/#link=${LINK}`);
});
