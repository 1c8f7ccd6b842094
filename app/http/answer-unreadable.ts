import { Buffer } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { endGently } from './end-gently.ts';
import { METHOD_RULE, PROBLEM_TYPE, type Problem, problemBody, shorten } from './problem.ts';
import { FOR_BROWSERS, type Replies, THROUGH_NGINX } from './replies.ts';

/** What Node says of a request it cannot read, and the bytes it was reading. */
export type ParseError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

const PROBLEMS = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    { status: 431, detail: 'The request line and its headers are longer than 16 KiB, or more than 1000.' },
  ],
  [
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    { status: 413, detail: 'The extensions of a chunk are longer than 16 KiB.' },
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, detail: 'The request took too long to arrive.' }],
]);
const NOT_HTTP = { status: 400, detail: 'What was sent is not a request of HTTP/1.1.' };

/** A request that is right but for a method that Node does not know. */
const OTHER_METHOD = /^([A-Z][A-Z-]*) \S+ HTTP\/1\.[01]\r\n/;

/** For what Node cannot read as a request, and so never gets to Express: as the other errors, by hand. */
export function answerUnreadable(replies: Replies, error: ParseError, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const bytes = error.rawPacket?.toString('latin1') ?? '';
  const method = OTHER_METHOD.exec(bytes)?.[1];
  if (error.code === 'HPE_INVALID_METHOD' && method !== undefined) {
    refuseMethod(replies, method, socket, bytes.includes(`\r\nVia: ${THROUGH_NGINX}\r\n`));
  } else answerByHand(replies, PROBLEMS.get(error.code ?? '') ?? NOT_HTTP, socket, FOR_BROWSERS);
}

/** A 405 for what has no response object of Node's. */
export function refuseMethod(replies: Replies, method: string, socket: Duplex, throughNginx = false): void {
  const value = shorten(method);
  const problem = { status: 405, detail: `${value} ${METHOD_RULE}`, value };
  answerByHand(replies, problem, socket, [...['Allow', 'GET, HEAD'], ...(throughNginx ? [] : FOR_BROWSERS)]);
}

function answerByHand(replies: Replies, problem: Problem, socket: Duplex, extra: readonly string[]): void {
  const body = problemBody(problem);
  const head = [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`];
  const headers = ['Content-Type', PROBLEM_TYPE, 'Content-Length', String(Buffer.byteLength(body))];
  headers.push(...replies.commonHeaders, ...extra);
  if (!headers.includes('Connection')) headers.push('Connection', 'close');
  for (let i = 0; i < headers.length; i += 2) head.push(`${headers[i]}: ${headers[i + 1]}`);
  endGently(socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}
