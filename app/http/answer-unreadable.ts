import { Buffer } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_TYPE, problemBody } from './problem.ts';
import type { Replies } from './replies.ts';

const PROBLEMS = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    { status: 431, detail: 'The request line and its headers are longer than 16 KiB.' },
  ],
  [
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    { status: 413, detail: 'The extensions of a chunk are longer than 16 KiB.' },
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, detail: 'The request took too long to arrive.' }],
]);
const NOT_HTTP = { status: 400, detail: 'What was sent is not a request of HTTP/1.1.' };

/** For what Node cannot read as a request, and so never gets to Express: as the other errors, by hand. */
export function answerUnreadable(replies: Replies, error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = PROBLEMS.get(error.code ?? '') ?? NOT_HTTP;
  const body = problemBody(problem);
  const head = [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`];
  const headers = ['Content-Type', PROBLEM_TYPE, 'Content-Length', String(Buffer.byteLength(body))];
  headers.push(...replies.commonHeaders);
  if (!headers.includes('Connection')) headers.push('Connection', 'close');
  for (let i = 0; i < headers.length; i += 2) head.push(`${headers[i]}: ${headers[i + 1]}`);
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
