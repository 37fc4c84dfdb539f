import { once } from 'node:events';
import type { Server } from 'node:net';

/** A server on a free port, for whoever needs one that is taken. */
export async function listening(server: Server, host: string): Promise<{ port: number; close(): Promise<void> }> {
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    port: address.port,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
