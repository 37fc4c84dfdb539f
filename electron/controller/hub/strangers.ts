import type { Socket } from 'node:net';

/** The connections that are not yet the session of a node. There is only so much room for them. */
export type Strangers = {
  /** False when there is no room. The place is given back when the socket closes or proves to be a node. */
  take(socket: Socket): boolean;
  giveBack(peer: Peer): void;
  destroyAll(): void;
};

/** A TLS socket and the plain one below it are two objects, with one address and port. */
type Peer = { remoteAddress?: string | undefined; remotePort?: number | undefined };

export function countStrangers(limits: { strangers: number; strangersPerAddress: number }): Strangers {
  const sockets = new Map<string, Socket>();
  const perAddress = new Map<string, number>();

  const giveBack = (address: string, port: number): void => {
    if (!sockets.delete(`${address} ${port}`)) return;
    const left = (perAddress.get(address) ?? 1) - 1;
    if (left > 0) perAddress.set(address, left);
    else perAddress.delete(address);
  };

  return {
    take: (socket) => {
      const { remoteAddress: address = '', remotePort: port = 0 } = socket;
      const ofAddress = perAddress.get(address) ?? 0;
      if (sockets.size >= limits.strangers || ofAddress >= limits.strangersPerAddress) return false;
      sockets.set(`${address} ${port}`, socket);
      perAddress.set(address, ofAddress + 1);
      socket.once('close', () => giveBack(address, port));
      return true;
    },
    giveBack: ({ remoteAddress = '', remotePort = 0 }) => giveBack(remoteAddress, remotePort),
    destroyAll: () => {
      for (const socket of sockets.values()) socket.destroy();
    },
  };
}
