import type { Request } from 'express';

/** Text unless JSON is asked for by name: a browser, which takes anything, gets text. */
export function wantsJson(req: Request): boolean {
  const accept = req.headers.accept;
  // Most requests name no JSON, and need no parsing to tell.
  if (accept === undefined || !/json/i.test(accept)) return false;
  return req.accepts(['text/plain', 'application/json']) === 'application/json';
}
