import { ask, closes, get, type RawRequest } from './raw-request.ts';

/** Requests that break off: the client says that it sends no more, and nothing is left to wait for. */
export const truncated: readonly RawRequest[] = [
  ['nothing', '', closes()],
  ['an empty line', '\r\n', closes()],
  ['a letter', 'G', closes()],
  ['a method', 'GET', closes()],
  ['half of a path', 'GET /pi', closes()],
  ['no version', 'GET /pid ', closes()],
  ['half of a version', 'GET /pid HTTP/1', closes()],
  ['a line without its end', 'GET /pid HTTP/1.1', closes()],
  ['a line and no header', 'GET /pid HTTP/1.1\r\n', closes()],
  ['half of a header', 'GET /pid HTTP/1.1\r\nHo', closes()],
  ['a header without its end', 'GET /pid HTTP/1.1\r\nHost: localhost', closes()],
  ['no empty line', 'GET /pid HTTP/1.1\r\nHost: localhost\r\n', closes()],
  ['half of an empty line', 'GET /pid HTTP/1.1\r\nHost: localhost\r\n\r', closes()],
  ['half of TLS', '\x16\x03', closes(400), closes(400)],
  ['no body', ask('POST', '/pid', 'Content-Length: 5'), closes(), closes(405)],
  ['half of a body', `${ask('POST', '/pid', 'Content-Length: 5')}he`, closes(), closes(405)],
  ['no chunk', ask('POST', '/pid', 'Transfer-Encoding: chunked'), closes(), closes(405)],
  ['half of a size', `${ask('POST', '/pid', 'Transfer-Encoding: chunked')}1`, closes(), closes(405)],
  ['half of a chunk', `${ask('POST', '/pid', 'Transfer-Encoding: chunked')}5\r\nhe`, closes(), closes(405)],
  [
    'no last chunk',
    `${ask('POST', '/pid', 'Transfer-Encoding: chunked')}5\r\nhello\r\n`,
    closes(),
    closes(405),
  ],
  [
    'no end of the last chunk',
    `${ask('POST', '/pid', 'Transfer-Encoding: chunked')}0\r\n`,
    closes(),
    closes(405),
  ],
  [
    'a body shorter than its length that hides a request',
    `${ask('POST', '/pid', 'Content-Length: 500')}${get('/hidden')}`,
    closes(),
    closes(405),
  ],
];
