import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';

const TEXT = 'text/plain';
/** With and without a charset, which JSON does not have and clients ask for all the same. */
const OFFERS = [TEXT, 'application/json', 'application/json;charset=utf-8'];

/** Text unless JSON is asked for by name: a browser, which takes anything, gets text. */
export function wantsJson(req: Request): boolean {
  if (!mayWantJson(req)) return false;
  const accepted = req.accepts(OFFERS);
  return accepted !== false && accepted !== TEXT;
}

/** Most requests name no JSON, and need no parsing to tell. */
export function mayWantJson({ headers: { accept } }: IncomingMessage): boolean {
  return accept !== undefined && /json/i.test(accept);
}
