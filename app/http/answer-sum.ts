import { performance } from 'node:perf_hooks';
import type { Request, Response } from 'express';
import { COUNT_RULE, type Count, LARGEST_COUNT, parseCount } from '../sum/parse-count.ts';
import { type SumQueue, TooManySumsError } from '../sum/sum-queue.ts';
import { sendProblem, shorten } from './problem.ts';
import { headersForAudience, JSON_TYPE, type Replies, TEXT_TYPE } from './replies.ts';
import { wantsJson } from './wants-json.ts';

/** Where the replies of now are found: they change with the identity. */
export type Site = { replies: Replies; readonly sums: SumQueue };

/** Why sums are given up when the time to stop has run out. */
export class StoppingError extends Error {
  override readonly name = 'StoppingError';
}

const RETRY_SOON = ['Retry-After', '1'];

/** GET /api/:n. The sum is given up when its client leaves. */
export async function answerSum(site: Site, req: Request, res: Response): Promise<void> {
  const count = readCount(site, req, res);
  if (count === undefined) return;
  const startedAt = performance.now();
  const left = new AbortController();
  res.on('close', () => left.abort());
  try {
    const sum = await site.sums.run(count.n, left.signal);
    sendSum(site.replies, count, sum, performance.now() - startedAt, req, res);
  } catch (error) {
    if (left.signal.aborted) return;
    if (error instanceof TooManySumsError) {
      const detail = `${error.message} Try again in a second, or raise PERCORE_MAX_SUMS.`;
      sendProblem(res, site.replies, { status: 503, detail }, RETRY_SOON);
    } else if (error instanceof StoppingError) {
      const detail = 'This replica is stopping, and could not finish the sum in time. Try again in a second.';
      sendProblem(res, site.replies, { status: 503, detail }, RETRY_SOON);
    } else throw error;
  }
}

/** HEAD /api/:n: what GET would say of n, without adding anything up. */
export function answerSumHead(site: Site, req: Request, res: Response): void {
  const count = readCount(site, req, res);
  if (count === undefined) return;
  const type = wantsJson(req) ? JSON_TYPE : TEXT_TYPE;
  const headers = [...site.replies.commonHeaders, ...headersForAudience(res), ...clampedHeader(count)];
  res.writeHead(200, ['Content-Type', type, ...headers]);
  res.end();
}

function readCount({ replies }: Site, req: Request, res: Response): Count | undefined {
  const text = typeof req.params.n === 'string' ? req.params.n : '';
  const count = parseCount(text);
  if (count === undefined) {
    const value = shorten(text);
    const detail = `${JSON.stringify(value)} is not a count: ${COUNT_RULE}, such as /api/1000000.`;
    sendProblem(res, replies, { status: 400, detail, rule: COUNT_RULE, value });
  }
  return count;
}

function sendSum(
  replies: Replies,
  { n, clamped }: Count,
  sum: bigint,
  elapsed: number,
  req: Request,
  res: Response,
): void {
  const { pid, replica, core } = replies.identity;
  const headers = clampedHeader({ n, clamped });
  if (!wantsJson(req)) {
    replies.send(res, 200, `Final count is ${sum} at pid: ${pid}`, TEXT_TYPE, headers);
    return;
  }
  const milliseconds = Math.round(elapsed * 1000) / 1000;
  const facts = { sum: String(sum), n, clamped, pid, replica, core, milliseconds };
  replies.send(res, 200, JSON.stringify(facts), JSON_TYPE, headers);
}

function clampedHeader({ clamped }: Count): string[] {
  return clamped ? ['X-Clamped-To', String(LARGEST_COUNT)] : [];
}
