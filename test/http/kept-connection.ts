import { connect, type Socket } from 'node:net';

export interface KeptConnection {
  /**
   * Sends a GET on this connection and no other, whatever the server has advised about its age.
   * @returns the status
   * @throws Error when the connection ends before there is a whole answer
   */
  ask(path: string): Promise<number>;
  /** Whether it was the server that ended it, or has announced to. */
  isOver(): boolean;
  close(): void;
}

/** One connection of a client that keeps it as long as it is let: http.Agent would close it by the server's hint. */
export async function keepConnection(url: string): Promise<KeptConnection> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received = '';
  let over = false;
  let waiting: PromiseWithResolvers<number> | undefined;
  const end = (why: string) => {
    over = true;
    waiting?.reject(
      new Error(`The connection ended before the answer: ${why}, after ${JSON.stringify(received)}`),
    );
    waiting = undefined;
  };
  socket.setEncoding('latin1');
  socket.on('end', () => end('closed'));
  socket.on('error', ({ message }) => end(message));
  socket.on('data', (text: string) => {
    received += text;
    const head = /^HTTP\/1\.1 (\d{3}) .*?\r\n\r\n/s.exec(received);
    const length = Number(/\r\ncontent-length: *(\d+)\r\n/i.exec(head?.[0] ?? '')?.[1]);
    if (!head || received.length < head[0].length + length) return;
    received = received.slice(head[0].length + length);
    if (/\r\nconnection: *close\r\n/i.test(head[0])) over = true;
    waiting?.resolve(Number(head[1]));
    waiting = undefined;
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return {
    async ask(path) {
      waiting = Promise.withResolvers();
      const { promise } = waiting;
      if (over) end('before it was asked');
      else socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
      return promise;
    },
    isOver: () => over,
    close: () => socket.destroy(),
  };
}
