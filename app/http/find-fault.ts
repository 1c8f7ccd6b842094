import type { IncomingMessage } from 'node:http';
import { type Problem, shorten } from './problem.ts';

/** A name or an address, and perhaps a port: RFC 9110, section 7.2. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

const OTHER_VERSION = { status: 505, detail: 'This version of HTTP is not served. Use HTTP/1.1.' };
const NO_HOST = { status: 400, detail: 'A request of HTTP/1.1 names its host: add a Host header.' };

/**
 * What is wrong with a request that Node's parser lets through. Nginx has looked at all of this before; on the port
 * per connection nobody has.
 */
export function findFault(req: IncomingMessage): Problem | undefined {
  const { host, 'transfer-encoding': coding } = req.headers;
  if (req.httpVersionMajor !== 1) return OTHER_VERSION;
  if (host === undefined) return req.httpVersion === '1.0' ? undefined : NO_HOST;
  // Several are joined by a comma and a space (createServer's joinDuplicateHeaders), which no name has.
  if (!HOST.test(host)) {
    const value = shorten(host);
    return { status: 400, detail: 'The Host header has to be one, with a name or an address.', value };
  }
  // RFC 9112, section 6.1: with another one, nobody knows where the body ends.
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    const detail = 'The request uses a transfer encoding that is not served. Use chunked, or none.';
    return { status: 501, detail, value: shorten(coding) };
  }
  return undefined;
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}
