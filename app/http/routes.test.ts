import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { gauss } from '../testing/gauss.ts';
import { ask } from '../testing/request.ts';
import { startServer } from '../testing/start-server.ts';
import { Replies } from './replies.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8';
const TEXT = 'text/plain; charset=utf-8';

describe('the routes', () => {
  test.each([
    ['/', 'Hello World!'],
    ['/?n=1', 'Hello World!'],
    ['/pid', 'Which PID handled this process: 4712'],
    ['/pid?n=1', 'Which PID handled this process: 4712'],
    ['/api/0', 'Final count is 0 at pid: 4712'],
    ['/api/10', 'Final count is 55 at pid: 4712'],
    ['/api/10/', 'Final count is 55 at pid: 4712'],
    ['/api/10?n=11&%ff', 'Final count is 55 at pid: 4712'],
    ['/api/000100000', 'Final count is 5000050000 at pid: 4712'],
    ['/api/2000000000', 'Final count is 2000000001000000000 at pid: 4712'],
  ])('GET %s', async (path, body) => {
    const { socket } = await startServer();
    const answer = await ask(socket, path);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers).toMatchObject({
      ...{ 'content-type': TEXT, 'content-length': String(body.length), 'cache-control': 'no-store' },
      ...{ 'x-replica': '2', 'x-core': '1' },
    });
    expect(answer.headers).not.toHaveProperty('x-clamped-to');
    for (const name of ['etag', 'x-powered-by']) expect(answer.headers).not.toHaveProperty(name);
  });

  test('JSON when it is asked for', async () => {
    const { socket } = await startServer();
    const { headers, body } = await ask(socket, '/api/1000000', { headers: { accept: 'application/json' } });
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual({
      ...{ sum: '500000500000', n: 1_000_000, clamped: false },
      ...{ pid: 4712, replica: 2, core: 1, milliseconds: expect.any(Number) },
    });
  });

  test.each([
    ['*/*', TEXT],
    [BROWSER, TEXT],
    ['image/png', TEXT],
    ['text/plain, application/json', TEXT],
    ['application/json;q=0.5, text/plain', TEXT],
    ['application/json;q=0', TEXT],
    ['application/json, text/plain, */*', 'application/json'],
    ['Application/JSON; charset=utf-8', 'application/json'],
  ])('Accept: %s', async (accept, type) => {
    const { socket } = await startServer();
    expect((await ask(socket, '/api/5', { headers: { accept } })).headers['content-type']).toBe(type);
  });

  test.each(['5000000001', '9'.repeat(400)])('clamps %s, and says so', async (n) => {
    const { socket } = await startServer({ kernel: () => 1n });
    const answer = await ask(socket, `/api/${n}`, { headers: { accept: 'application/json' } });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-clamped-to': '5000000000' } });
    expect(JSON.parse(answer.body)).toMatchObject({ n: 5_000_000_000, clamped: true });
  });

  test.each([
    ['/', { message: 'Hello World!', pid: 4712, replica: 2, core: 1 }],
    ['/pid', { pid: 4712, replica: 2, core: 1 }],
  ])('%s gives the same facts as JSON to who asks for it', async (path, facts) => {
    const { socket } = await startServer();
    const answer = await ask(socket, path, { headers: { accept: 'application/json' } });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body)).toEqual(facts);
  });

  test.each([
    ['GET', '/', 200],
    ['GET', '/pid', 200],
    ['GET', '/api/5', 200],
    ['HEAD', '/api/5', 200],
    ['GET', '/nothing', 404],
    ['OPTIONS', '/pid', 405],
  ])(
    '%s %s of another origin may be read there, and says so to nobody else',
    async (method, path, status) => {
      const { socket } = await startServer();
      const headers = { origin: 'http://localhost:8080' };
      expect(await ask(socket, path, { method, headers })).toMatchObject({
        status,
        headers: {
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'X-Replica, X-Core',
          'x-replica': '2',
        },
      });
      const names = Object.keys((await ask(socket, path, { method })).headers);
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  test.each(['/', '/pid', '/api/5', '/api/5000000001'])('HEAD %s adds nothing up', async (path) => {
    const { socket } = await startServer({
      kernel: () => {
        throw new Error('HEAD ran the loop');
      },
    });
    const answer = await ask(socket, path, { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-type': TEXT, 'x-core': '1' } });
    expect(answer.headers['x-clamped-to']).toBe(path.endsWith('1') ? '5000000000' : undefined);
  });

  test('HEAD /api/:n refuses the same as GET', async () => {
    const { socket } = await startServer();
    expect(await ask(socket, '/api/abc', { method: 'HEAD' })).toMatchObject({ status: 400, body: '' });
  });

  test('every reply tells the identity of now', async () => {
    const { socket, site } = await startServer();
    site.replies = new Replies({ ...site.replies.identity, core: 5, pid: 9 });
    const moved = await ask(socket, '/pid');
    expect(moved).toMatchObject({ body: 'Which PID handled this process: 9', headers: { 'x-core': '5' } });
    site.replies = new Replies({ ...site.replies.identity, core: null });
    expect((await ask(socket, '/nothing')).headers['x-core']).toBe('none');
    const json = await ask(socket, '/api/1', { headers: { accept: 'application/json' } });
    expect(JSON.parse(json.body).core).toBeNull();
  });
});

describe('sums in flight', () => {
  test('leave room for other requests', async () => {
    const { socket, site } = await startServer();
    const sum = ask(socket, '/api/3000000000');
    await sumsInFlight(site, 1);
    const startedAt = performance.now();
    await ask(socket, '/pid');
    expect(performance.now() - startedAt).toBeLessThan(100);
    expect(site.sums.size).toBe(1);
    expect((await sum).body).toContain(String(gauss(3_000_000_000)));
  });

  test('are capped', async () => {
    const { socket, site } = await startServer({ maxSums: 1 });
    const left = new AbortController();
    const first = ask(socket, '/api/5000000000', { signal: left.signal }).catch(() => 'left');
    await sumsInFlight(site, 1);
    const answer = await ask(socket, '/api/5000000000');
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1', 'x-core': '1' } });
    expect(JSON.parse(answer.body).detail).toContain('as are allowed (1)');
    expect((await ask(socket, '/api/5')).status).toBe(200);
    left.abort();
    await first;
  });

  test('stop within 200 ms when the client leaves', async () => {
    const { socket, site } = await startServer();
    const left = new AbortController();
    const sum = ask(socket, '/api/5000000000', { signal: left.signal }).catch(() => 'left');
    await sumsInFlight(site, 1);
    const leftAt = performance.now();
    left.abort();
    await sum;
    await sumsInFlight(site, 0);
    expect(performance.now() - leftAt).toBeLessThan(200);
  });
});

async function sumsInFlight(
  { sums }: Awaited<ReturnType<typeof startServer>>['site'],
  wanted: number,
): Promise<void> {
  while (sums.size !== wanted) await nextTurn();
}
