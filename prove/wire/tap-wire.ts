import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Waiters } from './waiters.ts';

/** A request as it came by, in order of arrival. */
export interface TappedRequest {
  /** Such as `/pid`. */
  readonly path: string;
  /** Which of the client's connections it came on, from 1. */
  readonly connection: number;
}

/**
 * A wire tap between a client and a server: what the client really sends, and when. A browser's own tools show when it
 * wanted to send, a server's log when it had answered, and the cluster server has none. Each connection of the client
 * becomes one to the server, from the same address, and the bytes are passed on as they are. It can keep answers back,
 * so that "at once" does not hang on who is quick.
 *
 * It reads HTTP/1.1 with neither pipelining nor bodies of requests: what browsers and curl send for a GET.
 */
export class Tap {
  readonly requests: TappedRequest[] = [];
  /** Requests that wait for their answer now. */
  underway = 0;
  /** The most that have done so at one time. */
  mostAtOnce = 0;
  /** Connections so far. */
  connections = 0;
  /** Connections that the server closed, and not the client. */
  closedByServer = 0;
  #holding = false;
  readonly #held: (() => void)[] = [];
  readonly #waiters = new Waiters();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };

  private constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.#target = { host: hostname, port: Number(port) };
    this.#server = createServer((client) => this.#join(client));
  }

  /** @param target the server's origin, such as `http://127.0.0.1:8081` */
  static async start(target: string): Promise<Tap> {
    const tap = new Tap(target);
    tap.#server.listen(0, '127.0.0.1');
    await once(tap.#server, 'listening');
    return tap;
  }

  /** Where the client is to ask instead of the server. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Keeps answers back from now on. */
  hold(): void {
    this.#holding = true;
  }

  release(): void {
    this.#holding = false;
    for (const pass of this.#held.splice(0)) pass();
  }

  /** Forgets what has come by. */
  forget(): void {
    this.requests.length = 0;
    this.mostAtOnce = this.underway;
  }

  /** Waits until this holds, which is looked at whenever something has come by. */
  until(what: string, holds: () => boolean, seconds?: number): Promise<void> {
    return this.#waiters.until(what, holds, seconds);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    this.connections += 1;
    const connection = this.connections;
    // A connection from 127.0.3.1 comes to the server from 127.0.3.1.
    const server = connect({ ...this.#target, localAddress: client.remoteAddress ?? '127.0.0.1' });
    let asking = false;
    const answered = () => {
      if (asking) this.underway -= 1;
      asking = false;
    };
    client.on('data', (bytes: Buffer) => {
      for (const path of pathsIn(bytes)) {
        asking = true;
        this.requests.push({ path, connection });
        this.underway += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.underway);
      }
      server.write(bytes);
      this.#waiters.look();
    });
    server.on('data', (bytes: Buffer) => {
      const pass = () => {
        answered();
        client.write(bytes);
        this.#waiters.look();
      };
      if (this.#holding) this.#held.push(pass);
      else pass();
    });
    client.once('end', () => server.end());
    server.once('end', () => {
      if (!client.readableEnded && !client.destroyed) this.closedByServer += 1;
      client.end();
      this.#waiters.look();
    });
    client.once('close', () => {
      answered();
      server.destroy();
      this.#waiters.look();
    });
    for (const socket of [client, server]) this.#keep(socket);
  }

  #keep(socket: Socket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    // The one that breaks is told by the other, which is closed too.
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

function pathsIn(bytes: Buffer): string[] {
  return [...bytes.toString('latin1').matchAll(/^[A-Z]+ (\S+) HTTP\/1\.1\r$/gm)].map(([, path]) => `${path}`);
}
