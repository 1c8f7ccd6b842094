import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ask, sendRaw } from '../testing/request.ts';
import { startServer } from '../testing/start-server.ts';

const PROBLEM = 'application/problem+json';

describe('bad requests', () => {
  test.each([
    ['/api/abc', 'abc'],
    ['/api/-1', '-1'],
    ['/api/1.5', '1.5'],
    ['/api/1e9', '1e9'],
    ['/api/0x10', '0x10'],
    ['/api/+5', '+5'],
    ['/api/%D9%A3', '٣'],
    ['/api/5%2f6', '5/6'],
    ['/api/%20', ' '],
    ['/api/', ''],
    ['/api', ''],
    [`/api/${'a'.repeat(400)}`, `${'a'.repeat(64)}… (400 characters)`],
  ])('GET %s is not a count', async (path, value) => {
    const { socket } = await startServer();
    const answer = await ask(socket, path);
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': PROBLEM, 'x-replica': '2' } });
    expect(JSON.parse(answer.body)).toEqual({
      ...{ type: 'about:blank', title: 'Bad Request', status: 400, value },
      detail: expect.stringContaining('decimal digits (0 to 9) only'),
      rule: 'n is written in decimal digits (0 to 9) only',
    });
  });

  test.each(['/api/%', '/api/%ff', '/api/%zz', '/%ff', '/pid/%c0%80'])(
    'GET %s cannot be decoded',
    async (path) => {
      const { socket } = await startServer();
      const answer = await ask(socket, path);
      expect(answer).toMatchObject({ status: 400, headers: { 'content-type': PROBLEM, 'x-core': '1' } });
      expect(JSON.parse(answer.body).rule).toContain('percent sign');
    },
  );

  test.each(['/nothing', '/api/5/6', '/pid/1', '/..%2fetc/passwd', '/favicon.ico'])(
    '%s is unknown',
    async (path) => {
      const { socket } = await startServer();
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const answer = await ask(socket, path, { method });
        expect(answer).toMatchObject({ status: 404, headers: { 'content-type': PROBLEM, 'x-replica': '2' } });
        expect(JSON.parse(answer.body)).toMatchObject({ title: 'Not Found', value: path });
      }
    },
  );

  test.each(['/', '/pid', '/api/5', '/api/abc', '/api'])('%s takes GET and HEAD only', async (path) => {
    const { socket } = await startServer();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'QUERY']) {
      const answer = await ask(socket, path, { method });
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD', 'x-core': '1' } });
      expect(JSON.parse(answer.body)).toMatchObject({ title: 'Method Not Allowed', value: method });
    }
  });

  test('a failure of our own is a problem without a stack', async () => {
    const logged = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => logged.mockRestore());
    const { socket, site } = await startServer({
      kernel: () => {
        throw new Error('secret');
      },
    });
    const answer = await ask(socket, '/api/5');
    expect(answer).toMatchObject({ status: 500, headers: { 'content-type': PROBLEM, 'x-replica': '2' } });
    expect(answer.body).not.toMatch(/secret| at /);
    expect(logged).toHaveBeenCalledWith(expect.stringContaining('GET /api/5: Error: secret'));
    expect(site.sums.size).toBe(0);
  });
});

describe('what Node cannot read', () => {
  test.each([
    ['garbage', 'GARBAGE\r\n\r\n', 400],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['a path too long', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['another version', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n', 505],
    ['another coding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', 501],
    ['headers that go on and on', `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(3_000_000)}`, 431],
    ['a method nobody knows', 'WONDER / HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    [
      'an unknown expectation',
      'GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
      417,
    ],
  ])('%s', async (_what, bytes, status) => {
    const { socket } = await startServer();
    const answer = await sendRaw(socket, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\r\nX-Replica: 2\r\n/);
    expect(answer).toMatch(/\r\nX-Core: 1\r\n/);
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
    expect(answer).toContain(`Content-Type: ${PROBLEM}`);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status });
  });

  test.each([
    ['a body', 'Content-Length: 5\r\n\r\nhello'],
    ['a body that hides a request', 'Content-Length: 27\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a body without an end', 'Content-Length: 9007199254740991\r\n\r\n'],
    ['a body that waits to be asked for', 'Content-Length: 5\r\nExpect: 100-continue\r\n\r\n'],
    ['a body that goes on and on', `Content-Length: 9000000\r\n\r\n${'a'.repeat(9_000_000)}`],
    ['a broken chunk', 'Transfer-Encoding: chunked\r\n\r\nwonder\r\nhello'],
  ])('%s is answered once, and last', async (_what, rest) => {
    const { socket } = await startServer();
    const further = 'GET /pid HTTP/1.1\r\nHost: a\r\n\r\n';
    const answer = await sendRaw(socket, `POST / HTTP/1.1\r\nHost: a\r\n${rest}${further}`);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
    expect(answer.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
  });
});
