import { ask, closes, drops, get, keeps, type RawRequest } from './raw-request.ts';

/** The lab's files, which the main port alone has and Nginx itself serves. */
export const labFiles: readonly RawRequest[] = [
  ['a file', get('/lab/icon.svg'), keeps(200)],
  ['a file for a HEAD', ask('HEAD', '/lab/icon.svg'), keeps(200)],
  ['a file by POST', ask('POST', '/lab/icon.svg', 'Content-Length: 0'), keeps(405)],
  ['a file by DELETE', ask('DELETE', '/lab/icon.svg'), keeps(405)],
  ['no file', get('/lab/none.svg'), keeps(404)],
  ['a folder', get('/lab/style/'), keeps(404)],
  ['a type that is not served', get('/lab/tsconfig.json'), keeps(404)],
  ['a test', get('/lab/command-lines.test.ts'), keeps(404)],
  ['a file and a slash', get('/lab/icon.svg/'), keeps(404)],
  ['a file and a NUL', get('/lab/icon.svg%00.html'), closes(400)],
  ['a file above by a dot segment', get('/lab/../nginx.conf'), keeps(404)],
  ['a file above by encoded dots', get('/lab/%2e%2e/nginx.conf'), keeps(404)],
  ['a file above by an encoded slash', get('/lab/..%2fnginx.conf'), keeps(404)],
  ['a file beside by a missing slash', get('/lab../nginx.conf'), keeps(404)],
  ['a range', get('/lab/icon.svg', 'Range: bytes=0-1'), keeps(206)],
  ['a range beyond the end', get('/lab/icon.svg', 'Range: bytes=99999999-'), keeps(416)],
  ['a thousand ranges', get('/lab/icon.svg', `Range: bytes=${'0-,'.repeat(1000)}0-`), keeps(200)],
  ['a range of garbage', get('/lab/icon.svg', 'Range: bytes=a-b'), keeps(416)],
  ['If-Match of another file', get('/lab/icon.svg', 'If-Match: "x"'), drops(412)],
  [
    'If-Unmodified-Since long ago',
    get('/lab/icon.svg', 'If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT'),
    drops(412),
  ],
  [
    'If-Modified-Since in the future',
    get('/lab/icon.svg', 'If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT'),
    keeps(200),
  ],
  ['If-Modified-Since of garbage', get('/lab/icon.svg', 'If-Modified-Since: \xff'), keeps(200)],
  ['If-None-Match of everything', get('/lab/icon.svg', 'If-None-Match: *'), keeps(304)],
  ['a body for the placement', `${ask('POST', '/lab/placement.json', 'Content-Length: 5')}hello`, keeps(405)],
  ['the placement with a query', get('/lab/placement.json?../../x'), keeps(200)],
  ['a Host that ends the policy', get('/lab/', 'X-A: 1').replace('localhost', "a;script-src'*'"), keeps(200)],
];
