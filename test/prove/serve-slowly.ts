import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Waiters } from '../../prove/wire/waiters.ts';

export interface SlowServer extends AsyncDisposable {
  readonly url: string;
  /** The answers that are not complete yet, in the order of their requests for `/slow`. */
  readonly unanswered: ServerResponse[];
  /** How many requests for `/slow` there have been. */
  asked(): number;
  untilAsked(times: number): Promise<void>;
}

/** Serves `/slow` only when told to, with these headers, and everything else at once. */
export async function serveSlowly(headers: Record<string, string>): Promise<SlowServer> {
  const unanswered: ServerResponse[] = [];
  const waiters = new Waiters();
  let asked = 0;
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/slow')) {
      response.end('Here.');
      return;
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    unanswered.push(response);
    asked += 1;
    waiters.look();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    unanswered,
    asked: () => asked,
    untilAsked: (times) => waiters.until(`${times} requests for /slow`, () => asked >= times),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
