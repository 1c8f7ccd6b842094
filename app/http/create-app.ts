import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { log } from '../log.ts';
import { answerSum, answerSumHead, type Site } from './answer-sum.ts';
import { METHOD_RULE, sendProblem, shorten } from './problem.ts';
import { sendAnswer } from './replies.ts';

/** The three routes, and a problem body for everything else. */
export function createApp(site: Site): Express {
  const app = express();
  app.disable('x-powered-by');
  // Costs per reply that nothing here uses: replies are never the same twice, and queries mean nothing.
  app.disable('etag');
  app.set('query parser', false);

  const refuseMethod = (req: Request, res: Response) => answerWrongMethod(site, req, res);

  app
    .route('/')
    .get((req, res) => sendAnswer(req, res, site.replies.hello))
    .all(refuseMethod);
  app
    .route('/pid')
    .get((req, res) => sendAnswer(req, res, site.replies.pid))
    .all(refuseMethod);
  app
    .route(['/api', '/api/:n'])
    .head((req, res) => answerSumHead(site, req, res))
    .get((req, res) => answerSum(site, req, res))
    .all(refuseMethod);

  app.use((req: Request, res: Response) => answerUnknownPath(site, req, res));
  // Express knows a handler of errors by its four parameters.
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) =>
    answerError(site, error, req, res),
  );
  return app;
}

function answerWrongMethod({ replies }: Site, req: Request, res: Response): void {
  const detail = `${req.method} ${METHOD_RULE}`;
  sendProblem(res, replies, { status: 405, detail, value: req.method }, ['Allow', 'GET, HEAD']);
}

function answerUnknownPath(site: Site, req: Request, res: Response): void {
  if (!isWellEncoded(req.path)) {
    answerMalformedPath(site, req, res);
    return;
  }
  const value = shorten(req.path);
  const detail = `There is nothing at ${value}: try /, /pid or /api/1000000.`;
  sendProblem(res, site.replies, { status: 404, detail, value });
}

function answerMalformedPath({ replies }: Site, req: Request, res: Response): void {
  const rule =
    'a percent sign in a path is followed by the two hexadecimal digits of a byte, and bytes form UTF-8';
  const value = shorten(req.path);
  sendProblem(res, replies, { status: 400, detail: `${value} cannot be decoded: ${rule}.`, rule, value });
}

function answerError(site: Site, error: unknown, req: Request, res: Response): void {
  if (error instanceof URIError) {
    answerMalformedPath(site, req, res);
    return;
  }
  log(`could not answer ${req.method} ${shorten(req.url)}: ${error instanceof Error ? error.stack : error}`);
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const detail = 'The server failed to answer; its log says why.';
  sendProblem(res, site.replies, { status: 500, detail });
}

function isWellEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
