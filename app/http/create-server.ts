import http from 'node:http';
import type { Duplex } from 'node:stream';
import { answerAtOnce } from './answer-at-once.ts';
import type { Site } from './answer-sum.ts';
import { answerUnreadable, type ParseError, refuseMethod } from './answer-unreadable.ts';
import { createApp } from './create-app.ts';
import { endGently } from './end-gently.ts';
import { findFault, hasBody } from './find-fault.ts';
import { sendProblem, shorten } from './problem.ts';

export function createServer(site: Site): http.Server {
  const app = createApp(site);
  const server = http.createServer(
    {
      // Longer than Nginx keeps an idle connection (60 s), so that it is never this side that closes one just as
      // Nginx sends a request on it.
      keepAliveTimeout: 75_000,
      // To receive one request whole: none has a body worth waiting for.
      requestTimeout: 60_000,
      // Node's own refusal would lack what all replies carry, so this is checked in find-fault.ts.
      requireHostHeader: false,
      // Node would take the first of two Hosts; this shows that there are two.
      joinDuplicateHeaders: true,
      // A tenth of a replica's time for each request that has no body: a stream made, read and ended for nothing.
      optimizeEmptyRequests: true,
    },
    take,
  );

  /** The answers to requests that have a body, which nobody reads. */
  const lastAnswers = new WeakMap<Duplex, http.ServerResponse>();

  function endAfterBody(req: http.IncomingMessage, res: http.ServerResponse): void {
    if (!hasBody(req)) return;
    // Where the next request begins would be a matter of opinion, and that is what smuggling lives on.
    res.shouldKeepAlive = false;
    lastAnswers.set(req.socket, res);
    // What Node calls when the answer is written.
    req.socket.destroySoon = () => endGently(req.socket);
  }

  function take(req: http.IncomingMessage, res: http.ServerResponse): void {
    endAfterBody(req, res);
    const fault = findFault(req);
    if (fault !== undefined) sendProblem(res, site.replies, fault);
    else if (!answerAtOnce(site, req, res)) app(req, res);
  }

  server.on('clientError', (error: ParseError, socket) => {
    // A second answer would be taken for that of another request.
    if (lastAnswers.get(socket)?.headersSent) endGently(socket);
    else answerUnreadable(site.replies, error, socket);
  });
  // The answer is there without the body, which is not asked for.
  server.on('checkContinue', take);
  server.on('checkExpectation', (req, res) => {
    endAfterBody(req, res);
    const value = req.headers.expect ?? '';
    const detail = 'Only "Expect: 100-continue" can be met: leave the header out.';
    sendProblem(res, site.replies, { status: 417, detail, value: shorten(value) });
  });
  server.on('connect', ({ method = '' }, socket: Duplex) => {
    // Node takes its own listeners off; without one, a client that leaves would end the process.
    socket.on('error', () => socket.destroy());
    refuseMethod(site.replies, method, socket);
  });
  return server;
}
