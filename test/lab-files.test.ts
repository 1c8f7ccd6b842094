import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from './http/get.ts';
import { setSticky } from './stack/set-sticky.ts';
import { type Stack, startStack } from './stack/start-stack.ts';

describe('what Nginx does for the lab page', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: 1 });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  test.each([
    ['/lab/', 'text/html; charset=utf-8'],
    ['/lab/index.html', 'text/html; charset=utf-8'],
    ['/lab/start-lab.js', 'text/javascript; charset=utf-8'],
    ['/lab/style/theme.css', 'text/css; charset=utf-8'],
    ['/lab/icon.svg', 'image/svg+xml; charset=utf-8'],
  ])('serves %s, strictly', async (path, type) => {
    const { status, headers } = await get(stack.url + path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "connect-src 'self' http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    const again = await get(stack.url + path, { headers: { 'if-none-match': String(headers.etag) } });
    expect(again.status).toBe(304);
  });

  test('brings /lab to /lab/ on the port it was asked on', async () => {
    const { status, headers } = await get(`${stack.url}/lab`);
    expect([status, headers.location]).toEqual([301, '/lab/']);
  });

  test.each([
    '/lab/load-modes.test.ts',
    '/lab/tsconfig.json',
    '/lab/README.md',
    '/lab/style/',
    '/lab/.git',
    '/lab//form.js',
    '/lab/nothing.js',
    '/lab/toString',
  ])('does not serve %s', async (path) => {
    const { status, headers, body } = await get(stack.url + path);
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(headers).not.toHaveProperty('x-replica');
    expect(JSON.parse(body)).toMatchObject({ status: 404, title: 'Not Found' });
  });

  test.each(['/lab/../percore/sticky.conf', '/lab/%2e%2e/percore/sticky.conf', '/lab/style/../../passwd'])(
    'does not lead out by %s',
    async (path) => expect((await get(stack.url + path)).status).toBe(404),
  );

  test('puts only a host into the policy', async () => {
    const policy = async (host: string) =>
      (await get(`${stack.url}/lab/`, { headers: { host } })).headers['content-security-policy'];
    expect(await policy('lab.example:8080')).toContain("connect-src 'self' http://lab.example:*;");
    expect(await policy('a;script-src')).toContain("connect-src 'self' ;");
  });

  test('refuses to take anything there', async () => {
    const { status, headers } = await get(`${stack.url}/lab/index.html`, { method: 'DELETE' });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('says which mode is on which port, and what the main port does now', async () => {
    const read = async () => {
      const { headers, body } = await get(`${stack.url}/lab/modes.json`);
      expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
      expect(headers).not.toHaveProperty('etag');
      return (JSON.parse(body) as { modes: unknown[] }).modes;
    };
    const ids = ['round_robin', 'least_conn', 'ip_hash', 'cookie', 'per_connection'] as const;
    const port = (mode: (typeof ids)[number] | 'main' | 'cluster') => Number(new URL(stack.urlOf(mode)).port);
    const own = ids.map((id) => ({ id, port: port(id) }));
    const cluster = { id: 'cluster', port: port('cluster'), optional: true };
    expect(await read()).toEqual([{ id: 'main', port: port('main'), sticky: 'off' }, ...own, cluster]);
    await setSticky(stack, 'least_conn');
    expect(await read()).toEqual([{ id: 'main', port: port('main'), sticky: 'least_conn' }, ...own, cluster]);
  });

  test('lets its page read the answers of every port, and with cookies that of one', async () => {
    const ask = (mode: 'main' | 'round_robin' | 'cookie' | 'per_connection', origin: string) =>
      get(`${stack.urlOf(mode)}/pid`, { headers: { origin } });
    for (const mode of ['main', 'round_robin', 'per_connection'] as const) {
      const { headers } = await ask(mode, 'http://other.example');
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['access-control-expose-headers']).toBe('X-Replica, X-Core');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
    expect((await ask('cookie', stack.url)).headers).toMatchObject({
      'access-control-allow-origin': stack.url,
      'access-control-allow-credentials': 'true',
    });
    const others = ['http://other.example', 'http://127.0.0.1.example', 'http://127.0.0.1:80@x', 'null'];
    for (const origin of [
      ...others,
      'http://127x0.0.1',
      'https://127.0.0.1:8080',
      `${stack.url} ${stack.url}`,
    ]) {
      const { headers } = await ask('cookie', origin);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });
});
