import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Connections {
  /** Those the other side has not closed. */
  open(): number;
  /** What has been received so far, an entry for each connection that received anything. */
  received(): string[];
  /** Breaks them all. */
  leave(): void;
}

/** Opens so many connections, sends the same on each as soon as it is there, and reads what comes. */
export async function openConnections(
  { host, port }: { host: string; port: number },
  count: number,
  bytes = '',
): Promise<Connections> {
  const sockets = new Map<Socket, string>();
  const settled: Promise<void>[] = [];
  let open = 0;
  for (let index = 0; index < count; index += 1) {
    const socket = connect({ host, port });
    sockets.set(socket, '');
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => sockets.set(socket, sockets.get(socket) + text));
    // The event that follows says all that matters here.
    socket.on('error', () => {});
    settled.push(
      new Promise((resolve) => {
        socket.on('connect', () => {
          open += 1;
          socket.on('close', () => {
            open -= 1;
          });
          if (bytes !== '') socket.write(bytes);
          resolve();
        });
        socket.on('close', () => resolve());
      }),
    );
    // The queue of those who want to connect is not endless.
    if (index % 100 === 99) await Promise.all(settled.splice(0));
    else if (index % 10 === 9) await nextTurn();
  }
  await Promise.all(settled);
  return {
    open: () => open,
    received: () => [...sockets.values()].filter((text) => text !== ''),
    leave: () => {
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}
