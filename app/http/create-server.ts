import http from 'node:http';
import type { Site } from './answer-sum.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import { createApp } from './create-app.ts';
import { sendProblem } from './problem.ts';

export function createServer(site: Site): http.Server {
  const app = createApp(site);
  const server = http.createServer(
    {
      // Longer than Nginx keeps an idle connection (60 s), so that it is never this side that closes one just as
      // Nginx sends a request on it.
      keepAliveTimeout: 75_000,
      // To receive one request whole: none has a body worth waiting for.
      requestTimeout: 60_000,
      // Node's own refusal would lack what all replies carry, so this is checked below.
      requireHostHeader: false,
    },
    (req, res) => (hasHost(req) ? app(req, res) : refuseHostless(site, res)),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    answerUnreadable(site.replies, error, socket),
  );
  server.on('checkExpectation', (req, res) => {
    const value = req.headers.expect ?? '';
    const detail = 'Only "Expect: 100-continue" can be met: leave the header out.';
    sendProblem(res, site.replies, { status: 417, detail, value });
  });
  return server;
}

/** Required since HTTP/1.1 (RFC 9112, section 3.2). */
function hasHost(req: http.IncomingMessage): boolean {
  return req.headers.host !== undefined || req.httpVersion === '1.0';
}

function refuseHostless({ replies }: Site, res: http.ServerResponse): void {
  sendProblem(res, replies, {
    status: 400,
    detail: 'A request of HTTP/1.1 names its host: add a Host header.',
  });
}
