import http from 'node:http';
import type { Site } from './answer-sum.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import { createApp } from './create-app.ts';
import { sendProblem } from './problem.ts';

export function createServer(site: Site): http.Server {
  const server = http.createServer(
    {
      // Longer than Nginx keeps an idle connection (60 s), so that it is never this side that closes one just as
      // Nginx sends a request on it.
      keepAliveTimeout: 75_000,
      // To receive one request whole: none has a body worth waiting for.
      requestTimeout: 60_000,
    },
    createApp(site),
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
