import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A host and port, or the path of a UNIX socket. */
export type Door = { host: string; port: number } | { path: string };

export interface Sums {
  /** Whether a connection has ended or been answered. */
  readonly over: () => number;
  /** All at once, as a client does that ends in order (`close`) or is killed (`reset`). */
  leave(how: 'close' | 'reset'): void;
}

/** Asks for so many of the longest sums, each on a connection of its own. @returns when all of them are sent */
export async function startSums(door: Door, count: number): Promise<Sums> {
  let over = 0;
  const sockets: Socket[] = Array.from({ length: count }, () => {
    const socket = connect(door);
    socket.write('GET /api/5000000000 HTTP/1.1\r\nHost: percore\r\n\r\n');
    socket.once('data', () => (over += 1));
    socket.on('error', () => {});
    return socket;
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return {
    over: () => over,
    leave(how) {
      for (const socket of sockets)
        how === 'close' || 'path' in door ? socket.destroy() : socket.resetAndDestroy();
    },
  };
}
