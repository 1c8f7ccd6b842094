import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Replies } from './replies.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** What a client sent can be as long as it likes; what is repeated to it, and only in part, cannot. */
const LONGEST_SHOWN = 64;

/** Behind the method's name. */
export const METHOD_RULE = 'is not answered here: use GET or HEAD.';

export type Problem = {
  readonly status: number;
  /** What is wrong with this request, and what to do about it. */
  readonly detail: string;
  readonly rule?: string;
  readonly value?: string;
};

/** A body by RFC 9457. `about:blank` says that the status means all that the title says (section 4.2.1). */
export function problemBody({ status, detail, rule, value }: Problem): string {
  return JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, rule, value });
}

export function sendProblem(
  res: ServerResponse,
  replies: Replies,
  problem: Problem,
  headers: string[] = [],
): void {
  replies.send(res, problem.status, problemBody(problem), PROBLEM_TYPE, headers);
}

export function shorten(value: string): string {
  return value.length <= LONGEST_SHOWN
    ? value
    : `${value.slice(0, LONGEST_SHOWN)}… (${value.length} characters)`;
}
