import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export interface FileServer {
  /** http://127.0.0.1:port */
  readonly origin: string;
  readonly requests: IncomingMessage[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on this computer that answers so; it goes with the test. */
export async function aFileServer(answer: Answer): Promise<FileServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { origin: `http://127.0.0.1:${address.port}`, requests };
}
