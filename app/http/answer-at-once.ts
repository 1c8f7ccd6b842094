import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';
import type { Site } from './answer-sum.ts';
import { type Replies, sendAnswer } from './replies.ts';
import { mayWantJson } from './wants-json.ts';

const PAGES = new Map<string | undefined, (replies: Replies) => Replies['pid']>([
  ['/', ({ hello }) => hello],
  ['/pid', ({ pid }) => pid],
]);

/**
 * Answers the plain form of what is asked for most, without Express: the way through its middleware and router costs a
 * fifth of all that a request costs, Nginx included (docs/performance.md). Every other form of the same request takes
 * that way and gets the same answer. @returns whether it was answered
 */
export function answerAtOnce({ replies }: Site, req: IncomingMessage, res: ServerResponse): boolean {
  if (req.method !== 'GET' || mayWantJson(req)) return false;
  const choose = PAGES.get(req.url);
  if (choose === undefined) return false;
  // Express's methods are only used on a request that may want JSON.
  sendAnswer(req as Request, res, choose(replies));
  return true;
}
